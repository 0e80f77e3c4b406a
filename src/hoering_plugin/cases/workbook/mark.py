"""A copy of a workbook with each fault as a comment in its cell."""

from __future__ import annotations

import io
from collections.abc import Iterable

from hoering_plugin.findings import Finding
from hoering_plugin.language import spoken
from hoering_plugin.sheets import saved

AUTHOR = "hoering"


def marked(data: bytes, findings: Iterable[Finding]) -> bytes:
    """The workbook with a comment and a colour in the cell of each finding.

    A finding about a sheet stands in its first cell, one about the whole workbook in the first sheet's.
    Marks of an earlier run are taken away.
    """
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = load_workbook(io.BytesIO(data))
    for ws in book.worksheets:
        for row in ws.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
    told: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        sheet, _, cell = finding.place.path.partition("!")
        first = cell.partition(":")[0]
        where = (
            sheet if sheet in book.sheetnames else book.sheetnames[0],
            f"A{first}" if first.isdigit() else first or "A1",
        )
        told.setdefault(where, []).append(f"{spoken(finding.message)} [{finding.id}]")
    for (sheet, coordinate), messages in told.items():
        cell = book[sheet][coordinate]
        cell.comment = Comment("\n\n".join(messages), AUTHOR, width=360, height=60 + 60 * len(messages))
        cell.fill = PatternFill("solid", fgColor="FFC7CE")
    return saved(book)
