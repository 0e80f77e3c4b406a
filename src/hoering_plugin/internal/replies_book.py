"""The register of replies (svar.xlsx): a row for each municipality and condition, filled in by a caseworker.

It is made once. Afterwards rows for what has no row yet are added at the end of the sheet »Svar«, under the
headings that are there, and every other byte of content stays: a row is known by its »Nøgle«. What that rule
can't be kept for (a signed workbook, a damaged one, a full sheet) is left alone.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from lxml import etree

from hoering_plugin.danish import joint_name
from hoering_plugin.internal.frames import Heading, Page, frame, shipped
from hoering_plugin.internal.rows import (
    MAIN,
    Value,
    filled,
    letters,
    member_of,
    read_text,
    replaced,
    row_xml,
)
from hoering_plugin.language import Phrase
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.result import RunResult

FRAME = "svar.xlsx"
SHEET = "Svar"
KEY = "Nøgle"
_HEADINGS = (
    Heading("Kommune", 18),
    Heading("Samarbejde", 24),
    Heading("Version", 9),
    Heading("Vilkår nr.", 9, "number"),
    Heading("Vilkår", 70),
    Heading("Svar modtaget", 13, "date"),
    Heading("Kommunens svar", 16),
    Heading("Bemærkning", 50),
    Heading("Dokument", 16),
    Heading(KEY, 34),
)
_PAGE = Page(SHEET, _HEADINGS, (("Kommunens svar", ("tiltræder", "har bemærkninger", "modsætter sig")),))
_MAX_UNPACKED = 100_000_000
_MAX_ROWS = 1_048_576
_FILTERED = 20_000
"""How far down the filter reaches, so that rows that are added later are sorted with the rest."""
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the libraries raise on a file whose bytes have been changed."""

Row = dict[str, Value]


class NotOurs(Exception):  # noqa: N818 - it says why rows can't be added, and is no error of ours
    """A register that rows can't be added to; ``missing`` is how many there would be."""

    def __init__(self, why: str, missing: int) -> None:
        super().__init__(why)
        self.missing = missing


def reply_rows(drafts: Sequence[Draft], result: RunResult) -> tuple[Row, ...]:
    """A row for each letter that is there and each condition of its draft."""
    there = {letter.municipality for letter in result.letters if letter.file}
    return tuple(
        {
            "Kommune": municipality.name,
            "Samarbejde": joint_name(draft.municipalities),
            "Version": result.version,
            "Vilkår nr.": condition.number,
            "Vilkår": condition.text,
            KEY: "/".join(filter(None, (municipality.code, condition.key, condition.authorised))),
        }
        for draft in drafts
        for municipality in draft.municipalities
        if municipality.code in there
        for condition in draft.conditions
    )


def replies_frame() -> bytes:
    """The register without its rows."""
    return frame("Høringssvar", (_PAGE,))


def register(rows: Sequence[Row]) -> bytes:
    """A new register."""
    names = [heading.name for heading in _HEADINGS]
    values = [[row.get(name) for name in names] for row in rows]
    return filled(shipped(FRAME), {SHEET: values}, filter_to=_FILTERED)


def added(book: bytes, rows: Sequence[Row]) -> bytes | None:
    """The register with the rows that it hasn't got; None where it has them all. Raises NotOurs."""
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                raise NotOurs(Phrase("filen er for stor"), len(rows))
            if any(name.startswith("_xmlsignatures/") for name in archive.namelist()):
                raise NotOurs(Phrase("filen er underskrevet digitalt"), len(rows))
            member = member_of(archive, SHEET)
            if member is None:
                raise NotOurs(Phrase("arket »Svar« mangler"), len(rows))
            xml = archive.read(member)
            sheet = etree.fromstring(xml)
            table = _table(sheet, _strings(archive))
            headings, styles, last = _headings(table, sheet)
            if KEY not in headings:
                raise NotOurs(Phrase("overskriften »Nøgle« mangler"), len(rows))
            known = {row.get(headings[KEY], "") for row in table.values()}
            new = [row for row in rows if row[KEY] not in known]
            if not new:
                return None
            if last + len(new) > _MAX_ROWS:
                raise NotOurs(Phrase("arket »Svar« har ikke plads til flere rækker"), len(new))
            made = [
                row_xml(number, _placed(row, headings, len(styles)), styles, _widths(headings, len(styles)))
                for number, row in enumerate(new, last + 1)
            ]
            return replaced(archive, {member: _appended(xml, made, last + len(made))})
    except _DAMAGE as fault:
        raise NotOurs(Phrase("filen er ikke et regneark, der kan læses"), len(rows)) from fault


