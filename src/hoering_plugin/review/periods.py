"""Whether what a ministry says hangs together over time: no day without a name, no day with two answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from hoering_plugin.findings import Finding, error, warning
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import Ministry
from hoering_plugin.model.ministry import Period, StandingAssessment
from hoering_plugin.toml_lines import Loc

GAP = warning(
    "periode-hul",
    "{hvad} gælder ikke fra den {fra} til den {til}, men både før og efter.",
    "Ret »fra« og »til«, hvis der ikke skal være et hul.",
)
TWO_ASSESSMENTS = error(
    "vurderinger-overlapper",
    "To vurderinger uden betingelse gælder {opgaver} på de samme dage.",
    "Ret »fra« og »til«, eller giv den ene en betingelse i »hvis«.",
)
_DAY = dt.timedelta(days=1)
Indexed = tuple[int, Period]


def period_faults(ministry: Ministry) -> Iterator[tuple[Loc, Finding]]:
    """Every gap and overlap, each with where in the condition file it is."""
    yield from _gaps("navne", Phrase("Ministeriets navn"), enumerate(ministry.names))
    for key in dict.fromkeys(condition.key for condition in ministry.conditions):
        same = [(i, c) for i, c in enumerate(ministry.conditions) if c.key == key]
        yield from _gaps("vilkaar", Phrase("Vilkåret »{noegle}«", noegle=key), same)
    for task in dict.fromkeys(task for one in ministry.remits for task in (*one.areas, *one.provisions)):
        same_task = [(i, r) for i, r in enumerate(ministry.remits) if task in (*r.areas, *r.provisions)]
        yield from _gaps("ressort", Phrase("Ressortet for »{opgave}«", opgave=task), same_task)
    yield from _assessments(ministry.assessments)


def _gaps(field: str, what: str, periods: Iterable[Indexed]) -> Iterator[tuple[Loc, Finding]]:
    ordered = sorted(periods, key=lambda pair: pair[1].start or dt.date.min)
    for (_, before), (index, after) in pairwise(ordered):
        if before.end is not None and after.start is not None and before.end + _DAY < after.start:
            first, last = before.end + _DAY, after.start - _DAY
            yield (field, index), GAP.at(hvad=what, fra=first.isoformat(), til=last.isoformat())


def _assessments(assessments: Sequence[StandingAssessment]) -> Iterator[tuple[Loc, Finding]]:
    always = [(index, one) for index, one in enumerate(assessments) if one.applies_if is None]
    for (_, one), (index, other) in combinations(always, 2):
        shared = sorted({*one.areas} & {*other.areas}) + sorted({*one.provisions} & {*other.provisions})
        if shared and one.overlaps(other):
            yield (
                ("vurderinger", index),
                TWO_ASSESSMENTS.at(opgaver=", ".join(f"»{each}«" for each in shared)),
            )
