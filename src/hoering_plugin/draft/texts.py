"""The conditions' texts with their values: who acts, for which tasks, by when; other conditions' numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hoering_plugin import danish
from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.draft.numbering import Numbered
from hoering_plugin.findings import Finding, error
from hoering_plugin.model.case import Municipality
from hoering_plugin.model.draft import DraftCondition, DraftStatement
from hoering_plugin.model.ministry import Binds, Condition, Statement
from hoering_plugin.words import REFERENCE, fill, lowered, names_in

VALUE_MISSING = error(
    "vaerdi-mangler",
    "Teksten »{tekst}« fra {ministerium} bruger {{{navn}}}, som ikke har nogen værdi her.",
    "Ret navnet, eller giv værdien under »vaerdier« ved vilkåret.",
)
REFERENCE_MISSING = error(
    "henvisning-mangler",
    "Teksten »{tekst}« fra {ministerium} henviser til vilkåret »{andet}«, som ikke er med i udkastet.",
    "Ret henvisningen, eller få vilkåret med.",
)
BRACES = error(
    "klammer",
    "Teksten »{tekst}« fra {ministerium} har en klamme uden mage eller noget i klammer, der ikke er et navn.",
    "Skriv værdier som {{kommune}}, og brug ikke klammer til andet.",
)


def with_texts(
    inquiry: Inquiry, conditions: Sequence[Numbered]
) -> tuple[tuple[DraftCondition, ...], tuple[Finding, ...]]:
    """The draft's conditions. A place without a value is marked ``[navn]`` and is an error."""
    findings: list[Finding] = []
    done: list[DraftCondition] = []
    parties: dict[tuple[str | None, Binds], dict[str, str]] = {}
    for one in conditions:
        condition = one.stated.condition
        role = (one.authorised, condition.binds)
        if role not in parties:
            parties[role] = _parties(inquiry, *role)
        values = {**parties[role], **_times(condition), **_own(condition)}
        values["opgaver"] = _tasks(one.requests)
        values |= _references(condition.text, one, conditions)
        text, wrong = _filled(inquiry, condition.text, condition.key, one.stated.ministry, values)
        findings += wrong
        done.append(
            DraftCondition(
                number=one.number,
                key=condition.key,
                ministry=one.stated.ministry,
                category=condition.category,
                heading=one.heading,
                text=text,
                binds=condition.binds,
                bound=one.bound,
                authorised=one.authorised,
                requests=one.requests,
                legal_basis=condition.legal_basis,
                reason=condition.reason,
                sample=condition.sample,
                source=one.stated.source,
            )
        )
    return tuple(done), tuple(findings)


def statements(
    inquiry: Inquiry, refused: frozenset[tuple[str, str]]
) -> tuple[tuple[DraftStatement, ...], tuple[Finding, ...]]:
    """What ministries inform of, once per key and wording, for the tasks that aren't refused.

    ``refused`` holds the (request, provision) that aren't met.
    """
    found: dict[tuple[str, str], tuple[str, Statement, set[int]]] = {}
    for answer in inquiry.answers:
        if (answer.request, answer.provision) in refused:
            continue
        for statement in answer.answer.statements:
            place = (statement.key, statement.text)
            ministry, _, requests = found.setdefault(place, (answer.ministry, statement, set()))
            requests.add(inquiry.number(answer.request))
    findings: list[Finding] = []
    done: list[DraftStatement] = []
    for ministry, statement, requests in found.values():
        numbers = tuple(sorted(requests))
        values = {**_of_all(inquiry), "opgaver": _tasks(numbers)}
        text, wrong = _filled(inquiry, statement.text, statement.key, ministry, values)
        findings += wrong
        done.append(DraftStatement(statement.key, ministry, text, numbers))
    return tuple(sorted(done, key=lambda s: (s.requests, s.key, s.text))), tuple(findings)


def _filled(
    inquiry: Inquiry, text: str, key: str, ministry: str, values: dict[str, str]
) -> tuple[str, list[Finding]]:
    where: dict[str, Any] = {"ministry": ministry, "cooperation": inquiry.cooperation.key}
    words: dict[str, Any] = {"tekst": key, "ministerium": inquiry.called(ministry)}
    try:
        names = tuple(dict.fromkeys(names_in(text)))
    except ValueError:
        return text, [BRACES.at(**where, **words)]
    missing = [name for name in names if name not in values and lowered(name) not in values]
    findings = [
        REFERENCE_MISSING.at(**where, **words, andet=lowered(name).removeprefix(REFERENCE))
        if lowered(name).startswith(REFERENCE)
        else VALUE_MISSING.at(**where, **words, navn=name)
        for name in missing
    ]
    filled = fill(text, {**values, **{name: f"[{name}]" for name in missing}})
    return danish.hold_together(filled), findings


def _of_all(inquiry: Inquiry) -> dict[str, str]:
    everyone = inquiry.municipalities
    return {
        "kommuner": danish.joint_name(everyone),
        "kommunalbestyrelserne": f"kommunalbestyrelserne i {danish.joint_name(everyone)}",
    }


def _parties(inquiry: Inquiry, authorised_code: str | None, binds: Binds) -> dict[str, str]:
    """The municipalities by role; the names of one role only where the condition binds one."""
    values = _of_all(inquiry)
    if authorised_code is None:
        return values
    authorised = [m for m in inquiry.municipalities if m.code == authorised_code]
    delegating = [m for m in inquiry.municipalities if m.code != authorised_code]
    values |= {"bemyndiget": _names(authorised), "delegerende": _names(delegating)}
    if binds is not Binds.BOTH:
        bound, other = (authorised, delegating) if binds is Binds.AUTHORISED else (delegating, authorised)
        values |= {
            "kommune": _names(bound),
            "modpart": _names(other),
            "organ": _organ(bound),
            "modpartens_organ": _organ(other),
        }
    return values


def _names(municipalities: Sequence[Municipality]) -> str:
    return danish.listed([danish.full_name(m) for m in municipalities])


def _organ(municipalities: Sequence[Municipality]) -> str:
    return danish.council(municipalities[0]) if len(municipalities) == 1 else "kommunalbestyrelserne"


def _times(condition: Condition) -> dict[str, str]:
    values: dict[str, str] = {}
    if condition.earliest:
        values["tidligst"] = danish.long_date(condition.earliest)
    if condition.latest:
        values["senest"] = danish.long_date(condition.latest)
    if condition.notice:
        values["varsel"] = danish.notice(condition.notice)
    return values


def _own(condition: Condition) -> dict[str, str]:
    return {name: _shown(value) for name, value in condition.values.items()}


def _shown(value: dt.date | int | str) -> str:
    if isinstance(value, dt.date):
        return danish.long_date(value)
    return danish.number(value) if isinstance(value, int) else value


def _tasks(requests: Sequence[int]) -> str:
    return f"opgave {danish.numbers(requests)}"


def _references(text: str, one: Numbered, conditions: Sequence[Numbered]) -> dict[str, str]:
    """The numbers of the conditions that the text refers to: of the same authorised, where there is one."""
    try:
        wanted = {name for name in map(lowered, names_in(text)) if name.startswith(REFERENCE)}
    except ValueError:
        return {}
    values: dict[str, str] = {}
    for name in wanted:
        found = [c for c in conditions if c.stated.condition.key == name.removeprefix(REFERENCE)]
        if one.authorised is not None:
            found = [c for c in found if c.authorised == one.authorised] or found
        if found:
            values[name] = f"vilkår {danish.numbers([c.number for c in found])}"
    return values