def _appended(xml: bytes, rows: Sequence[str], last: int) -> bytes:
    """The sheet's own bytes with rows before the end of its data, and its size told anew."""
    size = rf"\g<1>{last}\g<2>".encode()
    xml = re.sub(rb'(<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+)\d+(")', size, xml, count=1)
    made = "".join(rows)
    prefix = re.search(rb"</(\w+:)?sheetData>", xml)
    name = (prefix[1] or b"").decode() if prefix else ""
    if name:
        made = re.sub(r"<(/?)(\w)", rf"<\1{name}\2", made)
    if prefix:
        return xml[: prefix.start()] + made.encode() + xml[prefix.start() :]
    empty = re.search(rb"<(\w+:)?sheetData\s*/>", xml)
    if empty is None:
        raise KeyError("sheetData")
    name = (empty[1] or b"").decode()
    made = re.sub(r"<(/?)(\w)", rf"<\1{name}\2", made) if name else made
    whole = f"<{name}sheetData>{made}</{name}sheetData>".encode()
    return xml[: empty.start()] + whole + xml[empty.end() :]


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in one.iter(f"{MAIN}t")) for one in root.iter(f"{MAIN}si")]


def _table(sheet: Any, strings: Sequence[str]) -> dict[int, dict[int, str]]:
    """The texts of a sheet by row and column, both counted as in the file: rows from 1, columns from 0."""
    table: dict[int, dict[int, str]] = {}
    for number, row in enumerate(sheet.iter(f"{MAIN}row"), 1):
        cells = table.setdefault(int(row.get("r") or number), {})
        for index, cell in enumerate(row.iter(f"{MAIN}c")):
            name = re.match(r"[A-Z]+", cell.get("r") or letters(index))
            value = cell.findtext(f"{MAIN}v") or ""
            if cell.get("t") == "s" and value.isdigit() and int(value) < len(strings):
                value = strings[int(value)]
            elif cell.get("t") == "inlineStr":
                value = "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
            cells[_index(name[0] if name else "A")] = read_text(value).strip()
    return table


def _index(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _headings(table: dict[int, dict[int, str]], sheet: Any) -> tuple[dict[str, int], list[str], int]:
    """The columns by heading, the styles of the last row's cells, and its number."""
    ours = {heading.name for heading in _HEADINGS}
    head = max(table, key=lambda number: len(ours & {*table[number].values()}), default=0)
    headings = {text: index for index, text in reversed(table.get(head, {}).items()) if text in ours}
    last = max(table, default=0)
    width = max((*headings.values(), 0)) + 1
    styles = ["0"] * width
    for row in sheet.iter(f"{MAIN}row"):
        if row.get("r") and int(row.get("r")) > head:
            for cell in row.iter(f"{MAIN}c"):
                index = _index(re.sub(r"\d", "", cell.get("r") or "A1"))
                if index < width:
                    styles[index] = cell.get("s", "0")
            break
    return headings, styles, last


def _widths(headings: dict[str, int], width: int) -> list[float]:
    """How wide each column is where it has our width."""
    ours = {heading.name: heading.width for heading in _HEADINGS}
    by_index = {index: float(ours[name]) for name, index in headings.items()}
    return [by_index.get(index, 40.0) for index in range(width)]


def _placed(row: Row, headings: dict[str, int], width: int) -> list[Value]:
    """A row's values under the headings that are there."""
    values: list[Value] = [None] * width
    for name, index in headings.items():
        values[index] = row.get(name)
    return values
