"""One municipality's letter: the draft merged into the Word template, and proved before it is given on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hoering_plugin.findings import Finding, SetupError, warning
from hoering_plugin.language import Phrase
from hoering_plugin.letter.context import OPEN_NAME, OPEN_TITLE, letter_context, shared_context, title
from hoering_plugin.letter.errors import LetterError, RenderError
from hoering_plugin.letter.package import content_sha256, read_letter
from hoering_plugin.letter.proof import CONDITION_TAG, REQUEST_TAG, prove_members, texts_in
from hoering_plugin.letter.template import Template
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.letter import Letter
from hoering_plugin.model.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Executor

OPEN_PLACE = warning(
    "brev-aabent-sted",
    "Brevet til {kommune} har et åbent sted: {sted}.",
    "Udfyld det i sagen, eller skriv det i brevet, før det sendes.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """All that a letter is made of besides the template: plain data, which can travel to another process."""

    code: str
    name: str
    draft: Draft
    context: Mapping[str, object]
    title: str
    findings: tuple[Finding, ...]


def letter_order(
    draft: Draft, case: Case, code: str, ministries: Sequence[LoadedMinistry], settings: Settings
) -> Order:
    """What the letter to the municipality with that code is made of."""
    (order,) = letter_orders([(draft, code)], case, ministries, settings)
    return order


def letter_orders(
    wanted: Iterable[tuple[Draft, str]],
    case: Case,
    ministries: Sequence[LoadedMinistry],
    settings: Settings,
) -> list[Order]:
    """What the letters are made of: one for each draft and the code of a municipality in it."""
    shared: dict[str, dict[str, object]] = {}
    orders: list[Order] = []
    for draft, code in wanted:
        key = draft.cooperation.key
        if key not in shared:
            shared[key] = shared_context(draft, case, ministries, settings)
        municipality = case.municipality(code)
        orders.append(
            Order(
                code=code,
                name=municipality.name,
                draft=draft,
                context=letter_context(shared[key], draft, case, code),
                title=title(draft, municipality),
                findings=open_places(case, draft, municipality.name),
            )
        )
    return orders


def make_letter(template: Template, order: Order) -> Letter:
    """The letter, merged and proved.

    A draft that is held can be merged as well, to be looked at; its open places stand in square brackets.
    Raises :class:`LetterError` if the letter can't be made whole or its proof fails.
    """
    try:
        data = template.render(order.context)
    except RenderError as exc:
        raise LetterError(exc.findings) from exc
    try:
        members, body = read_letter(data)
        findings = prove_members(members, body, order.draft, given=texts_in(order.context))
    except SetupError as exc:
        findings = exc.findings
    if findings:
        raise LetterError(finding.within(Phrase("brev til {navn}", navn=order.name)) for finding in findings)
    return Letter(
        code=order.code,
        name=order.name,
        title=order.title,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=content_sha256(members),
        tags=_tags(order.draft),
        findings=order.findings,
    )


def make_letters(
    template: Template, orders: Sequence[Order], executor: Executor | None = None
) -> list[Letter | LetterError]:
    """Each order's letter, or why there is none, in that order; made by the executor if there is one.

    A worker that dies takes nothing with it: what it had is made here.
    """
    if executor is None:
        return [_outcome(template, order) for order in orders]
    from concurrent.futures import BrokenExecutor

    size = max(1, len(orders) // _SHARES)
    shares = [orders[start : start + size] for start in range(0, len(orders), size)]
    letters: list[Letter | LetterError] = []
    waiting = []
    for share in shares:
        try:
            waiting.append(executor.submit(_outcomes, template, share))
        except BrokenExecutor:
            break
    for number, share in enumerate(shares):
        try:
            letters += waiting[number].result() if number < len(waiting) else _outcomes(template, share)
        except BrokenExecutor:
            letters += _outcomes(template, share)
    return letters


_SHARES = 16
"""How many shares a run's letters are dealt out in: enough that no worker waits long for the last."""


def _outcomes(template: Template, orders: Sequence[Order]) -> list[Letter | LetterError]:
    return [_outcome(template, order) for order in orders]


def _outcome(template: Template, order: Order) -> Letter | LetterError:
    try:
        return make_letter(template, order)
    except LetterError as exc:
        return exc


def _tags(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The tag of each content control, which the proof has shown to stand in this order."""
    requests = ((f"{REQUEST_TAG}-{n}", r.request.key) for n, r in enumerate(draft.requests, 1))
    conditions = ((f"{CONDITION_TAG}-{n}", c.key) for n, c in enumerate(draft.conditions, 1))
    return (*requests, *conditions)


def open_places(case: Case, draft: Draft, name: str) -> tuple[Finding, ...]:
    """A warning for each place in a municipality's letter that somebody must fill in before it is sent."""
    places = [OPEN_NAME] * (case.signatory.name is None) + [OPEN_TITLE] * (case.signatory.title is None)
    return tuple(
        OPEN_PLACE.at(kommune=name, sted=place, cooperation=draft.cooperation.key) for place in places
    )
