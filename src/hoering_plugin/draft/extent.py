"""How far a cooperation's requests are met as a whole: by rule, or as the lead ministry has stated.

All full is ``fuldt_ud`` and none met ``ikke``. Otherwise a full request counts one and a partial one a half:
three quarters of all and more is ``i_meget_vidt_omfang``, half and more ``i_vidt_omfang``, less ``delvist``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hoering_plugin.findings import Finding, error, warning
from hoering_plugin.model.case import Case, Extent
from hoering_plugin.model.ministry import Assessment

FULLY_BUT_NOT = error(
    "omfang-ikke-fuldt",
    "Sammenfatningen siger »fuldt ud«, men ikke alle ønsker imødekommes fuldt.",
    "Ret sammenfatningen i sagen, eller fjern den, så beregnes den.",
)
STATED_OTHERWISE = warning(
    "omfang-afviger",
    "Sagen siger »{angivet}« om omfanget; efter vurderingerne er det »{beregnet}«.",
    "Se efter, at sammenfatningen passer til udkastet.",
)


def computed_extent(outcomes: Sequence[Assessment | None]) -> Extent | None:
    """The extent by the rule, from the requests' outcomes; None while one of them is missing."""
    if not outcomes or None in outcomes:
        return None
    full, partial = outcomes.count(Assessment.FULL), outcomes.count(Assessment.PARTIAL)
    if full == len(outcomes):
        return Extent.FULLY
    if not full and not partial:
        return Extent.NOT
    score = Fraction(2 * full + partial, 2 * len(outcomes))
    if score >= Fraction(3, 4):
        return Extent.VERY_WIDELY
    return Extent.WIDELY if score >= Fraction(1, 2) else Extent.PARTLY


def printed_extent(
    case: Case, cooperation: str, computed: Extent | None
) -> tuple[Extent | None, tuple[Finding, ...]]:
    """What is printed: the extent that the case states, else the computed one; and what is wrong with it."""
    stated = next((s.extent for s in case.summaries if s.cooperation == cooperation), None)
    if stated is None or stated is computed:
        return computed, ()
    if computed is None:
        return stated, ()
    kind = FULLY_BUT_NOT if stated is Extent.FULLY else STATED_OTHERWISE
    return stated, (kind.at(cooperation=cooperation, angivet=stated.value, beregnet=computed.value),)
