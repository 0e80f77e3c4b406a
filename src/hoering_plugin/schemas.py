"""The published schemas: what goes into the program and what comes out, made from the models.

They are shipped as files in ``hoering_plugin/data``; a test says that the files are what this module makes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from hoering_plugin.cases.schema import schema_text, untitled, xsd
from hoering_plugin.delivery.metadata import METADATA_NAMESPACE, METADATA_ROOT
from hoering_plugin.model.metadata import METADATA_FORMAT, LetterMetadata
from hoering_plugin.model.run_answer import ANSWER_FORMAT, RunAnswer
from hoering_plugin.xml_form import xsd_text


def published() -> dict[str, str]:
    """Every published schema by the name of its file."""
    metadata = json_schema(LetterMetadata, f"{METADATA_FORMAT}: the metadata beside each letter")
    answer = json_schema(RunAnswer, f"{ANSWER_FORMAT}: the answer of a run on one case")
    return {
        "sag.schema.json": schema_text(),
        "sag.xsd": xsd(),
        "metadata.schema.json": _text(metadata),
        "metadata.xsd": xsd_text(metadata, METADATA_ROOT, METADATA_NAMESPACE),
        "svar.schema.json": _text(answer),
    }


def json_schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a model, without the docstrings that are for programmers."""
    schema = untitled(model.model_json_schema(by_alias=True, mode="serialization"))
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("description", None)
    return {"$schema": GenerateJsonSchema.schema_dialect, "title": title, **schema}


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
