"""Where ministries differ in a case: both sides with their words and sources. None is settled here.

What the lead ministry has decided, and recorded in the case, is shown beside the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from hoering_plugin.language import Phrase, joined
from hoering_plugin.model.answer import Asked, GivenAnswer, Source
from hoering_plugin.model.case import Case, Decision
from hoering_plugin.model.ministry import Assessment, Condition


@dataclass(frozen=True, slots=True)
class Side:
    """What one ministry says, and where it says it."""

    ministry: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One difference about one matter. ``kind`` is ``vurdering``, ``opgave``, ``ordlyd`` or ``vindue``."""

    kind: str
    cooperation: str
    about: str
    sides: tuple[Side, ...]
    decision: str


def conflicts(case: Case, asked: Asked) -> tuple[Conflict, ...]:
    """Every difference between the ministries' answers, cooperation by cooperation."""
    found: list[Conflict] = []
    for cooperation in case.cooperations:
        answers = [one for one in asked.answers if one.cooperation == cooperation.key]
        decisions = [one for one in case.decisions if one.cooperation == cooperation.key]
        found += _assessments(answers, decisions)
        found += _refused_tasks(answers, decisions)
        found += _two_texts(answers, decisions)
        found += _windows(case, answers, decisions)
    return tuple(dict.fromkeys(found))


Stated = tuple[GivenAnswer, Condition]


def _assessments(answers: Sequence[GivenAnswer], decisions: Sequence[Decision]) -> Iterator[Conflict]:
    for provision in dict.fromkeys(answer.provision for answer in answers):
        of_it = [one for one in answers if one.provision == provision and one.duty == "vurdering"]
        said = [one for one in of_it if one.answer.assessment is not Assessment.LEFT]
        if len({one.answer.assessment for one in said}) > 1:
            decided = [d for d in decisions if d.provision == provision]
            sides = tuple(Side(one.ministry, _assessed(one), _shown(one.source)) for one in said)
            yield Conflict("vurdering", said[0].cooperation, provision, sides, _decided(decided))


def _refused_tasks(answers: Sequence[GivenAnswer], decisions: Sequence[Decision]) -> Iterator[Conflict]:
    """Conditions for nothing but what another ministry refused."""
    refusals = [one for one in answers if one.answer.assessment is Assessment.NONE]
    refused = {one.provision for one in refusals}
    met = {c.key for answer, c in _stated(answers) if answer.provision not in refused}
    for refusal in refusals:
        for other, condition in _stated(answers):
            same = other.provision == refusal.provision and condition.key not in met
            if same and other.ministry != refusal.ministry:
                sides = (
                    Side(other.ministry, condition.text, _shown(other.conditions_source)),
                    Side(refusal.ministry, _assessed(refusal), _shown(refusal.source)),
                )
                decided = [
                    d for d in decisions if d.condition == condition.key or d.provision == refusal.provision
                ]
                about = f"{condition.key} ({refusal.provision})"
                yield Conflict("opgave", refusal.cooperation, about, sides, _decided(decided))


def _two_texts(answers: Sequence[GivenAnswer], decisions: Sequence[Decision]) -> Iterator[Conflict]:
    stated = list(_stated(answers))
    for key in dict.fromkeys(condition.key for _, condition in stated):
        by_text: dict[tuple[str, str], Side] = {}
        for answer, condition in stated:
            if condition.key == key:
                side = Side(answer.ministry, condition.text, _shown(answer.conditions_source))
                by_text.setdefault((answer.ministry, condition.text), side)
        if len({text for _, text in by_text}) > 1:
            decided = [d for d in decisions if d.condition == key]
            yield Conflict(
                "ordlyd", stated[0][0].cooperation, key, tuple(by_text.values()), _decided(decided)
            )


def _windows(case: Case, answers: Sequence[GivenAnswer], decisions: Sequence[Decision]) -> Iterator[Conflict]:
    """Conditions on the date of one request that leave no date between them."""
    for request in dict.fromkeys(answer.request for answer in answers):
        dropped = {d.condition for d in decisions if d.outcome == "udgaar"}
        of_it = list({c.key: (a, c) for a, c in _stated(answers) if a.request == request}.values())
        for (one, first), (other, second) in combinations(of_it, 2):
            if first.key not in dropped and second.key not in dropped and not _meet(first, second):
                task = next(r.task for r in case.requests if r.key == request)
                sides = tuple(
                    Side(
                        answer.ministry,
                        joined([_slots(condition), condition.text], ": "),
                        _shown(answer.conditions_source),
                    )
                    for answer, condition in ((one, first), (other, second))
                )
                decided = [d for d in decisions if d.condition in (first.key, second.key)]
                yield Conflict("vindue", one.cooperation, task, sides, _decided(decided))


def _meet(one: Condition, other: Condition) -> bool:
    """Whether some date satisfies the typed slots of both."""
    earliest = max((c.earliest for c in (one, other) if c.earliest), default=None)
    latest = min((c.latest for c in (one, other) if c.latest), default=None)
    if earliest and latest and earliest > latest:
        return False
    days = (
        {*one.only_on} & {*other.only_on} if one.only_on and other.only_on else {*one.only_on, *other.only_on}
    )
    if one.only_on and other.only_on and not days:
        return False
    if not days or not (earliest and latest):
        return True
    return any(
        earliest.isoformat() <= f"{year}-{day}" <= latest.isoformat()
        for year in range(earliest.year, latest.year + 1)
        for day in days
    )


def _stated(answers: Iterable[GivenAnswer]) -> Iterator[Stated]:
    return ((answer, condition) for answer in answers for condition in answer.answer.conditions)


def _slots(condition: Condition) -> str:
    parts = [
        Phrase("tidligst {dato}", dato=f"{condition.earliest:%d-%m-%Y}") if condition.earliest else "",
        Phrase("senest {dato}", dato=f"{condition.latest:%d-%m-%Y}") if condition.latest else "",
        Phrase("kun den {dage}", dage=", ".join(condition.only_on)) if condition.only_on else "",
    ]
    return joined(filter(None, parts), ", ")


def _assessed(answer: GivenAnswer) -> str:
    grounds = answer.answer.grounds
    said = [answer.answer.assessment.value]
    if grounds:
        said.append(f"{grounds.rule} {grounds.considerations} {grounds.facts}")
    return ": ".join(said)


def _shown(source: Source) -> str:
    return source.document or f"{source.package} {source.version}, {source.file}"


def _decided(decisions: Sequence[Decision]) -> str:
    return "; ".join(
        f"{(d.assessment.value if d.assessment else d.outcome) or ''} ({d.document}): {d.reason}"
        for d in decisions
    )
