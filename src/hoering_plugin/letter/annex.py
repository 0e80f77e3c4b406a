"""The values of the annex: the draft dispensation, the same in the letters to all of a cooperation.

Nothing here knows which municipality a letter is for.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from hoering_plugin.citations import cite
from hoering_plugin.danish import hold_together, listed, long_date, notice, numbers, year_day
from hoering_plugin.letter.parties import Row, authorisations, bound_names, heading_of, met, tasks
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft, DraftCondition, DraftRequest, ProvisionOutcome
from hoering_plugin.model.ministry import PERMISSION_BASIS, Assessment, Grounds

NOT_FIXED = "ikke fastsat"
OPEN_ASSESSMENT = "[vurdering mangler]"
_OUTCOMES = {
    Assessment.FULL: "Imødekommes fuldt ud",
    Assessment.PARTIAL: "Imødekommes delvist",
    Assessment.NONE: "Imødekommes ikke på nuværende tidspunkt",
}
NameOf = Callable[[str], str]
"""A ministry's name on the letter's date, by its key."""


def requests(draft: Draft, case: Case, name_of: NameOf) -> list[Row]:
    """Every request, as table 1 shows it."""
    return [
        {
            "nr": found.number,
            "opgave": found.request.task,
            "bestemmelse": citation(found, found.provisions, case),
            "vurdering": _OUTCOMES.get(found.outcome, OPEN_ASSESSMENT) if found.outcome else OPEN_ASSESSMENT,
            "ministerium": _names(found.provisions, name_of),
        }
        for found in draft.requests
    ]


def citation(found: DraftRequest, provisions: tuple[ProvisionOutcome, ...], case: Case) -> str:
    """Where the law mentions what is asked for, with spaces that don't break."""
    return hold_together(cite(case.law, found.request.area, [p.provision.key for p in provisions]))


def _names(provisions: tuple[ProvisionOutcome, ...], name_of: NameOf) -> str:
    keys = [key for provision in provisions for key in provision.ministries]
    return listed(list(dict.fromkeys(map(name_of, keys)))) or "[ministerium mangler]"


def unmet(draft: Draft, case: Case, name_of: NameOf) -> list[Row]:
    """What isn't met in full, with rule, considerations and facts, one row for each set of grounds."""
    return [
        {
            "nr": found.number,
            "opgave": found.request.task,
            "bestemmelse": citation(found, provisions, case),
            "ministerium": _names(provisions, name_of),
            "delvist": assessment is Assessment.PARTIAL,
            "regel": grounds.rule,
            "hensyn": grounds.considerations,
            "fakta": grounds.facts,
        }
        for found in draft.requests
        for assessment, grounds, provisions in _refused(found)
    ]


Refusal = tuple[Assessment, Grounds, tuple[ProvisionOutcome, ...]]


def _refused(found: DraftRequest) -> list[Refusal]:
    """The provisions of a request that aren't met in full, together where the grounds are the same."""
    groups: dict[tuple[Assessment, str, tuple[str, ...]], Refusal] = {}
    for outcome in found.provisions:
        if outcome.assessment in (Assessment.PARTIAL, Assessment.NONE) and outcome.grounds is not None:
            key = (outcome.assessment, outcome.grounds.model_dump_json(), outcome.ministries)
            _, _, same = groups.get(key, (outcome.assessment, outcome.grounds, ()))
            groups[key] = (outcome.assessment, outcome.grounds, (*same, outcome))
    return list(groups.values())


def permitted(draft: Draft, case: Case) -> list[Row]:
    """The tasks that are released, by task area in the law's order."""
    return [
        {"overskrift": heading_of(area, case), "opgaver": [_permitted(found, case) for found in group]}
        for area, group in groupby(met(draft), key=lambda found: found.request.area)
    ]


def _permitted(found: DraftRequest, case: Case) -> Row:
    released = tuple(p for p in found.provisions if p.assessment is not Assessment.NONE)
    return {
        "nr": found.number,
        "opgave": found.request.task,
        "bestemmelse": citation(found, released, case),
        "delvist": any(p.assessment is Assessment.PARTIAL for p in released),
    }


def condition_groups(draft: Draft) -> list[Row]:
    """The conditions under their headings, in the draft's order."""
    return [
        {"overskrift": heading, "vilkaar": [_condition(condition, draft) for condition in group]}
        for heading, group in groupby(draft.conditions, key=lambda condition: condition.heading)
    ]


def _condition(condition: DraftCondition, draft: Draft) -> Row:
    own_basis = "" if condition.legal_basis == PERMISSION_BASIS else hold_together(condition.legal_basis)
    return {
        "nr": condition.number,
        "tekst": condition.text,
        "hvem": bound_names(draft, condition),
        "vedroerer": concerned(condition.requests, draft),
        "hjemmel": own_basis,
    }


def concerned(numbered: tuple[int, ...], draft: Draft) -> str:
    """``alle opgaver`` or ``opgave 1, 3 og 4``."""
    every = {found.number for found in met(draft)}
    return "alle opgaver" if len(every) > 1 and set(numbered) >= every else tasks(numbered)


def reasons(draft: Draft) -> list[Row]:
    """Why the conditions that aren't of the law's own categories are laid down; one row for each reason."""
    found: dict[str, list[int]] = {}
    for condition in draft.conditions:
        if condition.reason:
            found.setdefault(condition.reason, []).append(condition.number)
    return [{"numre": hold_together(f"Vilkår {numbers(nrs)}"), "grund": why} for why, nrs in found.items()]


def windows(draft: Draft) -> list[Row]:
    """Within what the councils choose the date for each task; and where nothing is laid down, that."""
    return [
        {
            "nr": window.request,
            "tidligst": long_date(window.earliest) if window.earliest else NOT_FIXED,
            "senest": long_date(window.latest) if window.latest else NOT_FIXED,
            "kun_den": listed([year_day(day) for day in window.only_on]) or NOT_FIXED,
            "varsel": notice(window.notice) if window.notice else NOT_FIXED,
            "vilkaar": numbers(window.conditions),
        }
        for window in draft.windows
        if window.conditions
    ]


def chosen_dates(draft: Draft) -> list[Row]:
    """The dates the councils have decided already, by task."""
    days = sorted({window.chosen for window in draft.windows if window.chosen})
    return [
        {"dato": long_date(day), "opgaver": tasks([w.request for w in draft.windows if w.chosen == day])}
        for day in days
    ]


def annex(draft: Draft, case: Case) -> dict[str, object]:
    """The values that only the annex uses."""
    days = sorted({a.date for r in draft.requests for a in r.request.applications if a.date})
    return {
        "ministre": listed(list(draft.ministers)),
        "ansoegningsdatoer": listed([long_date(day) for day in days]),
        "lovhenvisning": hold_together(case.act_reference),
        "omraader": permitted(draft, case),
        "bemyndigelser": authorisations(draft, case),
        "vilkaarsgrupper": condition_groups(draft),
        "oplysninger": [
            {"tekst": s.text, "vedroerer": concerned(s.requests, draft)} for s in draft.statements
        ],
        "grunde": reasons(draft),
    }
