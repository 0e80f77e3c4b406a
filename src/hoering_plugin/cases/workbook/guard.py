"""Whether a file is a workbook that may be opened at all, before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from hoering_plugin.findings import CaseError, Finding, Place, error, warning
from hoering_plugin.language import Phrase
from hoering_plugin.sheets import is_open

MAX_UNPACKED = 60_000_000
"""The most that a workbook may unpack to, in bytes: some twenty times a case with all municipalities."""

MAX_MEMBERS = 500

LOCKED = error(
    "regneark-laast",
    "Regnearket er beskyttet med adgangskode eller gemt i et gammelt format.",
    "Gem det uden adgangskode som »Excel-projektmappe (.xlsx)«.",
)
DAMAGED = error(
    "regneark-ulaeseligt",
    "Regnearket kan ikke læses: {grund}.",
    "Åbn det i Excel, og gem det igen som .xlsx.",
)
STRICT = error(
    "regneark-strict",
    "Regnearket er gemt som »Strict Open XML«, som programmet ikke læser.",
    "Gem det i Excel som »Excel-projektmappe (.xlsx)«.",
)
TOO_BIG = error(
    "regneark-for-stort",
    "Regnearket fylder for meget, når det pakkes ud.",
    "Kopiér sagen til et nyt, tomt regneark.",
)
MACROS = warning(
    "regneark-makroer", "Regnearket har makroer. De er ikke læst og ikke kørt.", "Gem det uden makroer."
)
OPENED = warning(
    "regneark-aabent",
    "Regnearket er åbent i Excel. Det er læst, som det sidst blev gemt.",
    "Gem det i Excel, og kør igen, hvis du har rettet noget.",
)
_STRICT = b"http://purl.oclc.org/ooxml/"
"""The beginning of every name space of ISO 29500 Strict."""
_OLE = b"\xd0\xcf\x11\xe0"


def guarded(data: bytes) -> list[Finding]:
    """Warnings about a file that may be opened. Raises CaseError for one that may not."""
    if data.startswith(_OLE):
        raise CaseError([LOCKED.at()])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise CaseError([TOO_BIG.at()])
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise CaseError([DAMAGED.at(grund=Phrase("det er ikke et Excel-regneark"))])
            for member in members:
                # The directory may lie about the size; what is read is bounded all the same.
                with archive.open(member) as file:
                    if len(file.read(member.file_size + 1)) > member.file_size:
                        raise CaseError([TOO_BIG.at()])
            if _STRICT in archive.read("xl/workbook.xml"):
                raise CaseError([STRICT.at()])
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as fault:
        raise CaseError([DAMAGED.at(grund=Phrase("filen er beskadiget eller ikke et regneark"))]) from fault
    return [MACROS.at()] if any("vbaProject" in name for name in names) else []


def opened_notes(file: Path) -> tuple[Finding, ...]:
    """A warning where Excel or LibreOffice has the workbook open."""
    return (OPENED.at(Place(str(file))),) if is_open(file) else ()
