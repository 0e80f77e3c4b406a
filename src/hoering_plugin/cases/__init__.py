"""Cases come in here: a file is read into a :class:`Case`, or every fault in it is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from hoering_plugin.cases.check import check_tree
from hoering_plugin.cases.tree import Tree
from hoering_plugin.disk import reason
from hoering_plugin.findings import CaseError, Finding, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.model.case import Case
from hoering_plugin.validation import did_you_mean, findings_from

MAX_BYTES = 5_000_000
"""The largest case file that is read."""

ENDINGS = (".json", ".xml", ".xlsx")
"""The formats that are read, by the ending of the file's name."""

NO_FILE = error(
    "sag-findes-ikke", "Sagen {navn} findes ikke.", "{forslag}Se efter, om stien er skrevet rigtigt."
)
NO_CASE_IN_FOLDER = error(
    "sag-mappe-uden-sag",
    "Mappen {navn} har ingen sag.json, sag.xml eller sag.xlsx.",
    "Angiv sagens egen fil.",
)
MANY_IN_FOLDER = error(
    "sag-mappe-flere",
    "Mappen {navn} har flere sager: {filer}.",
    "Angiv den ene fil, eller fjern dem, der ikke skal bruges.",
)
UNREADABLE = error(
    "sag-kan-ikke-laeses", "Sagen kan ikke læses: {grund}.", "Se efter, om du har adgang til den."
)
UNKNOWN_FORMAT = error(
    "sag-filtype",
    "Filer med endelsen »{endelse}« læses ikke.",
    "Gem sagen som .json, .xml eller .xlsx.",
)
OLD_WORKBOOK = error(
    "sag-filtype-excel",
    "Regneark med endelsen »{endelse}« læses ikke.",
    "Åbn arket i Excel, og gem det som »Excel-projektmappe (.xlsx)«.",
)
TOO_LARGE = error(
    "sag-for-stor", "Filen fylder mere end {antal} MB.", "En sag fylder sjældent mere end 1 MB."
)
EMPTY = error("sag-tom", "Filen er tom.", "Eksportér sagen igen.")
UTF16 = error(
    "sag-utf16", "Filen er skrevet i {tegnsaet} og ikke i UTF-8.", "Gem den igen med tegnsættet UTF-8."
)
NOT_UTF8 = error(
    "sag-ikke-utf8",
    "Filen er ikke skrevet i UTF-8; det er sandsynligvis Latin-1 (Windows-1252).",
    "Gem den igen med tegnsættet UTF-8.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A case with what was worth telling about its file."""

    case: Case
    notes: tuple[Finding, ...] = ()


def read_case(path: Path | str) -> Case:
    """The case in a file, or in the ``sag.json``, ``.xml`` or ``.xlsx`` of a folder. Raises CaseError."""
    return reading(path).case


def parse_case(data: bytes, name: str) -> Case:
    """The case in the bytes of a file of that name, whose ending says the format. Raises CaseError."""
    return reading_of(data, name).case


def reading(path: Path | str) -> Reading:
    """The case in a file or folder, and what is worth telling about it. Raises CaseError."""
    file = Path(path)
    try:
        if file.is_dir():
            file = _in_folder(file)
        elif not file.is_file():
            names = (p.name for p in file.parent.glob("*")) if file.parent.is_dir() else ()
            raise CaseError([NO_FILE.at(navn=file, forslag=did_you_mean(file.name, names))])
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as fault:
        raise CaseError([UNREADABLE.at(Place(file=str(file)), grund=reason(fault))]) from fault
    except ValueError as fault:
        raise CaseError([UNREADABLE.at(Place(file=str(file)), grund=fault)]) from fault
    found = reading_of(data, str(file))
    if file.suffix.lower() != ".xlsx":
        return found
    from hoering_plugin.cases.workbook import opened_notes

    return Reading(found.case, (*found.notes, *opened_notes(file)))


def reading_of(data: bytes, name: str) -> Reading:
    """The case in the bytes of a file of that name, and what is worth telling about it. Raises CaseError."""
    try:
        tree = _tree(data, Path(name).suffix.lower())
    except CaseError as fault:
        raise CaseError(finding.within(name) for finding in fault.findings) from None
    found = list(tree.findings)
    told = {finding.place for finding in found}
    if tree.readable:
        try:
            case = Case.model_validate(tree.value)
        except ValidationError as fault:
            # What the reader has told of a place is why the value there is missing.
            found += (
                each for each in findings_from(fault, Case, tree.place, tree.name) if each.place not in told
            )
        found += check_tree(tree.value, tree.place)
    if found:
        found.sort(key=lambda finding: tree.order(finding.place))
        raise CaseError(finding.within(name) for finding in found)
    return Reading(case, tuple(note.within(name) for note in tree.notes))


def reading_of_plain(value: object, name: str) -> Reading:
    """The case in plain data with the JSON format's keys. Raises CaseError."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return reading_of(text.encode("utf-8", "surrogatepass"), f"{name}.json")


def ending_of(data: bytes) -> str:
    """The format of a case without a name, by how it begins; ``.json`` where it begins like nothing known."""
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PK\x03\x04"):
        return ".xlsx"
    return ".xml" if start.startswith(b"<") else ".json"


def _in_folder(folder: Path) -> Path:
    there = [file for ending in ENDINGS if (file := folder / f"sag{ending}").is_file()]
    if not there:
        raise CaseError([NO_CASE_IN_FOLDER.at(navn=folder)])
    if len(there) > 1:
        raise CaseError([MANY_IN_FOLDER.at(navn=folder, filer=", ".join(file.name for file in there))])
    return there[0]


def _tree(data: bytes, ending: str) -> Tree:
    """The plain data in a file, read by the reader of its format."""
    if len(data) > MAX_BYTES:
        raise CaseError([TOO_LARGE.at(antal=MAX_BYTES // 1_000_000)])
    if ending == ".xlsx":
        from hoering_plugin.cases.workbook import read_workbook

        return read_workbook(data)
    if ending in (".xls", ".xlsm", ".xlsb", ".ods"):
        raise CaseError([OLD_WORKBOOK.at(endelse=ending)])
    if ending not in _TEXT_READERS:
        raise CaseError([UNKNOWN_FORMAT.at(endelse=ending or Phrase("(ingen)"))])
    return _TEXT_READERS[ending](_decoded(data))


def _json(text: str) -> Tree:
    from hoering_plugin.cases.json_tree import read_json

    return read_json(text)


def _xml(text: str) -> Tree:
    from hoering_plugin.cases.xml_tree import read_xml

    return read_xml(text)


_TEXT_READERS: dict[str, Callable[[str], Tree]] = {".json": _json, ".xml": _xml}


def _decoded(data: bytes) -> str:
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise CaseError([EMPTY.at()])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        wide = data.startswith((b"\xff\xfe\0\0", b"\0\0")) or data[1:4] == b"\0\0\0"
        raise CaseError([UTF16.at(tegnsaet="UTF-32" if wide else "UTF-16")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise CaseError([NOT_UTF8.at(Place(line=line))]) from None
