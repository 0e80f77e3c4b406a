"""What docxtpl does to a part after Jinja: line breaks out of data, columns of tables, ids of pictures.

It is done here as docxtpl 0.20 does it (``resolve_listing``, ``fix_tables``, ``fix_docpr_ids``), except that
XML that isn't whole is an error and not mended by leaving text out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from hoering_plugin.language import Phrase
from hoering_plugin.letter.package import xml_parser

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BREAKS = "\t\a\n\f"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_PARAGRAPH_PROPERTIES = re.compile(r"<w:pPr>.*?</w:pPr>")
_RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>.*?</w:t>", re.DOTALL)
_FIRST_DRAWING = 1001

Substitute = Callable[[re.Match[str]], str]


def break_lines(xml: str) -> str:
    """Turn tab, newline, bell and form feed in texts into tabs, line breaks, paragraphs and page breaks."""
    if not any(char in xml for char in _BREAKS):
        return xml
    return _PARAGRAPH.sub(_where_needed(_break_paragraph), xml)


def _where_needed(substitute: Substitute) -> Substitute:
    def substituted(found: re.Match[str]) -> str:
        return substitute(found) if any(char in found[0] for char in _BREAKS) else found[0]

    return substituted


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _break_paragraph(paragraph: re.Match[str]) -> str:
    properties = _first(_PARAGRAPH_PROPERTIES, paragraph[0])

    def break_run(run: re.Match[str]) -> str:
        again = f'<w:r>{_first(_RUN_PROPERTIES, run[0])}<w:t xml:space="preserve">'
        return _TEXT.sub(lambda text: _break_text(text[0], properties, again), run[0])

    return _RUN.sub(_where_needed(break_run), paragraph[0])


def _break_text(text: str, paragraph: str, again: str) -> str:
    run = again.removesuffix('<w:t xml:space="preserve">')
    begin = f"<w:p>{paragraph}{again}"
    end = "</w:t></w:r></w:p>"
    return (
        text.replace("\t", f"</w:t></w:r>{run}<w:tab/></w:r>{again}")
        .replace("\a", end + begin)
        .replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        .replace("\f", f'{end}<w:p><w:r><w:br w:type="page"/></w:r></w:p>{begin}')
    )


def mend_body(xml: bytes) -> bytes:
    """A document with its tables' columns and pictures' ids put right.

    Raises ``XMLSyntaxError``, and ``ValueError`` for a cell over no number of columns.
    """
    root = etree.fromstring(xml, xml_parser())
    for table in root.iter(f"{_W}tbl"):
        _mend_columns(table)
    for number, drawing in enumerate(root.iter(f"{_WP}docPr"), _FIRST_DRAWING):
        drawing.set("id", str(number))
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def mend_margin(xml: bytes) -> bytes:
    """A header or footer as python-docx reads and writes it. Raises ``XMLSyntaxError``."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    return etree.tostring(etree.fromstring(xml, parser), encoding="UTF-8", standalone=True)


def _mend_columns(table: etree._Element) -> None:
    """Make a table's grid as wide as its rows, keeping the table's width."""
    grid = table.find(f"{_W}tblGrid")
    if grid is None:
        return
    rows = [row.findall(f"{_W}tc") for row in table.iter(f"{_W}tr")]
    _add_columns(grid, max(map(len, rows), default=0))
    _remove_columns(grid, max((sum(map(_span, row)) for row in rows), default=0))


def _columns(grid: etree._Element) -> list[etree._Element]:
    return grid.findall(f"{_W}gridCol")


def _width(column: etree._Element) -> float:
    return float(column.get(f"{_W}w") or 0)


def _add_columns(grid: etree._Element, needed: int) -> None:
    columns = _columns(grid)
    width = sum(map(_width, columns))
    if needed <= len(columns) or width <= 0:
        return
    old_average, new_average = width / len(columns), width / needed
    for column in columns:
        column.set(f"{_W}w", str(int(_width(column) * new_average / old_average)))
    for _ in range(needed - len(columns)):
        etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": str(int(new_average))})


def _remove_columns(grid: etree._Element, needed: int) -> None:
    columns = _columns(grid)
    removed = columns[needed:]
    if not removed:
        return
    for column in removed:
        grid.remove(column)
    left = columns[:needed]
    extra = int(sum(map(_width, removed)) / len(left)) if left else 0
    for column in left:
        column.set(f"{_W}w", str(int(_width(column) + extra)))


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = "1" if span is None else span.get(f"{_W}val", "")
    if not value.isdecimal():
        raise ValueError(Phrase("en celle spænder over »{antal}« kolonner", antal=value))
    return int(value)
