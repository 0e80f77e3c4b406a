"""Many cases in one go: which files are cases, and that one bad case doesn't stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.cases import read_case
from hoering_plugin.delivery.names import is_stray, slug
from hoering_plugin.findings import CaseError, ExitCode, HoeringError, Place, error
from hoering_plugin.model.case import Case

NO_CASES = error(
    "ingen-sager",
    "Der er ingen sager i mappen.",
    "Angiv en mappe med sager som .json-filer.",
)
SAME_CASE = error(
    "sag-to-gange",
    "Sagsnummeret {nummer} giver det samme mappenavn som sagen i {anden}.",
    "Kør den ene for sig med sin egen --out, eller ret sagsnummeret.",
)
ENDINGS = frozenset({".json", ".xml", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a batch: the case in it, or the error that says why there is none."""

    path: Path
    case: Case | None
    error: HoeringError | None


def read_batch(paths: Iterable[Path]) -> tuple[Entry, ...]:
    """Every case in the files and folders given, in the order given; a folder's by name.

    Two cases that would have one folder for their letters are both left out, each with its error.
    """
    entries = [entry for path in paths for entry in _entries(path)]
    slugs = [_slug(entry) for entry in entries]
    checked = []
    for index, entry in enumerate(entries):
        other = next((n for n, s in enumerate(slugs) if s and s == slugs[index] and n != index), None)
        checked.append(entry if other is None else _refused(entry, entries[other]))
    return tuple(checked)


def highest(codes: Sequence[ExitCode]) -> ExitCode:
    """The exit code of several runs: the highest."""
    return max(codes, default=ExitCode.COMPLETE)


def _entries(path: Path) -> list[Entry]:
    if not path.is_dir():
        return [_read(path)]
    files = sorted(
        file
        for file in path.iterdir()
        if file.is_file() and file.suffix.casefold() in ENDINGS and not is_stray(file.name)
    )
    return [_read(file) for file in files] or [Entry(path, None, CaseError([NO_CASES.at(Place(str(path)))]))]


def _read(path: Path) -> Entry:
    try:
        return Entry(path, read_case(path), None)
    except HoeringError as exc:
        return Entry(path, None, exc)


def _slug(entry: Entry) -> str:
    """The name of the case's folder; empty where there is none to collide with."""
    try:
        return slug(entry.case.case_number) if entry.case else ""
    except ValueError:
        return ""


def _refused(entry: Entry, other: Entry) -> Entry:
    number = entry.case.case_number if entry.case else ""
    found = SAME_CASE.at(Place(str(entry.path), path="$.sagsnummer"), nummer=number, anden=other.path)
    return Entry(entry.path, None, CaseError([found]))
