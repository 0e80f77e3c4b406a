"""Cases come in here: a file is read into a :class:`Case`, or every fault in it is told at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from hoering_plugin.cases.check import check_tree
from hoering_plugin.cases.json_tree import read_json
from hoering_plugin.findings import CaseError, Finding, Place, error
from hoering_plugin.model.case import Case
from hoering_plugin.validation import did_you_mean, findings_from

MAX_BYTES = 5_000_000
"""The largest case file that is read."""

CASE_FILE = "sag.json"
"""What the case is called in a folder."""

NO_FILE = error(
    "sag-findes-ikke", "Sagen {navn} findes ikke.", "{forslag}Se efter, om stien er skrevet rigtigt."
)
UNREADABLE = error(
    "sag-kan-ikke-laeses", "Sagen kan ikke læses: {grund}.", "Se efter, om du har adgang til den."
)
UNKNOWN_FORMAT = error(
    "sag-filtype", "Filer med endelsen »{endelse}« læses ikke.", "Gem sagen som en .json-fil i UTF-8."
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


def read_case(path: Path | str) -> Case:
    """The case in a ``.json`` file, or in the ``sag.json`` of a folder. Raises CaseError."""
    path = Path(path)
    name = str(path)
    try:
        if path.is_dir():
            path = path / CASE_FILE
            name = str(path)
        if not path.is_file():
            near = (
                did_you_mean(path.name, (p.name for p in path.parent.glob("*")))
                if path.parent.is_dir()
                else ""
            )
            raise CaseError([NO_FILE.at(navn=name, forslag=near)])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise CaseError([UNREADABLE.at(Place(file=name), grund=reason)]) from fault
    return parse_case(data, name)


def parse_case(data: bytes, name: str) -> Case:
    """The case in the bytes of a file of that name, whose ending says the format. Raises CaseError."""
    ending = Path(name).suffix.lower()
    if ending != ".json":
        raise CaseError([UNKNOWN_FORMAT.at(Place(file=name), endelse=ending or "(ingen)")])
    try:
        tree = read_json(_decoded(data))
    except CaseError as fault:
        raise CaseError(finding.within(name) for finding in fault.findings) from None
    found = list(tree.findings)
    if tree.readable:
        try:
            case = Case.model_validate(tree.value)
        except ValidationError as fault:
            found += findings_from(fault, Case, tree.place)
        found += check_tree(tree.value, tree.place)
    if found:
        raise CaseError(finding.within(name) for finding in in_order(found))
    return case


def in_order(findings: list[Finding]) -> list[Finding]:
    """Findings as they stand in the file, from the top."""
    return sorted(findings, key=lambda finding: finding.place.line or 0)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise CaseError([TOO_LARGE.at(antal=MAX_BYTES // 1_000_000)])
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
