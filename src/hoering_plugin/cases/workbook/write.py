"""A case written as a workbook, or an empty one to fill in: headings, help, drop-downs, dates as dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hoering_plugin.cases.workbook.layout import NUMBER, SWITCH, Column, Sheet, sheets
from hoering_plugin.model.case import CASE_FORMAT, Case
from hoering_plugin.sheets import put_text, saved

_HEADING = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F3864")
_HELP = Font(italic=True, color="595959")
_WRAP = Alignment(wrap_text=True, vertical="top")
_DATE = "dd-mm-yyyy"
_EMPTY_ROWS = 200
"""How many rows below the last have drop-downs and formats ready."""

Row = tuple[str, Mapping[str, Any]]


def workbook_bytes(case: Case | None) -> bytes:
    """The case as a workbook; without one, an empty workbook to fill in. The same bytes each time."""
    plain: dict[str, Any] = {"format": CASE_FORMAT}
    if case is not None:
        plain = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    book = Workbook()
    book.properties.title = "Sag om høring over udkast til tilladelse"
    book.properties.language = "da-DK"
    book.properties.creator = "hoering"
    rows = _rows(plain)
    for number, sheet in enumerate(sheets()):
        ws = book.active if number == 0 else book.create_sheet()
        ws.title = sheet.name
        if sheet.vertical:
            _fields(ws, sheet, plain)
        else:
            _table(ws, sheet, rows.get(sheet.name, []))
    return saved(book)


def _rows(plain: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of each sheet: the name of the entry that owns them, and their own data."""
    found: dict[str, list[Row]] = {}
    for sheet in sheets():
        if sheet.vertical:
            continue
        owners: list[Row] = [("", plain)]
        if sheet.parent:
            parent = next(one for one in sheets() if one.name == sheet.parent)
            owners = [
                (str(n) if parent.key == NUMBER else str(data[parent.key]), data)
                for n, (_, data) in enumerate(found[sheet.parent], 1)
            ]
        found[sheet.name] = [
            (owner, entry) for owner, data in owners for entry in _entries(data.get(sheet.path[0]))
        ]
    return found


def _entries(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield from ({"navn": name, "vaerdi": part} for name, part in value.items())
    else:
        yield from value or ()


def _fields(ws: Worksheet, sheet: Sheet, plain: Mapping[str, Any]) -> None:
    for index, text in enumerate(("Felt", "Værdi", "Hjælp"), 1):
        _heading(ws.cell(1, index), text)
    for number, column in enumerate(sheet.columns, 2):
        put_text(ws.cell(number, 1), _starred(column))
        ws.cell(number, 1).font = Font(bold=True)
        _value(ws.cell(number, 2), column, _at(plain, column))
        put_text(ws.cell(number, 3), column.help)
        ws.cell(number, 3).font = _HELP
        ws.cell(number, 3).alignment = _WRAP
        _choices(ws, column, f"B{number}")
    for letter, width in (("A", 32), ("B", 52), ("C", 70)):
        ws.column_dimensions[letter].width = width
    ws.freeze_panes = "B2"


def _table(ws: Worksheet, sheet: Sheet, rows: list[Row]) -> None:
    first = [sheet.parent_heading] if sheet.parent else []
    numbered = ["Nr."] if sheet.key == NUMBER else []
    headings = [*numbered, *(f"{name} *" for name in first), *map(_starred, sheet.columns)]
    told = (
        "Navnet i arket"
        if sheet.parent and not sheet.parent_heading.endswith("nr.")
        else "Tallet i kolonnen »Nr.« i arket"
    )
    helps = [
        *(["Et tal, som andre ark kan henvise til."] if numbered else []),
        *(f"{told} »{sheet.parent}«." for _ in first),
        *(column.help for column in sheet.columns),
    ]
    for index, (name, help_text) in enumerate(zip(headings, helps, strict=True), 1):
        _heading(ws.cell(1, index), name)
        put_text(ws.cell(2, index), help_text)
        ws.cell(2, index).font = _HELP
        ws.cell(2, index).alignment = _WRAP
        ws.column_dimensions[get_column_letter(index)].width = 24
    ws.row_dimensions[2].height = 75
    ws.freeze_panes = "A3"
    offset = len(first) + len(numbered)
    for number, (owner, data) in enumerate(rows, 1):
        lead = [str(number)] * bool(numbered) + [owner] * bool(first)
        for index, text in enumerate(lead, 1):
            put_text(ws.cell(number + 2, index), text)
        for index, column in enumerate(sheet.columns, offset + 1):
            _value(ws.cell(number + 2, index), column, _at(data, column))
    last = 2 + len(rows) + _EMPTY_ROWS
    for index, column in enumerate(sheet.columns, offset + 1):
        letter = get_column_letter(index)
        _choices(ws, column, f"{letter}3:{letter}{last}")
        for number in range(3 + len(rows), last + 1):
            ws.cell(number, index).number_format = _format(column)
    for index in range(1, offset + 1):
        for number in range(3 + len(rows), last + 1):
            ws.cell(number, index).number_format = "@"


def _heading(cell: Any, text: str) -> None:
    put_text(cell, text)
    cell.font = _HEADING
    cell.fill = _FILL
    cell.alignment = _WRAP


def _starred(column: Column) -> str:
    return f"{column.heading} *" if column.required else column.heading


def _at(data: Mapping[str, Any], column: Column) -> Any:
    value: Any = data
    for name in column.path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return (value is not None) or None if column.heading == SWITCH else value


def _format(column: Column) -> str:
    return {"date": _DATE, "number": "0", "free": "General"}.get(column.kind, "@")


def _value(cell: Any, column: Column, value: Any) -> None:
    """Write a field's plain data as a person would have typed it."""
    cell.number_format = _format(column)
    cell.alignment = _WRAP
    if value is None:
        return
    if column.kind == "date" or (column.kind == "free" and _is_date(value)):
        cell.value = dt.date.fromisoformat(value)
        cell.number_format = _DATE
    elif column.kind == "flag":
        put_text(cell, "ja" if value else "nej")
    elif isinstance(value, int):
        cell.value = value
    elif isinstance(value, list):
        put_text(cell, "\n".join(value) if column.kind == "lines" else ", ".join(value))
    else:
        put_text(cell, str(value))


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _choices(ws: Worksheet, column: Column, cells: str) -> None:
    """A drop-down for a closed list."""
    if column.kind not in ("choice", "flag") or (not column.choices and column.kind == "choice"):
        return
    listed = ",".join(column.choices or ("ja", "nej"))
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.errorTitle, rule.error = "Ukendt værdi", f"Vælg en af: {listed.replace(',', ', ')}"[:250]
    rule.showErrorMessage = True
    ws.add_data_validation(rule)
    rule.add(cells)
