"""A new ministry's package, written whole: it passes its own check and tests at once, and is then edited."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, OutputError, Place, SetupError, error, warning
from hoering_plugin.model.law import TaskArea, shipped_law
from hoering_plugin.model.values import clean_text

BAD_KEY = error(
    "ny-noegle",
    "»{noegle}« kan ikke være et ministeriums nøgle.",
    "Brug 2-20 små bogstaver a-z og cifre, fx sim.",
)
BAD_TEXT = error(
    "ny-tekst", "»{felt}« må ikke være tom og ikke rumme anførselstegn eller linjeskift.", "Ret teksten."
)
TAKEN = error("ny-mappe-i-brug", "Mappen findes allerede og er ikke tom.", "Vælg en ny mappe.")
KEY_IN_USE = warning(
    "ny-noegle-i-brug",
    "Nøglen »{noegle}« bruges allerede af pakken {pakke} {version}.",
    "De to kan ikke være indlæst på én gang; vælg en anden nøgle, hvis det er et andet ministerium.",
)
NOT_WRITTEN = error("ny-ikke-skrevet", "Pakken kan ikke skrives: {grund}.", "Vælg en anden mappe.")


@dataclass(frozen=True, slots=True)
class NewMinistry:
    """What must be known to begin a package. ``minister`` is the title in the definite form."""

    key: str
    name: str
    minister: str
    areas: tuple[TaskArea, ...]

    @property
    def module(self) -> str:
        """The name of the package's module."""
        return f"hoering_{self.key}"

    @property
    def package(self) -> str:
        """The name of the distribution."""
        return f"hoering-{self.key}"


def write_package(folder: Path, ministry: NewMinistry) -> tuple[str, ...]:
    """Write the package into a folder that isn't there or is empty; the files, by their names in it.

    Raises SetupError for what can't be a ministry, OutputError for a folder that can't be used. The folder is
    there whole or not at all.
    """
    wrong = list(_faults(ministry))
    if wrong:
        raise SetupError(wrong)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError([TAKEN.at(Place(str(folder)))])
    files = dict(_files(ministry))
    part = folder.absolute().with_name(f".{folder.absolute().name}.ny")
    try:
        shutil.rmtree(part, ignore_errors=True)
        for name, text in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, "utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as fault:
        shutil.rmtree(part, ignore_errors=True)
        raise OutputError([NOT_WRITTEN.at(Place(str(folder)), grund=reason(fault))]) from fault
    return tuple(files)


def _faults(ministry: NewMinistry) -> Iterator[Finding]:
    if not re.fullmatch(r"[a-z][a-z0-9]{1,19}", ministry.key):
        yield BAD_KEY.at(noegle=ministry.key)
    for field, text in (("navn", ministry.name), ("minister", ministry.minister)):
        try:
            fits = bool(clean_text(text)) and not re.search(r'["\\]', text)
        except ValueError:
            fits = False
        if not fits:
            yield BAD_TEXT.at(felt=field)


def _files(ministry: NewMinistry) -> Iterator[tuple[str, str]]:
    """Each file's name and text. A template's name has the module's name where ``module`` stands."""
    law = shipped_law()
    first = next(p.key for p in law.provisions if p.area is ministry.areas[0])
    other = next(p.key for p in law.provisions if p.key != first)
    values = {
        "key": ministry.key,
        "name": ministry.name,
        "minister": ministry.minister,
        "module": ministry.module,
        "package": ministry.package,
        "areas": ", ".join(f'"{area.value}"' for area in ministry.areas),
        "areas_shown": ", ".join(law.area_text(area).heading for area in ministry.areas),
        "provision": first,
        "other": other,
    }
    root = resources.files("hoering_plugin").joinpath("scaffold", "package")
    for source, target in (
        ("pyproject.toml.txt", "pyproject.toml"),
        ("init.py.txt", f"src/{ministry.module}/__init__.py"),
        ("vilkaar.toml.txt", f"src/{ministry.module}/vilkaar.toml"),
        ("proever.toml.txt", "tests/proever.toml"),
        ("README.md.txt", "README.md"),
        ("CHANGELOG.md.txt", "CHANGELOG.md"),
    ):
        yield target, Template(root.joinpath(source).read_text("utf-8")).substitute(values)
