"""Writing case files: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from hoering_plugin.cases import ENDINGS, read_case
from hoering_plugin.cases.write import case_bytes
from hoering_plugin.disk import reason
from hoering_plugin.findings import CaseError, Finding, OutputError, Place, error
from hoering_plugin.language import Phrase

NO_FORMAT = error(
    "ud-filtype", "Sager skrives ikke som »{endelse}«.", "Lad navnet ende på .json, .xml eller .xlsx."
)
EXISTS = error("ud-findes", "Filen findes allerede.", "Vælg et andet navn, eller tilføj --force.")
SAME_FILE = error("ud-er-ind", "Filen kan ikke skrives oven i sig selv.", "Vælg et andet navn.")
NO_WORKBOOK = error("ud-ikke-regneark", "Et tomt regneark hedder noget med .xlsx.", "Ret navnet.")
NOT_WRITTEN = error(
    "ud-kan-ikke-skrives", "Filen kan ikke skrives: {grund}.", "Se efter, om mappen findes og kan skrives i."
)


def convert_case(source: Path, target: Path, *, force: bool = False) -> None:
    """Write the case in one file as another, in the format of its ending.

    Raises CaseError for a case that can't be read or a format that isn't known, OutputError for a file that
    can't be written, or is there already.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise CaseError([NO_FORMAT.at(Place(str(target)), endelse=ending or Phrase("(ingen)"))])
    case = read_case(source)
    if target.exists() and source.exists() and source.samefile(target):
        raise OutputError([SAME_FILE.at(Place(str(target)))])
    write_file(target, case_bytes(case, ending), force=force)


def new_workbook(target: Path) -> None:
    """Write an empty workbook to fill in. Raises CaseError for another ending, OutputError like above."""
    if target.suffix.lower() != ".xlsx":
        raise CaseError([NO_WORKBOOK.at(Place(str(target)))])
    from hoering_plugin.cases.workbook import workbook_bytes

    write_file(target, workbook_bytes(None))


MARKED_COPY = re.compile(r"\.fejl(?: \d+)?\.xlsx$", re.IGNORECASE)
"""How the names of copies with marked faults end."""


def mark_workbook(source: Path, findings: Iterable[Finding]) -> Path | None:
    """Write a copy of a workbook beside it with each fault in its cell; None for a file of another kind.

    The copy is ``sag.fejl.xlsx``. One of an earlier run is replaced, or taken away where there are no faults
    any more; one that a person has worked in is left alone, and the next name is used. Raises OutputError.
    """
    own = [f for f in findings if f.place.file == str(source)]
    if source.suffix.lower() != ".xlsx":
        return None
    target = _copy_of(source)
    if not own:
        _take_away(target)
        return None
    from hoering_plugin.cases.workbook import guarded, marked

    try:
        data = source.read_bytes()
        guarded(data)
    except (OSError, CaseError):
        return None
    write_file(target, marked(data, own), force=True)
    return target


def _copy_of(source: Path) -> Path:
    """The first name for a copy that is free, or has a copy that nobody has saved since."""
    stem = source.name[: -len(".xlsx")]
    if copied := MARKED_COPY.search(source.name):
        stem = source.name[: copied.start()]
    names = chain([f"{stem}.fejl.xlsx"], (f"{stem}.fejl {number}.xlsx" for number in count(2)))
    paths = (source.with_name(name) for name in names)
    return next(path for path in paths if not path.exists() or _is_ours(path))


def _is_ours(copy: Path) -> bool:
    from hoering_plugin.sheets import is_as_saved

    try:
        return is_as_saved(copy.read_bytes())
    except OSError:
        return False


def _take_away(copy: Path) -> None:
    with suppress(OSError):  # it can be deleted by hand
        copy.unlink(missing_ok=True)


def write_file(target: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file of a person's choosing, whole or not at all.

    Raises OutputError, also where it is there already and ``force`` isn't given.
    """
    if target.exists() and not force:
        raise OutputError([EXISTS.at(Place(str(target)))])
    part = target.with_name(f".{target.name}.ny")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as fault:
        raise OutputError([NOT_WRITTEN.at(Place(str(target)), grund=reason(fault))]) from fault
    finally:
        part.unlink(missing_ok=True)
