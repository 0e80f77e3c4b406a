"""The case number of a workbook, without reading the rest of it."""

from __future__ import annotations

import io
import warnings

from hoering_plugin.cases.workbook.guard import guarded

_SHEET, _FIELD = "sag", "sagsnummer"


def workbook_number(data: bytes) -> str:
    """The case number as it stands in its cell; empty where there is none.

    Raises CaseError for a file that may not be opened, and whatever openpyxl does for a damaged one.
    """
    from openpyxl import load_workbook

    guarded(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.title.strip().casefold() == _SHEET:
            for name, value, *_ in sheet.iter_rows(max_col=2, values_only=True):
                if str(name or "").replace("*", " ").strip().casefold() == _FIELD:
                    return str(value or "").strip()
    return ""
