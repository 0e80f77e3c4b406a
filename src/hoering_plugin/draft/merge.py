"""The conditions of every answer brought together: one per key and wording, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.findings import Finding, error
from hoering_plugin.language import Phrase, all_of
from hoering_plugin.model.answer import GivenAnswer, Source
from hoering_plugin.model.case import Decision
from hoering_plugin.model.draft import DraftRequest, UnusedCondition
from hoering_plugin.model.ministry import Assessment, Condition

TWO_TEXTS = error(
    "vilkaar-to-ordlyde",
    "Vilkåret »{vilkaar}« er givet med forskelligt indhold: {steder}.",
    "Ret nøglen eller ordlyden, eller skriv under »afgoerelser«, hvis ministeriums vilkår der gælder.",
)
TASK_REFUSED = error(
    "vilkaar-uden-opgave",
    "{ministerium} stiller vilkåret »{vilkaar}«, men opgaven imødekommes ikke efter vurderingen fra {andet}.",
    "Afklar det med ministerierne, eller skriv under »afgoerelser«, at vilkåret udgår.",
)

Asking = tuple[str, str]
"""A request's and a provision's key: what a condition was given for."""


@dataclass(frozen=True)
class Stated:
    """A condition as ministries stated it: by whom, from where, for which provisions of which requests."""

    condition: Condition
    ministry: str
    source: Source
    asked_for: frozenset[Asking]

    def unused(self, reason: str) -> UnusedCondition:
        """The record of it among the conditions that aren't in the draft."""
        return UnusedCondition(self.condition.key, self.ministry, self.condition.text, reason, self.source)


@dataclass(frozen=True)
class Merged:
    """The conditions of a draft before they are numbered, those left out, and what was found."""

    conditions: tuple[Stated, ...]
    unused: tuple[UnusedCondition, ...]
    findings: tuple[Finding, ...]


def merge(inquiry: Inquiry, requests: Sequence[DraftRequest]) -> Merged:
    """Every condition is in the draft or among the unused with its reason; none is lost between them."""
    # What becomes of one ministry's condition says nothing of another's, were it the same word for word.
    kept, dropped = _decided(inquiry, _stated(inquiry.answers))
    findings = list(_two_texts(inquiry, _alike(kept)))
    left, refused, wrong = _of_met_tasks(inquiry, kept, requests)
    standing = _alike(left)
    unused = [s.unused("afgoerelse") for s in dropped] + [s.unused("ikke_imoedekommet") for s in refused]
    taken = {(s.ministry, s.condition.key, s.condition.text) for s in left}
    taken |= {(u.ministry, u.key, u.text) for u in unused}
    considered = (*_considered(inquiry.answers), *_replaced(inquiry))
    unused += [u for u in considered if (u.ministry, u.key, u.text) not in taken]
    unused.sort(key=lambda u: (u.ministry, u.key, u.reason, u.text))
    return Merged(tuple(standing), tuple(dict.fromkeys(unused)), (*findings, *wrong))


def decisions_on_conditions(inquiry: Inquiry) -> tuple[Decision, ...]:
    """The lead's decisions on conditions in this cooperation."""
    decisions = inquiry.case.decisions
    return tuple(d for d in decisions if d.condition and d.cooperation == inquiry.cooperation.key)


def meets(decision: Decision, ministry: str, key: str) -> bool:
    """Whether a decision is about that ministry's condition."""
    return decision.condition == key and decision.ministry in (None, ministry)


def _substance(condition: Condition) -> str:
    """All that a condition says and asks, apart from which tasks it was given for and who approved it."""
    told = {"areas", "provisions", "start", "end", "applies_if", "approved"}
    return condition.model_dump_json(exclude=told)


def _stated(answers: Sequence[GivenAnswer]) -> list[Stated]:
    """One per ministry, key and content."""
    found: dict[tuple[str, str, str], Stated] = {}
    substances: dict[int, str] = {}  # of each condition, which is given anew for every task it concerns
    for answer in sorted(answers, key=lambda a: (a.ministry, a.request, a.provision, a.duty)):
        for condition in answer.answer.conditions:
            if id(condition) not in substances:
                substances[id(condition)] = _substance(condition)
            place = (condition.key, substances[id(condition)], answer.ministry)
            asking = frozenset({(answer.request, answer.provision)})
            one = Stated(condition, answer.ministry, answer.conditions_source, asking)
            found[place] = _together(found[place], one) if place in found else one
    return [found[place] for place in sorted(found)]


def _alike(stated: Sequence[Stated]) -> list[Stated]:
    """The same key and content from several ministries as one, in the first's name."""
    found: dict[tuple[str, str], Stated] = {}
    for one in stated:
        place = (one.condition.key, _substance(one.condition))
        found[place] = _together(found[place], one) if place in found else one
    return [found[place] for place in sorted(found)]


def _together(first: Stated, other: Stated) -> Stated:
    scope = _both_scopes(first.condition, other.condition)
    return replace(first, condition=scope, asked_for=first.asked_for | other.asked_for)


