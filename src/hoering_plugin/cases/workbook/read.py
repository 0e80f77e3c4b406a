"""A workbook read as the plain data of a case, with the cell of everything in it and every fault at once."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hoering_plugin.cases.workbook.book_tree import BookTree
from hoering_plugin.cases.workbook.cells import WrongCell, plain
from hoering_plugin.cases.workbook.faults import (
    FAULTY,
    HIDDEN,
    MERGED,
    NEEDS_PARENT,
    NO_COLUMN,
    NO_HEADING,
    NO_PARENT,
    NO_ROWS,
    NO_SHEET,
    NO_SWITCH,
    NO_VALUE,
    SAME_COLUMN,
    TOO_MANY,
    TWICE,
    UNKNOWN_COLUMN,
    UNKNOWN_FIELD,
    UNKNOWN_SHEET,
)
from hoering_plugin.cases.workbook.guard import DAMAGED, guarded
from hoering_plugin.cases.workbook.layout import NUMBER, SWITCH, Column, Sheet, sheets
from hoering_plugin.findings import CaseError, Place
from hoering_plugin.language import Phrase
from hoering_plugin.validation import Loc, did_you_mean, nearest, shown

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 20_000


@dataclass
class _Row:
    """One entry with where it went: its location in the case, and its own group of data."""

    loc: Loc
    data: dict[str, Any]


def read_workbook(data: bytes) -> BookTree:
    """Read a workbook. Raises CaseError for a file that can't be opened at all."""
    tree = BookTree(notes=guarded(data))
    values, formulas = _opened(data, values=True), _opened(data, values=False)
    _Reader(tree, values, formulas).read()
    return tree


def _opened(data: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), data_only=values)
    except Exception as fault:  # openpyxl raises whatever its parts do
        raise CaseError([DAMAGED.at(grund=Phrase("indholdet er ikke, som Excel skriver det"))]) from fault


