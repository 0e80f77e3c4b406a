"""Writing case files: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import os
from pathlib import Path

from hoering_plugin.cases import ENDINGS, read_case
from hoering_plugin.cases.write import case_bytes
from hoering_plugin.disk import reason
from hoering_plugin.findings import CaseError, OutputError, Place, error

NO_FORMAT = error(
    "ud-filtype", "Sager skrives ikke som »{endelse}«.", "Lad navnet ende på .json, .xml eller .xlsx."
)
EXISTS = error("ud-findes", "Filen findes allerede.", "Vælg et andet navn, eller tilføj --force.")
SAME_FILE = error("ud-er-ind", "Filen kan ikke skrives oven i sig selv.", "Vælg et andet navn.")
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
        raise CaseError([NO_FORMAT.at(Place(str(target)), endelse=ending or "(ingen)")])
    case = read_case(source)
    if target.exists() and source.exists() and source.samefile(target):
        raise OutputError([SAME_FILE.at(Place(str(target)))])
    write_file(target, case_bytes(case, ending), force=force)


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
