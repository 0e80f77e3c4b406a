"""A case as a file, in each of the formats that are read; what is written reads to the same case."""

from __future__ import annotations

import json

from hoering_plugin.cases.schema import shipped_case_schema
from hoering_plugin.model.case import Case


def case_bytes(case: Case, ending: str) -> bytes:
    """The case as the bytes of a ``.json``, ``.xml`` or ``.xlsx`` file, the same bytes each time.

    Raises KeyError for another ending.
    """
    return {".json": _json, ".xml": _xml, ".xlsx": _workbook}[ending](case)


def _plain(case: Case) -> dict[str, object]:
    """The case as plain data, without what is as it would be anyway."""
    return case.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _json(case: Case) -> bytes:
    return (json.dumps(_plain(case), ensure_ascii=False, indent=2) + "\n").encode()


def _xml(case: Case) -> bytes:
    from hoering_plugin.cases.xml_tree import NAMESPACE, ROOT
    from hoering_plugin.xml_form import xml_bytes

    return xml_bytes(_plain(case), shipped_case_schema(), ROOT, NAMESPACE)


def _workbook(case: Case) -> bytes:
    from hoering_plugin.cases.workbook import workbook_bytes

    return workbook_bytes(case)
