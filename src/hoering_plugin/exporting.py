"""The records system's call from Python: one case in, the run's result out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hoering_plugin.cases import ending_of, reading_of
from hoering_plugin.findings import HoeringError
from hoering_plugin.generation import generate, letter_template
from hoering_plugin.host import load_ministries
from hoering_plugin.letter.template import Template
from hoering_plugin.letter.templates import template_path
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.result import RunResult
from hoering_plugin.model.settings import Settings
from hoering_plugin.outcome import stopped


def export(
    payload: bytes | str | Mapping[str, object],
    out: Path | str,
    *,
    ministries: Sequence[LoadedMinistry] | None = None,
    template: Template | Path | str | None = None,
    settings: Settings | None = None,
    name: str = "",
) -> RunResult:
    """Make the letters of one case that a records system hands over, in a new version under ``out``.

    ``payload`` is the case as JSON or XML, told apart by its content, or as a mapping with the JSON format's
    keys. ``ministries`` and ``template`` are loaded anew where they aren't given: give them to make many
    cases quickly. ``name`` is what the payload is called in messages.

    What a person can mend — the case, the set-up, the folder — is in the result and its exit code, never an
    exception. It may be called from several threads at once, also for one case.
    """
    case: Case | None = None
    try:
        data = _bytes(payload)
        read = reading_of(data, f"{name or 'sagen'}{'' if Path(name).suffix else ending_of(data)}")
        case = read.case
        result = generate(
            case,
            load_ministries() if ministries is None else ministries,
            template if isinstance(template, Template) else letter_template(template or template_path()),
            out,
            settings=settings,
        )
    except HoeringError as fault:
        return stopped(fault, case)
    return replace(result, findings=(*read.notes, *result.findings))


def _bytes(payload: bytes | str | Mapping[str, object]) -> bytes:
    if isinstance(payload, bytes):
        return payload
    # A lone surrogate in the text is no UTF-8; the reader names it as what it is.
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=True, default=str)
    return text.encode("utf-8", "surrogatepass")
