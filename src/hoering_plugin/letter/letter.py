"""One municipality's letter: the draft merged into the Word template, and proved before it is given on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hoering_plugin.findings import Finding, Place, warning
from hoering_plugin.letter.context import OPEN_NAME, OPEN_TITLE, letter_context, title
from hoering_plugin.letter.errors import LetterError, RenderError
from hoering_plugin.letter.package import content_sha256
from hoering_plugin.letter.proof import CONDITION_TAG, REQUEST_TAG, prove, texts_in
from hoering_plugin.letter.template import Template
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.letter import Letter
from hoering_plugin.model.settings import Settings

OPEN_PLACE = warning(
    "brev-aabent-sted",
    "Brevet til {kommune} har et åbent sted: {sted}.",
    "Udfyld det i sagen, eller skriv det i brevet, før det sendes.",
)


def make_letter(
    template: Template,
    draft: Draft,
    case: Case,
    code: str,
    ministries: Sequence[LoadedMinistry],
    settings: Settings,
) -> Letter:
    """The letter to the municipality with that code.

    A draft that is held can be merged as well, to be looked at; its open places stand in square brackets.
    Raises :class:`LetterError` if the letter can't be made whole or its proof fails.
    """
    context = letter_context(draft, case, code, ministries, settings)
    municipality = case.municipality(code)
    place = Place(f"brev til {municipality.name}")
    try:
        data = template.render(context)
    except RenderError as exc:
        raise LetterError(exc.findings) from exc
    findings = prove(data, draft, given=texts_in(context))
    if findings:
        raise LetterError(finding.within(place.file) for finding in findings)
    return Letter(
        code=code,
        name=municipality.name,
        title=title(draft, municipality),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=content_sha256(data),
        tags=_tags(draft),
        findings=_open_places(case, draft, municipality.name),
    )


def _tags(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The tag of each content control, which the proof has shown to stand in this order."""
    requests = ((f"{REQUEST_TAG}-{n}", r.request.key) for n, r in enumerate(draft.requests, 1))
    conditions = ((f"{CONDITION_TAG}-{n}", c.key) for n, c in enumerate(draft.conditions, 1))
    return (*requests, *conditions)


def _open_places(case: Case, draft: Draft, name: str) -> tuple[Finding, ...]:
    places = [OPEN_NAME] * (case.signatory.name is None) + [OPEN_TITLE] * (case.signatory.title is None)
    return tuple(
        OPEN_PLACE.at(kommune=name, sted=place, cooperation=draft.cooperation.key) for place in places
    )
