"""Rows of a sheet written straight into a workbook's XML, so that nothing else in the file is touched.

A text is always a text (an inline string), whatever it begins with; a character that a workbook can't hold is
shown as one that is missing.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BOOK = "xl/workbook.xml"
_EPOCH = dt.date(1899, 12, 30)
_LINE, _MAX_HEIGHT = 15, 405
_THEN = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LEVEL = 2
"""How hard zip tries: rows of XML are so alike that more takes time and no less room."""
_MAX_TEXT = 32_767
"""The longest text of a cell, in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file, relative to the workbook, with what is shown."""

    target: str
    shown: str


Value = str | int | dt.date | Link | None


@cache
def letters(index: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def row_xml(number: int, values: Sequence[Value], styles: Sequence[str], widths: Sequence[float]) -> str:
    """One row; ``styles`` are the style numbers of its columns, ``widths`` their widths in characters.

    The height is given, because not every program measures wrapped text when it opens a file.
    """
    lines, cells = 1, []
    for index, (value, style, width) in enumerate(zip(values, styles, widths, strict=True)):
        if value is not None:
            cells.append(_cell(f"{letters(index)}{number}", value, style))
        if isinstance(value, str):
            lines = max(lines, -(-len(value) // max(int(width) - 2, 1)))
    height = min(lines * _LINE, _MAX_HEIGHT)
    return f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _cell(name: str, value: str | int | dt.date | Link, style: str) -> str:
    begin = f'<c r="{name}" s="{style}"'
    if isinstance(value, str):
        return f'{begin} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, Link):
        formula = escape(f'HYPERLINK("{value.target}","{value.shown}")', quote=False)
        return f'{begin} t="str"><f>{formula}</f><v>{escape(value.shown, quote=False)}</v></c>'
    if isinstance(value, dt.date):
        return f"{begin}><v>{(value - _EPOCH).days}</v></c>"
    return f"{begin}><v>{value}</v></c>"


@lru_cache(maxsize=2048)  # conditions and names stand in many rows
def _text(value: str) -> str:
    """A text as it stands in the XML; Excel reads ``_x0041_`` as a character, so such a text is coded."""
    whole = _NO_XML.sub("\ufffd", value)
    if len(whole) > _MAX_TEXT // 2 and len(whole.encode("utf-16-le")) // 2 > _MAX_TEXT:
        whole = whole.encode("utf-16-le")[: 2 * (_MAX_TEXT - 4)].decode("utf-16-le", "ignore") + " […]"
    return escape(_CODED.sub("_x005F_", whole), quote=False)


def read_text(value: str) -> str:
    """The text that a cell's XML stands for."""
    return re.sub("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)", "_", value)


def filled(frame: bytes, sheets: Mapping[str, Iterable[Sequence[Value]]], filter_to: int = 1) -> bytes:
    """A workbook of ours with rows in place of each sheet's second row, which shows the styles.

    The filter reaches to the last row, or to ``filter_to`` where that is further down.
    """
    with zipfile.ZipFile(io.BytesIO(frame)) as archive:
        book = archive.read(_BOOK).decode("utf-8")
        changed = {}
        for name, values in sheets.items():
            member, rows = member_of(archive, name) or "", list(values)
            reach = max(len(rows) + 1, filter_to)
            changed[member] = _with_rows(archive.read(member).decode("utf-8"), rows, reach)
            # The filter's range stands in the workbook too, and must be the same.
            book = re.sub(rf"('{name}'!\$A\$1:\$[A-Z]+\$)\d+", rf"\g<1>{reach}", book)
        return replaced(archive, {_BOOK: book.encode(), **changed})


def _with_rows(xml: str, rows: Sequence[Sequence[Value]], reach: int) -> bytes:
    pattern = re.search(r'<row r="2".*?</row>', xml, re.DOTALL)
    styles = re.findall(r'<c r="[A-Z]+2" s="(\d+)"', pattern[0]) if pattern else []
    widths = [float(width) for width in re.findall(r'<col [^>]*?width="([0-9.]+)"', xml)]
    made = "".join(row_xml(number, row, styles, widths) for number, row in enumerate(rows, 2))
    column = letters(len(styles) - 1)
    xml = xml.replace(pattern[0] if pattern else "", made)
    xml = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{column}{len(rows) + 1}"', xml)
    return re.sub(r'<autoFilter ref="[^"]*"', f'<autoFilter ref="A1:{column}{reach}"', xml).encode()


def member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The member of a workbook that holds the sheet of that name."""
    book = etree.fromstring(archive.read(_BOOK))
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations.iter(_PACKAGE)}
    for one in book.iter(f"{MAIN}sheet"):
        if (one.get("name") or "").strip() == sheet:
            target = targets.get(one.get(_REL), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def replaced(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The same workbook with some members changed; the others as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in archive.infolist():
            info = zipfile.ZipInfo(member.filename, member.date_time if member.date_time >= _THEN else _THEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = member.external_attr
            target.writestr(info, changed.get(member.filename) or archive.read(member), compresslevel=_LEVEL)
    return out.getvalue()
