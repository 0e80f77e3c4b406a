"""Where ministries' packages are: those installed with an entry point, and those in a folder of hooks."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, Place, error
from hoering_plugin.hookspecs import ENTRY_POINTS

OTHER_API = error(
    "pakke-api",
    "Pakken er skrevet til en anden version af programmet (»{gruppe}«), og denne betjener »{vores}«.",
    "Opdatér programmet, eller installér en version af pakken til denne.",
)
NO_FOLDER = error("hooks-mappe-mangler", "Mappen findes ikke.", "Se efter, om --hooks-dir er rigtig.")
NOTHING_THERE = error(
    "hooks-mappe-tom",
    "Der er ingen ministerpakke i mappen.",
    "Angiv mappen med pakken, eller mappen med alle pakkerne, med --hooks-dir.",
)
BAD_PROJECT = error(
    "pakke-pyproject", "Pakkens pyproject.toml kan ikke læses: {aarsag}.", "Ret filen, eller fjern den."
)
UNVERSIONED = "uden version"
_NOT_PACKAGES = {"tests", "test", "docs", "conftest", "setup", "noxfile"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A package before it is imported: ``place`` names it in every message."""

    name: str
    package: str
    version: str
    origin: str
    file: str
    load: Callable[[], object]

    @property
    def place(self) -> Place:
        """The package, for messages."""
        return Place(f"{self.package} {self.version}, {self.file}")


def installed_candidates() -> tuple[list[Candidate], list[Finding]]:
    """Every entry point in our group, and a finding for each in the group of another API version."""
    candidates: list[Candidate] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for distribution in metadata.distributions():
        # Of most packages nothing is read but this one file: the others' names take the time.
        if ENTRY_POINTS not in (distribution.read_text("entry_points.txt") or ""):
            continue
        package, version = distribution.metadata["Name"], distribution.version
        first = metadata.distribution(package) if package else distribution
        if package is None or package in seen or first.version != version:
            continue  # the first on the path is the one that is imported
        seen.add(package)
        for entry in distribution.entry_points:
            if entry.group == ENTRY_POINTS:
                candidates.append(
                    Candidate(entry.name, package, version, "installeret", entry.value, entry.load)
                )
            elif entry.group.startswith(f"{ENTRY_POINTS}."):
                findings.append(_other_api(Place(f"{package} {version}, {entry.value}"), entry.group))
    return candidates, findings


def candidates_in(folder: Path) -> tuple[list[Candidate], list[Finding]]:
    """The packages in a folder: the folder itself if it is one, else each package and module in it."""
    if not folder.is_dir():
        return [], [NO_FOLDER.at(Place(str(folder)))]
    try:
        if _is_project(folder):
            return _project(folder)
        candidates: list[Candidate] = []
        findings: list[Finding] = []
        for entry in sorted(folder.iterdir()):
            if _hidden(entry):
                continue
            if entry.suffix == ".py":
                candidates.append(_candidate(entry, entry.stem, UNVERSIONED))
            elif entry.is_dir() and _is_project(entry):
                found, wrong = _project(entry)
                candidates += found
                findings += wrong
    except OSError as fault:
        return [], [BAD_PROJECT.at(Place(str(folder)), aarsag=reason(fault))]
    if not candidates and not findings:
        findings.append(NOTHING_THERE.at(Place(str(folder))))
    return candidates, findings


def _hidden(entry: Path) -> bool:
    return entry.name.startswith((".", "_")) or entry.stem in _NOT_PACKAGES or entry.stem.startswith("test_")


def _is_project(folder: Path) -> bool:
    return any((folder / name).exists() for name in ("__init__.py", "pyproject.toml", "src"))


def _project(folder: Path) -> tuple[list[Candidate], list[Finding]]:
    name, version = folder.name, UNVERSIONED
    project_file = folder / "pyproject.toml"
    if project_file.exists():
        try:
            project = tomllib.loads(project_file.read_text("utf-8"))["project"]
            name, version = str(project["name"]), str(project.get("version", UNVERSIONED))
            groups = list(project.get("entry-points", {}))
        except (KeyError, TypeError, AttributeError, ValueError) as fault:
            return [], [BAD_PROJECT.at(Place(str(project_file)), aarsag=fault)]
        others = [group for group in groups if group.startswith(f"{ENTRY_POINTS}.")]
        if others and ENTRY_POINTS not in groups:
            return [], [_other_api(Place(f"{name} {version}, {project_file}"), group) for group in others]
    modules = _modules(folder)
    if not modules:
        return [], [NOTHING_THERE.at(Place(str(folder)))]
    return [_candidate(module, name, version) for module in modules], []


def _modules(folder: Path) -> list[Path]:
    if (folder / "__init__.py").exists():
        return [folder]
    inner = folder / "src" if (folder / "src").is_dir() else folder
    entries: Iterable[Path] = sorted(inner.iterdir())
    return [
        entry
        for entry in entries
        if not _hidden(entry) and (entry.suffix == ".py" or (entry / "__init__.py").exists())
    ]


def _candidate(module: Path, package: str, version: str) -> Candidate:
    file = module / "__init__.py" if module.is_dir() else module
    return Candidate(module.stem, package, version, str(module), str(file), lambda: _import(file))


def _import(file: Path) -> object:
    """The module in a file, under a name of its own, so that it can't be taken for an installed one."""
    digest = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:12]
    name = f"hoering_hooks_{digest}"
    folder = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=folder)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python module")
    module = importlib.util.module_from_spec(spec)
    for loaded in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
        del sys.modules[loaded]
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _other_api(place: Place, group: str) -> Finding:
    return OTHER_API.at(place, gruppe=group, vores=ENTRY_POINTS)