def _both_scopes(one: Condition, other: Condition) -> Condition:
    if one.general or other.general:
        return one if one.general else other
    areas = tuple(sorted({*one.areas, *other.areas}, key=lambda area: area.number))
    provisions = tuple(sorted({*one.provisions, *other.provisions}))
    return one.model_copy(update={"areas": areas, "provisions": provisions})


def _decided(inquiry: Inquiry, stated: Sequence[Stated]) -> tuple[list[Stated], list[Stated]]:
    """What the lead's decisions leave, and what they take out."""
    decisions = decisions_on_conditions(inquiry)

    def out(s: Stated) -> bool:
        for decision in decisions:
            if decision.condition != s.condition.key:
                continue
            if decision.outcome == "udgaar" and decision.ministry in (None, s.ministry):
                return True
            chosen = any(meets(decision, o.ministry, o.condition.key) for o in stated)
            if decision.outcome == "fastholdes" and chosen and decision.ministry not in (None, s.ministry):
                return True
        return False

    return [s for s in stated if not out(s)], [s for s in stated if out(s)]


def _two_texts(inquiry: Inquiry, stated: Sequence[Stated]) -> tuple[Finding, ...]:
    by_key: dict[str, list[Stated]] = {}
    for s in stated:
        by_key.setdefault(s.condition.key, []).append(s)
    return tuple(
        TWO_TEXTS.at(
            ministry=several[0].ministry,
            cooperation=inquiry.cooperation.key,
            vilkaar=key,
            steder=all_of(_whence(inquiry, s) for s in several),
        )
        for key, several in by_key.items()
        if len(several) > 1
    )


def _whence(inquiry: Inquiry, stated: Stated) -> str:
    source = stated.source
    where = source.document or " ".join(part for part in (source.package, source.version) if part)
    return f"{inquiry.called(stated.ministry)} ({where})" if where else inquiry.called(stated.ministry)


def _of_met_tasks(
    inquiry: Inquiry, stated: Sequence[Stated], requests: Sequence[DraftRequest]
) -> tuple[list[Stated], list[Stated], list[Finding]]:
    """Conditions narrowed to what isn't refused; those left with nothing; those that contradict it."""
    refused_by: dict[Asking, tuple[str, ...]] = {
        (request.request.key, outcome.provision.key): outcome.ministries
        for request in requests
        for outcome in request.provisions
        if outcome.assessment is Assessment.NONE
    }
    standing, refused, findings = [], [], []
    for s in stated:
        left = s.asked_for - refused_by.keys()
        if left:
            standing.append(replace(s, asked_for=left))
            continue
        refused.append(s)
        if not s.condition.general and not _is_of_refuser(inquiry, s, refused_by):
            findings.append(_contradiction(inquiry, s, refused_by))
    return standing, refused, findings


def _is_of_refuser(inquiry: Inquiry, s: Stated, refused_by: Mapping[Asking, tuple[str, ...]]) -> bool:
    """Whether the condition's own ministry refused every task it was given for."""
    said = {
        (a.request, a.provision)
        for a in inquiry.answers
        if a.ministry == s.ministry and a.answer.assessment is Assessment.NONE
    }
    return all(asking in said for asking in s.asked_for & refused_by.keys())


def _contradiction(inquiry: Inquiry, s: Stated, refused_by: Mapping[Asking, tuple[str, ...]]) -> Finding:
    others = {m for asking in s.asked_for for m in refused_by[asking]} - {s.ministry}
    request = min(request for request, _ in s.asked_for)
    return TASK_REFUSED.at(
        ministry=s.ministry,
        cooperation=inquiry.cooperation.key,
        request=request,
        ministerium=inquiry.called(s.ministry),
        vilkaar=s.condition.key,
        andet=all_of(inquiry.called(m) for m in sorted(others)) or Phrase("det ledende ministerium"),
    )


def _considered(answers: Sequence[GivenAnswer]) -> list[UnusedCondition]:
    return [
        UnusedCondition(u.condition.key, a.ministry, u.condition.text, u.reason, a.conditions_source)
        for a in answers
        for u in a.answer.unused
    ]


def _replaced(inquiry: Inquiry) -> list[UnusedCondition]:
    """A package's conditions in whose place the case's own answer put others."""
    found = []
    areas = {request.key: request.area for request in inquiry.requests}
    for answer in inquiry.answers:
        loaded = inquiry.ministry(answer.ministry)
        if answer.conditions_source.kind != "ministersvar" or loaded is None:
            continue
        source = Source("pakke", loaded.package, loaded.version, loaded.ministry.file_shown)
        found += [
            UnusedCondition(c.key, answer.ministry, c.text, "erstattet", source)
            for c in loaded.ministry.conditions
            if c.concerns(areas[answer.request], answer.provision) and c.covers(inquiry.case.letter_date)
        ]
    return found
