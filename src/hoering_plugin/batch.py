"""Many cases in one go: which files are cases, and that one bad case doesn't stop the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.case_files import MARKED_COPY
from hoering_plugin.cases import ENDINGS, MAX_BYTES, read_case, reading
from hoering_plugin.delivery.names import is_stray, slug
from hoering_plugin.findings import CaseError, ExitCode, Finding, HoeringError, Place, error
from hoering_plugin.model.case import Case

NO_CASES = error(
    "ingen-sager",
    "Der er ingen sager i mappen.",
    "Angiv en mappe med sager som .json-, .xml- eller .xlsx-filer.",
)
SAME_CASE = error(
    "sag-to-gange",
    "Sagsnummeret {nummer} giver det samme mappenavn som sagen i {anden}.",
    "Kør den ene for sig med sin egen --out, eller ret sagsnummeret.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a batch: the case in it, or the error that says why there is none."""

    path: Path
    case: Case | None
    error: HoeringError | None
    notes: tuple[Finding, ...] = ()


def case_files(paths: Iterable[Path]) -> dict[Path, CaseError | None]:
    """Every case file in the files and folders given, in that order; with why it isn't used, if it isn't.

    Two cases that would have one folder for their letters are both left out, each with its error.
    """
    files: dict[Path, CaseError | None] = {}
    for path in paths:
        found = _files_in(path) if path.is_dir() else [path]
        files.update(dict.fromkeys(found))
        if not found:
            files[path] = CaseError([NO_CASES.at(Place(str(path)))])
    if len(files) < 2:
        return files
    numbers = {file: _number(file) for file, refused in files.items() if refused is None}
    first: dict[str, Path] = {}
    for file, number in numbers.items():
        name = _slug(number)
        other = first.setdefault(name, file) if name else file
        if other != file:
            files[file] = _refused(file, number, other)
            files[other] = files[other] or _refused(other, numbers[other], file)
    return files


def read_batch(paths: Iterable[Path]) -> Iterator[Entry]:
    """Every case in the files and folders given, read one after another."""
    for file, refused in case_files(paths).items():
        try:
            if refused:
                raise refused
            found = reading(file)
            yield Entry(file, found.case, None, found.notes)
        except HoeringError as exc:
            yield Entry(file, None, exc)


def highest(codes: Sequence[ExitCode]) -> ExitCode:
    """The exit code of several runs: the highest."""
    return max(codes, default=ExitCode.COMPLETE)


def _files_in(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file()
        and file.suffix.casefold() in ENDINGS
        and not is_stray(file.name)
        and not MARKED_COPY.search(file.name)
    )


def _number(file: Path) -> str:
    """The case number in a file, read as cheaply as can be; empty where the case can't be read."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return ""
        if file.suffix.casefold() == ".xlsx":
            from hoering_plugin.cases.workbook.number import workbook_number

            return workbook_number(file.read_bytes())
        if file.suffix.casefold() != ".json":
            return read_case(file).case_number
        value = json.loads(file.read_bytes())
        return str(value["sagsnummer"]) if isinstance(value, dict) else ""
    except Exception:  # noqa: BLE001 - what is wrong with the file is told when it is read
        return ""


def _slug(number: str) -> str:
    """The name of the case's folder; empty where there is none to collide with."""
    try:
        return slug(number)
    except ValueError:
        return ""


def _refused(file: Path, number: str, other: Path) -> CaseError:
    return CaseError([SAME_CASE.at(Place(str(file), path="$.sagsnummer"), nummer=number, anden=other)])
