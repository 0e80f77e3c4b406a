"""A case as a workbook that a caseworker fills in: a sheet for each kind of thing, read to the same data."""

from hoering_plugin.cases.workbook.guard import guarded, opened_notes
from hoering_plugin.cases.workbook.mark import marked
from hoering_plugin.cases.workbook.read import read_workbook
from hoering_plugin.cases.workbook.write import workbook_bytes

__all__ = ["guarded", "marked", "opened_notes", "read_workbook", "workbook_bytes"]
