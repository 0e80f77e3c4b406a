"""What a workbook holds as the plain data of a case, with the cell and the heading of each part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hoering_plugin.cases.workbook.layout import sheets
from hoering_plugin.findings import Finding, Place
from hoering_plugin.validation import Loc, field_name


@dataclass
class BookTree:
    """What a workbook holds; see :class:`~hoering_plugin.cases.tree.Tree`."""

    value: dict[str, Any] = field(default_factory=dict)
    readable: bool = True
    cells: dict[Loc, str] = field(default_factory=dict)
    names: dict[Loc, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def place(self, loc: Loc) -> Place:
        """The cell of a part; for one that isn't there, of the nearest around it."""
        around = loc
        while around not in self.cells and around:
            around = around[:-1]
        return Place(path=self.cells.get(around, ""))

    def name(self, loc: Loc) -> str:
        """The heading of the column or field that a part stands in."""
        around = loc
        while around not in self.names and around:
            around = around[:-1]
        return self.names.get(around, field_name(loc))

    def order(self, place: Place) -> tuple[int, ...]:
        """By sheet, as they come in an empty workbook, row and column."""
        sheet, _, cell = place.path.partition("!")
        names = [one.name.casefold() for one in sheets()]
        found = re.match(r"([A-Z]*)(\d*)", cell)
        column, row = found.groups() if found else ("", "")
        known = sheet.strip().casefold() in names
        return (
            names.index(sheet.strip().casefold()) if known else -1,
            int(row or 0),
            len(column),
            *map(ord, column),
        )
