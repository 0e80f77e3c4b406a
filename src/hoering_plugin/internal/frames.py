"""The workbooks without their rows: headings, widths, colours, print set-up, and a row of styles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from hoering_plugin.sheets import put_text, saved


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, its width in characters, and whether it holds dates or links."""

    name: str
    width: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with its columns; ``choices`` are drop-downs by heading, ``colours`` are fills by word."""

    name: str
    columns: tuple[Heading, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()


@cache
def shipped(name: str) -> bytes:
    """A workbook as it is shipped, which is quicker to read than to make; a test says that it is fresh."""
    return resources.files("hoering_plugin").joinpath("data", name).read_bytes()


def frame(title: str, pages: tuple[Page, ...]) -> bytes:
    """The workbook of these sheets, each with its heading and one empty row."""
    from openpyxl import Workbook
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.title, book.properties.language, book.properties.creator = title, "da-DK", "hoering"
    thin = Border(bottom=Side("thin", color="D9D9D9"))
    for number, page in enumerate(pages):
        ws = book.active if number == 0 else book.create_sheet()
        ws.title = page.name
        for index, column in enumerate(page.columns, 1):
            head, body = ws.cell(1, index), ws.cell(2, index)
            put_text(head, column.name)
            head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
            head.alignment = Alignment(wrap_text=True, vertical="center")
            body.alignment, body.border = Alignment(wrap_text=True, vertical="top"), thin
            body.number_format = {"date": "dd-mm-yyyy", "number": "0"}.get(column.kind, "@")
            if column.kind == "link":
                body.font, body.number_format = Font(color="0563C1", underline="single"), "General"
            ws.column_dimensions[get_column_letter(index)].width = column.width
        last = get_column_letter(len(page.columns))
        ws.freeze_panes = "A2"
        ws.auto_filter.ref = f"A1:{last}2"
        ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.print_title_rows = "1:1"
        ws.oddFooter.center.text = "&A, side &P af &N"
        for word, colour in page.colours:
            rule = FormulaRule([f'LEFT(A2,{len(word)})="{word}"'], fill=PatternFill("solid", bgColor=colour))
            ws.conditional_formatting.add(f"A2:{last}20000", rule)
        for heading, words in page.choices:
            index = next(i for i, column in enumerate(page.columns, 1) if column.name == heading)
            rule_of = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
            ws.add_data_validation(rule_of)
            rule_of.add(f"{get_column_letter(index)}2:{get_column_letter(index)}20000")
    return saved(book)
