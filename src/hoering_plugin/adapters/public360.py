"""Reading a case from Public 360: a document as its SIF interface has it, with our case as one of its files.

Of the document's fields ``CaseNumber``, ``Title``, ``DocumentDate`` and ``Files`` (``Title``, ``Format``,
``Data`` in Base64) are read (Public360/SIF_RPC_TestClient). The file is our own format: the records system
knows nothing of cooperations and requests. What the document says itself must be what the file says.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from hoering_plugin.cases import reading_of
from hoering_plugin.findings import CaseError, Finding, Place, error
from hoering_plugin.hookspecs import hookimpl
from hoering_plugin.language import Phrase

NOT_SIF = error(
    "sif-ukendt",
    "Filen er ikke et dokument fra Public 360: {grund}.",
    "Eksportér dokumentet igen med dets filer.",
)
NO_FILE = error(
    "sif-uden-sag",
    "Dokumentet har {antal} filer med formatet json, xml eller xlsx; der skal være netop én.",
    "Vedlæg sagen som en fil.",
)
DIFFERS = error(
    "sif-afviger", "Dokumentet siger »{dokument}« i {felt}, og sagens fil siger »{sag}«.", "Ret det ene sted."
)
_FORMATS = ("json", "xml", "xlsx")


@hookimpl
def hoering_read_case(data: bytes, name: str) -> dict[str, Any]:
    """The case in a document's file, when both agree."""
    document = _document(data, name)
    files = [one for one in document.get("Files", []) if str(one.get("Format", "")).lower() in _FORMATS]
    if len(files) != 1:
        raise CaseError([NO_FILE.at(Place(name), antal=len(files))])
    file = files[0]
    try:
        content = base64.b64decode(str(file.get("Data", "")), validate=True)
    except (binascii.Error, ValueError):
        raise CaseError([NOT_SIF.at(Place(name), grund=Phrase("Data er ikke Base64"))]) from None
    ending = str(file["Format"]).lower()
    case = reading_of(content, f"{name}, {file.get('Title', 'sag')}.{ending}").case
    plain = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    wrong = list(_differences(document, plain, name))
    if wrong:
        raise CaseError(wrong)
    return plain


def _document(data: bytes, name: str) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise CaseError([NOT_SIF.at(Place(name), grund=Phrase("det er ikke JSON"))]) from None
    parameter = value.get("parameter", value) if isinstance(value, dict) else None
    if not isinstance(parameter, dict) or "CaseNumber" not in parameter:
        raise CaseError([NOT_SIF.at(Place(name), grund=Phrase("feltet CaseNumber mangler"))])
    files = parameter.get("Files", [])
    if not isinstance(files, list) or not all(isinstance(one, dict) for one in files):
        raise CaseError([NOT_SIF.at(Place(name), grund=Phrase("Files er ikke en liste af filer"))])
    return parameter


def _differences(document: dict[str, Any], plain: dict[str, Any], name: str) -> list[Finding]:
    pairs = [("CaseNumber", "sagsnummer"), ("Title", "titel"), ("DocumentDate", "brevdato")]
    return [
        DIFFERS.at(Place(name, path=ours), dokument=document[theirs], sag=plain[ours], felt=theirs)
        for theirs, ours in pairs
        if document.get(theirs) not in (None, "")
        and str(document[theirs])[: 10 if ours == "brevdato" else None] != plain[ours]
    ]
