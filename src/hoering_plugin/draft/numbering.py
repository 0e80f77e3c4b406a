"""Conditions in the law's order with their numbers, one per authorised municipality where roles differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.draft.merge import Stated
from hoering_plugin.findings import Finding, error
from hoering_plugin.model.law import TaskArea
from hoering_plugin.model.ministry import Binds, Category
from hoering_plugin.words import TOLD_APART_BY_ROLE, lowered, names_in

ROLE_MISSING = error(
    "vilkaar-uden-rolle",
    "Sagen siger ikke, hvilken kommune der er bemyndiget på området »{omraade}«, som vilkåret »{vilkaar}« "
    "vedrører.",
    "Skriv den bemyndigede kommune under »roller« i samarbejdet.",
)

HEADINGS: Mapping[Category, str] = {
    Category.ENTRY: "Ikrafttræden",
    Category.END: "Ophør",
    Category.PUBLICATION: "Offentliggørelse",
    Category.STAFF_TRANSFER: "Overførsel af ansatte",
    Category.STAFF_RIGHTS: "De overførte ansattes rettigheder",
    Category.SUBSTANCE: "Faglige vilkår",
    Category.OTHER: "Andre vilkår",
}
"""What a condition about several task areas stands under; one about a single area stands under the area's."""


@dataclass(frozen=True)
class Numbered:
    """A condition with its number, heading, parties and requests, before its text is filled."""

    number: int
    stated: Stated
    heading: str
    authorised: str | None
    bound: tuple[str, ...]
    requests: tuple[int, ...]


def numbered(inquiry: Inquiry, stated: Sequence[Stated]) -> tuple[tuple[Numbered, ...], tuple[Finding, ...]]:
    """Every condition, once per authorised municipality where it is told apart by role, numbered from 1.

    The order is the law's: those about several areas first, then area, provision, category and key.
    """
    findings: list[Finding] = []
    parts: list[
        tuple[tuple[int, int, int, str, str, str], Stated, TaskArea | None, str | None, set[str]]
    ] = []
    areas = {request.key: request.area for request in inquiry.requests}
    for s in stated:
        requests = {request for request, _ in s.asked_for}
        concerned = {areas[request] for request in requests}
        area = None if s.condition.general or len(concerned) > 1 else next(iter(concerned))
        for authorised, some in _by_authorised(inquiry, s, requests, areas, findings):
            rank = _rank(inquiry, s, area, authorised)
            parts.append((rank, s, area, authorised, some))
    parts.sort(key=lambda part: part[0])
    done = tuple(
        Numbered(
            number,
            s,
            HEADINGS[s.condition.category] if area is None else inquiry.law.area_text(area).heading,
            authorised,
            _bound(inquiry, s, authorised),
            tuple(sorted(inquiry.number(request) for request in some)),
        )
        for number, (_, s, area, authorised, some) in enumerate(parts, start=1)
    )
    return done, tuple(findings)


def told_apart(s: Stated) -> bool:
    """Whether the condition binds one role, or its text names one."""
    if s.condition.binds is not Binds.BOTH:
        return True
    try:
        names = names_in(s.condition.text)
    except ValueError:
        return False
    return any(lowered(name) in TOLD_APART_BY_ROLE for name in names)


def _by_authorised(
    inquiry: Inquiry,
    s: Stated,
    requests: set[str],
    areas: Mapping[str, TaskArea],
    findings: list[Finding],
) -> list[tuple[str | None, set[str]]]:
    if not told_apart(s):
        return [(None, requests)]
    groups: dict[str | None, set[str]] = {}
    for request in sorted(requests):
        authorised = inquiry.cooperation.authorised(areas[request])
        groups.setdefault(authorised, set()).add(request)
        if authorised is None:
            findings.append(
                ROLE_MISSING.at(
                    ministry=s.ministry,
                    cooperation=inquiry.cooperation.key,
                    request=request,
                    omraade=inquiry.law.area_text(areas[request]).phrase,
                    vilkaar=s.condition.key,
                )
            )
    return list(groups.items())


def _rank(
    inquiry: Inquiry, s: Stated, area: TaskArea | None, authorised: str | None
) -> tuple[int, int, int, str, str, str]:
    condition = s.condition
    provision = 0
    if area is not None and not condition.areas and len(condition.provisions) == 1:
        known = inquiry.law.find(condition.provisions[0])
        provision = inquiry.law.order(known.key)[1] if known else 0
    return (
        0 if area is None else area.number,
        provision,
        condition.category.order,
        condition.key,
        authorised or "",
        s.ministry + condition.text,
    )


def _bound(inquiry: Inquiry, s: Stated, authorised: str | None) -> tuple[str, ...]:
    """Whom it obliges; everybody where the case doesn't say who is authorised."""
    codes = [m.code for m in inquiry.municipalities]
    if s.condition.binds is Binds.BOTH or authorised is None:
        return tuple(codes)
    if s.condition.binds is Binds.AUTHORISED:
        return (authorised,)
    return tuple(code for code in codes if code != authorised)
