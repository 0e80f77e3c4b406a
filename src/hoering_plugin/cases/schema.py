"""The JSON Schema and the XML Schema of a case, with Danish descriptions, made from the model."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from hoering_plugin.model.case import CASE_FORMAT, Case


def case_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a case file, by its Danish keys."""
    schema = untitled(Case.model_json_schema(by_alias=True))
    # The docstrings of the model are for programmers; what is left describes each field in Danish.
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("description", None)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": f"{CASE_FORMAT}: en sag om høring over udkast til tilladelse efter § 11 a, stk. 2, "
        "i lov om forpligtende kommunale samarbejder",
        **schema,
    }


@cache
def shipped_case_schema() -> dict[str, Any]:
    """The schema as it is shipped, which is quicker to read than to make."""
    schema: dict[str, Any] = json.loads(
        resources.files("hoering_plugin").joinpath("data", "sag.schema.json").read_text("utf-8")
    )
    return schema


def xsd() -> str:
    """The XML Schema of a case file, as ``data/sag.xsd`` holds it."""
    from hoering_plugin.cases.xml_tree import NAMESPACE, ROOT
    from hoering_plugin.xml_form import xsd_text

    return xsd_text(case_schema(), ROOT, NAMESPACE)


def schema_text() -> str:
    """The schema as ``data/sag.schema.json`` holds it."""
    return json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"


def untitled(schema: Any) -> Any:
    """The schema without the titles that pydantic makes of the names; the keys say as much."""
    if isinstance(schema, dict):
        return {
            key: untitled(part)
            for key, part in schema.items()
            if not (key == "title" and isinstance(part, str))
        }
    if isinstance(schema, list):
        return [untitled(part) for part in schema]
    return schema
