"""Workbooks as the same bytes each time, whose texts are texts and never formulas."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_THEN = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)([^<]*)(</dcterms:)")
_NO_TIME = b"2000-01-01T00:00:00Z"


def put_text(cell: Cell | Any, text: str) -> None:
    """Write a text, also one that begins like a formula, as the text that it is."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in "=+-@\t":
        cell.quotePrefix = True


def _in_order(styles: bytes) -> bytes:
    """The styles with each font's parts in the order that Microsoft's Open XML SDK asks for."""
    root = etree.fromstring(styles)
    order = {f"{_MAIN}{name}": place for place, name in enumerate(_FONT)}
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda part: order.get(part.tag, len(order)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def is_open(file: Path) -> bool:
    """Whether Excel or LibreOffice has a workbook open, by the lock file they put beside it."""
    locks = (file.with_name(f"~${file.name}"), file.with_name(f".~lock.{file.name}#"))
    return any(lock.exists() for lock in locks)


def is_as_saved(data: bytes) -> bool:
    """Whether a workbook is as :func:`saved` left it: every program that saves one notes when."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _MODIFIED.findall(archive.read("docProps/core.xml"))
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False
    return bool(found) and all(when == _NO_TIME for _, _, when, _ in found)


def saved(workbook: Workbook) -> bytes:
    """The workbook's file, without the time at which it was made."""
    made = io.BytesIO()
    workbook.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + _NO_TIME + rb"\g<4>", data)
            if member.filename == "xl/styles.xml":
                data = _in_order(data)
            info = zipfile.ZipInfo(member.filename, _THEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()
