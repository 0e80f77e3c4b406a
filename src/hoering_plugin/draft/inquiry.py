"""What a draft is made from, put in order: one cooperation's requests, answers, ministries and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hoering_plugin import danish
from hoering_plugin.model.answer import Asked, GivenAnswer, LoadedMinistry
from hoering_plugin.model.case import Case, Cooperation, Duty, Municipality, Request
from hoering_plugin.model.law import Law
from hoering_plugin.model.ministry import Name
from hoering_plugin.model.settings import Settings


@dataclass(frozen=True)
class Inquiry:
    """One cooperation's part of a case and of the answers, its requests and answers in the draft's order."""

    case: Case
    cooperation: Cooperation
    law: Law
    requests: tuple[Request, ...]
    answers: tuple[GivenAnswer, ...]
    ministries: tuple[LoadedMinistry, ...]
    duties: tuple[Duty, ...]
    settled_duties: tuple[Duty, ...]

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The cooperation's municipalities in Danish alphabetical order."""
        found = (self.case.municipality(code) for code in self.cooperation.municipalities)
        return tuple(sorted(found, key=lambda m: danish.sort_key(m.name)))

    def number(self, request: str) -> int:
        """The request's number in the table, from 1."""
        return [r.key for r in self.requests].index(request) + 1

    def ministry(self, key: str) -> LoadedMinistry | None:
        """The loaded ministry with that key."""
        return next((m for m in self.ministries if m.key == key), None)

    def name(self, ministry: str) -> Name | None:
        """The ministry's name on the letter's date, or None."""
        loaded = self.ministry(ministry)
        return loaded.ministry.name_on(self.case.letter_date) if loaded else None

    def called(self, ministry: str) -> str:
        """The ministry as a message names it: its name on the date, else its key."""
        name = self.name(ministry)
        return name.ministry if name else f"»{ministry}«"

    def duties_for(self, request: Request, provision: str) -> tuple[Duty, ...]:
        """Who must answer for a provision: the case's duties about it, and only without any the settings'."""
        own = tuple(d for d in self.duties if d.concerns(request.area, provision))
        return own or tuple(d for d in self.settled_duties if d.concerns(request.area, provision))


def inquire(
    case: Case, cooperation: str, asked: Asked, ministries: Sequence[LoadedMinistry], settings: Settings
) -> Inquiry:
    """The cooperation's part, in an order that depends on the law and the keys alone.

    Requests are ordered by task area, first provision in the law's order, and key.
    """
    law = case.law
    requests = sorted(
        case.requests_of(cooperation), key=lambda r: (r.area.number, min(map(law.order, r.provisions)), r.key)
    )
    numbers = {request.key: number for number, request in enumerate(requests)}
    answers = sorted(
        (a for a in asked.answers if a.cooperation == cooperation and a.request in numbers),
        key=lambda a: (numbers[a.request], law.order(a.provision), a.ministry, a.duty),
    )
    return Inquiry(
        case,
        case.cooperation(cooperation),
        law,
        tuple(requests),
        tuple(answers),
        tuple(ministries),
        case.duties,
        settings.duties,
    )