class _Reader:
    """One reading of one workbook."""

    def __init__(self, tree: BookTree, values: Workbook, formulas: Workbook) -> None:
        self.tree = tree
        self.values = values
        self.formulas = formulas
        self.rows: dict[str, dict[str, _Row]] = {}

    def read(self) -> None:
        known = {sheet.name.casefold(): sheet for sheet in sheets()}
        there = {ws.title.strip().casefold(): ws.title for ws in self.values.worksheets}
        for folded, name in there.items():
            if folded not in known:
                hint = did_you_mean(name, [s.name for s in sheets() if s.name.casefold() not in there])
                self.tree.notes.append(UNKNOWN_SHEET.at(Place(path=name), ark=name, forslag=hint))
        for folded, sheet in known.items():
            name = there.get(folded)
            if name is not None:
                self.sheet(sheet, self.values[name], self.formulas[name])
            elif sheet.required:
                near = nearest(sheet.name, [one for key, one in there.items() if key not in known])
                hint = Phrase("Er det arket »{navn}«? ", navn=near) if near else ""
                self.tree.findings.append(NO_SHEET.at(ark=sheet.name, forslag=hint))

    def sheet(self, sheet: Sheet, values: Worksheet, formulas: Worksheet) -> None:
        if not sheet.parent:
            self.tree.cells.setdefault(sheet.path, values.title)
        for merged in values.merged_cells.ranges:
            self.tree.findings.append(
                MERGED.at(Place(path=f"{values.title}!{merged.coord}"), omraade=merged.coord)
            )
        if values.max_row > MAX_ROWS:
            self.tree.findings.append(TOO_MANY.at(Place(path=values.title), ark=sheet.name, antal=MAX_ROWS))
            return
        filled = [row for row in values.iter_rows() if any(not _empty(cell.value) for cell in row)]
        hidden = [row for row in filled if values.row_dimensions[row[0].row].hidden]
        if hidden:
            self.tree.notes.append(HIDDEN.at(Place(path=values.title), ark=sheet.name, antal=len(hidden)))
        self.uncomputed = _uncomputed(formulas, values)
        if sheet.vertical:
            self.fields(sheet, values, filled)
        else:
            self.table(sheet, values, filled)

    def fields(self, sheet: Sheet, ws: Worksheet, filled: list[Any]) -> None:
        """The sheet of the case itself: a field in the first column, its value in the next."""
        known = {_folded(column.heading): column for column in sheet.columns}
        seen: set[str] = set()
        for row in filled:
            name = str(row[0].value or "").strip()
            column = known.get(_folded(name))
            cell = row[1] if len(row) > 1 else row[0]
            if column is None:
                if not _empty(row[0].value) and _folded(name) != "felt":
                    hint = did_you_mean(name, [c.heading for c in sheet.columns])
                    self.tree.findings.append(UNKNOWN_FIELD.at(_at(ws, row[0]), felt=name[:80], forslag=hint))
                continue
            if _folded(name) in seen:
                self.tree.findings.append(SAME_COLUMN.at(_at(ws, row[0]), kolonne=name))
            seen.add(_folded(name))
            self.put(self.tree.value, (), column, ws, cell)
        for column in sheet.columns:
            if column.required and len(column.path) > 1:
                # A group without any field is there all the same, so that each of them is missed by itself.
                self.tree.value.setdefault(column.path[0], {})

    def table(self, sheet: Sheet, ws: Worksheet, filled: list[Any]) -> None:
        self.tree.names.setdefault(sheet.path, sheet.name)
        found = self.headings(sheet, ws, filled)
        if found is None:
            return
        start, columns, owner = found
        self.rows[sheet.name] = {}
        for row in filled[start:]:
            cells = {column: row[index] for index, column in columns.items()}
            if all(_empty(cell.value) for cell in row if cell.column - 1 in (*columns, owner)):
                continue
            if row is filled[start] and _is_help(row, cells):
                continue
            for parent in self.parents(sheet, ws, row, owner):
                self.entry(sheet, ws, row, cells, parent)
        if sheet.required and not sheet.parent and not self.tree.value.get(sheet.path[0]):
            self.tree.findings.append(NO_ROWS.at(Place(path=ws.title), ark=sheet.name))

    def headings(
        self, sheet: Sheet, ws: Worksheet, filled: list[Any]
    ) -> tuple[int, dict[int, Column], int | None] | None:
        """Where the rows begin, the column that each index holds, and the one that names the owner."""
        known = {_folded(column.heading): column for column in sheet.columns}
        owner_name = _folded(sheet.parent_heading)
        if not filled:
            return None
        every = {*known, *([owner_name] if owner_name else [])}
        matches = [len(every.intersection(_folded(str(cell.value)) for cell in row)) for row in filled[:10]]
        start = matches.index(max(matches))
        row = filled[start]
        names = {index: str(cell.value or "").strip() for index, cell in enumerate(row)}
        if not matches[start]:
            told = ", ".join(f"»{column.heading}«" for column in sheet.columns)
            self.tree.findings.append(NO_HEADING.at(Place(path=ws.title), ark=sheet.name, kendte=told))
            return None
        columns: dict[int, Column] = {}
        owner: int | None = None
        extra: dict[int, str] = {}
        for index, name in names.items():
            column = known.get(_folded(name))
            if owner_name and _folded(name) == owner_name:
                owner = index
            elif column is not None and column in columns.values():
                self.tree.findings.append(SAME_COLUMN.at(_at(ws, row[index]), kolonne=name))
            elif column is not None:
                columns[index] = column
            elif name and not (sheet.key == NUMBER and _folded(name) == NUMBER):
                extra[index] = name
        missing = [c.heading for c in sheet.columns if c.required and c not in columns.values()]
        if owner_name and owner is None:
            missing.append(sheet.parent_heading)
        for name in missing:
            near = nearest(name, extra.values())
            hint = Phrase("Er det kolonnen »{navn}«? ", navn=near) if near else ""
            self.tree.findings.append(
                NO_COLUMN.at(Place(path=ws.title), kolonne=name, ark=sheet.name, forslag=hint)
            )
        for index, name in extra.items():
            hint = did_you_mean(name, [c.heading for c in sheet.columns if c not in columns.values()])
            self.tree.notes.append(UNKNOWN_COLUMN.at(_at(ws, row[index]), kolonne=name[:80], forslag=hint))
        self.number = next(
            (i for i, n in names.items() if sheet.key == NUMBER and _folded(n) == NUMBER), None
        )
        return start + 1, columns, owner

    def parents(self, sheet: Sheet, ws: Worksheet, row: Any, owner: int | None) -> Iterator[_Row]:
        """The entry that a row belongs to; the case itself for a sheet of its own."""
        if not sheet.parent:
            yield _Row((), self.tree.value)
            return
        if owner is None:
            return
        value = row[owner].value
        if _empty(value):
            place = _at(ws, row[owner])
            self.tree.findings.append(NEEDS_PARENT.at(place, ark=sheet.parent, kolonne=sheet.parent_heading))
            return
        name = _name(value)
        known = self.rows.get(sheet.parent, {})
        if name not in known:
            hint = did_you_mean(name, known)
            self.tree.findings.append(
                NO_PARENT.at(_at(ws, row[owner]), navn=shown(name)[1:-1], ark=sheet.parent, forslag=hint)
            )
            return
        yield known[name]

    def entry(self, sheet: Sheet, ws: Worksheet, row: Any, cells: dict[Column, Any], parent: _Row) -> None:
        """One row as an entry of its list, or as a named value."""
        field_name = sheet.path[0]
        if sheet.columns[-1].kind != "free":
            items = parent.data.get(field_name)
            if items is None and sheet.parent == "Ministersvar":
                nr = next(name for name, one in self.rows[sheet.parent].items() if one is parent)
                self.tree.findings.append(NO_SWITCH.at(_at(ws, row[0]), nr=nr))
                return
            items = parent.data.setdefault(field_name, [])
            entry = _Row((*parent.loc, field_name, len(items)), {})
            items.append(entry.data)
            self.tree.cells[entry.loc] = f"{ws.title}!{row[0].row}"
            for column, cell in cells.items():
                self.put(entry.data, entry.loc, column, ws, cell)
            self.remember(sheet, row, entry)
            return
        named = {column.path[0]: cell for column, cell in cells.items()}
        name = str(named["navn"].value or "").strip()
        group = parent.data.setdefault(field_name, {})
        loc = (*parent.loc, field_name, name)
        if name in group:
            self.tree.findings.append(TWICE.at(_at(ws, row[0]), navn=shown(name)[1:-1]))
        self.tree.cells[loc] = _at(ws, named["vaerdi"]).path
        group[name] = self.value(next(c for c in cells if c.kind == "free"), ws, named["vaerdi"])

    def remember(self, sheet: Sheet, row: Any, entry: _Row) -> None:
        """Let rows of other sheets name this one."""
        if sheet.key == NUMBER:
            cell = row[self.number] if self.number is not None else None
            given = cell is not None and not _empty(cell.value)
            name = _name(cell.value) if cell is not None and given else str(int(entry.loc[-1]) + 1)
        else:
            name = str(entry.data.get(sheet.key, ""))
        if sheet.key == NUMBER and name in self.rows[sheet.name]:
            self.tree.findings.append(
                TWICE.at(Place(path=self.tree.cells[entry.loc]), navn=shown(name)[1:-1])
            )
        self.rows[sheet.name].setdefault(name, entry)

    def put(self, data: dict[str, Any], loc: Loc, column: Column, ws: Worksheet, cell: Any) -> None:
        """A cell's value in its place in the data; an empty cell is a field that isn't there."""
        self.tree.names[(*loc, *column.path)] = column.heading
        for depth in range(1, len(column.path) + 1):
            self.tree.cells.setdefault((*loc, *column.path[:depth]), _at(ws, cell).path)
        if column.heading == SWITCH:
            if not _empty(cell.value) and self.value(column, ws, cell) is True:
                data[column.path[0]] = []
            return
        value = self.value(column, ws, cell)
        if value is None:
            return
        group = data
        for name in column.path[:-1]:
            group = group.setdefault(name, {})
        group[column.path[-1]] = value
        if isinstance(value, list):
            for index in range(len(value)):
                self.tree.cells[(*loc, *column.path, index)] = _at(ws, cell).path

    def value(self, column: Column, ws: Worksheet, cell: Any) -> Any:
        """The plain data in a cell; None for an empty one, and for one that is wrong, which is told."""
        place = _at(ws, cell)
        if cell.coordinate in self.uncomputed:
            self.tree.findings.append(NO_VALUE.at(place))
        elif cell.data_type == "e":
            self.tree.findings.append(FAULTY.at(place, fejl=cell.value))
        elif not _empty(cell.value):
            try:
                return plain(cell.value, column)
            except WrongCell as wrong:
                self.tree.findings.append(wrong.kind.at(place, **wrong.values))  # type: ignore[arg-type]
                return [wrong.meant] if column.kind == "list" and wrong.meant else wrong.meant
        return None


def _uncomputed(formulas: Worksheet, values: Worksheet) -> set[str]:
    """The cells with a formula and no stored value."""
    return {
        cell.coordinate
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and values[cell.coordinate].value is None
    }


def _is_help(row: Any, cells: dict[Column, Any]) -> bool:
    """Whether a row is the line of help: in italics, or with a text of this version's help."""
    filled = [cell for cell in row if not _empty(cell.value)]
    return all(cell.font.i for cell in filled) or any(
        cell.value == column.help for column, cell in cells.items()
    )


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _folded(heading: str) -> str:
    return " ".join(heading.replace("*", " ").split()).casefold().removesuffix(".")


def _name(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def _at(ws: Worksheet, cell: Any) -> Place:
    return Place(path=f"{ws.title}!{cell.coordinate}")
