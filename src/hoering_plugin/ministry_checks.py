"""What must hold of a ministry by itself, whether its words come from a file or from code.

Every fault is found with its place within the ministry, in the condition file's keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from hoering_plugin.findings import Finding, error
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import Ministry
from hoering_plugin.model.ministry import (
    Condition,
    Name,
    Period,
    Remit,
    StandingAssessment,
    Statement,
)
from hoering_plugin.toml_lines import Loc
from hoering_plugin.validation import did_you_mean, shown
from hoering_plugin.words import known_names, names_in

WRONG_FIELD = error(
    "ministerium-felt",
    "Feltet »{felt}« i ministeriet er ikke {ventet}, men {vaerdi}.",
    "Byg ministeriet med ministry_from_file, eller ret feltet i pakkens kode.",
)
NO_NAME = error("ministerium-uden-navn", "Ministeriet har intet navn.", "Tilføj mindst én post i »navne«.")
NAMES_OVERLAP = error(
    "navne-overlapper",
    "Navnene »{et}« og »{andet}« gælder på de samme dage.",
    "Ret »fra« og »til«, så ministeriet har ét navn ad gangen.",
)
IDS_OVERLAP = error(
    "noegle-to-gange",
    "Nøglen »{noegle}« bruges to gange for de samme dage.",
    "Giv den ene post en anden nøgle, eller ret »fra« og »til«, så perioderne følger efter hinanden.",
)
NO_PREDICATE = error(
    "praedikat-ukendt",
    "Prædikatet »{praedikat}« findes ikke i pakken.",
    "{forslag}Giv det med i predicates, når ministry_from_file kaldes, eller ret feltet »hvis«.",
)
BRACES = error(
    "tekst-klammer",
    "Teksten har en klamme, som ikke omgiver navnet på en værdi.",
    "Skriv værdier som {{kommune}}, og fjern andre klammer.",
)
UNKNOWN_NAME = error(
    "tekst-vaerdi-ukendt",
    "Værdien {{{navn}}} findes ikke for dette vilkår.",
    "{forslag}Vilkåret kan bruge {kendte}.",
)
NO_VALUES = error(
    "oplysning-vaerdi",
    "En oplysning kan ikke indeholde værdier i klammer.",
    "Skriv ordene helt ud, eller gør teksten til et vilkår.",
)
BAD_DAY = error(
    "kun-den-ugyldig", "{vaerdi} er ikke en dag i året.", "Skriv måned og dag som mm-dd, fx 01-01."
)
NO_WINDOW = error(
    "vilkaar-vindue-tomt",
    "Vilkåret siger tidligst {tidligst}, men senest {senest}.",
    "Ret »tidligst« eller »senest«.",
)
CONCERNS_NOTHING = error(
    "vurdering-uden-opgaver",
    "Vurderingen siger ikke, hvilke opgaver den gælder.",
    "Tilføj »opgaveomraader« eller »bestemmelser«.",
)

Fault = tuple[Loc, Finding]

_LISTS: tuple[tuple[str, str, type[Period]], ...] = (
    ("names", "navne", Name),
    ("remits", "ressort", Remit),
    ("assessments", "vurderinger", StandingAssessment),
    ("conditions", "vilkaar", Condition),
    ("statements", "oplysninger", Statement),
)
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


def check_ministry(ministry: Ministry) -> tuple[Fault, ...]:
    """Everything that is wrong with the ministry, each with where in it; empty if it can be used."""
    wrong_types = tuple(_types(ministry))
    if wrong_types:
        return wrong_types  # the rest could not be read
    return (
        *_names(ministry),
        *_assessments(ministry),
        *_conditions(ministry),
        *_repeated("vilkaar", [(c.key, c) for c in ministry.conditions]),
        *_repeated("oplysninger", [(s.key, s) for s in ministry.statements]),
        *_statements(ministry.statements),
    )


def _types(ministry: Ministry) -> Iterator[Fault]:
    def wrong(field: str, expected: str, value: object) -> Fault:
        return (field,), WRONG_FIELD.at(felt=field, ventet=expected, vaerdi=shown(value))

    if not isinstance(ministry.key, str) or not _KEY.fullmatch(ministry.key):
        yield wrong("noegle", Phrase("en nøgle med små bogstaver a-z, cifre og bindestreg"), ministry.key)
    for attribute, field, item_type in _LISTS:
        items = getattr(ministry, attribute)
        if not isinstance(items, tuple):
            yield wrong(field, Phrase("en tuple"), items)
            continue
        for item in items:
            if not isinstance(item, item_type):
                yield wrong(field, Phrase("en tuple af {slags}", slags=item_type.__name__), item)
    try:
        functions = dict(ministry.predicates)
    except (TypeError, ValueError):
        yield wrong("predicates", Phrase("navne med hver sin funktion"), ministry.predicates)
    else:
        for name, function in functions.items():
            if not isinstance(name, str) or not callable(function):
                yield wrong("predicates", Phrase("en funktion under navnet »{navn}«", navn=name), function)
    if ministry.answer is not None and not callable(ministry.answer):
        yield wrong("answer", Phrase("en funktion"), ministry.answer)


def _names(ministry: Ministry) -> Iterator[Fault]:
    if not ministry.names:
        yield ("navne",), NO_NAME.at()
    for (_, one), (index, other) in combinations(enumerate(ministry.names), 2):
        if one.overlaps(other):
            yield ("navne", index), NAMES_OVERLAP.at(et=one.ministry, andet=other.ministry)


def _assessments(ministry: Ministry) -> Iterator[Fault]:
    for index, assessment in enumerate(ministry.assessments):
        if not assessment.areas and not assessment.provisions:
            yield ("vurderinger", index), CONCERNS_NOTHING.at()
        yield from _predicate(ministry, assessment.applies_if, ("vurderinger", index, "hvis"))


def _conditions(ministry: Ministry) -> Iterator[Fault]:
    for index, condition in enumerate(ministry.conditions):
        loc: Loc = ("vilkaar", index)
        yield from _predicate(ministry, condition.applies_if, (*loc, "hvis"))
        yield from (((*loc, "tekst"), finding) for finding in text_faults(condition))
        for day in condition.only_on:
            if not _is_year_day(day):
                yield (*loc, "kun_den"), BAD_DAY.at(vaerdi=shown(day))
        if condition.earliest and condition.latest and condition.latest < condition.earliest:
            yield (
                (*loc, "senest"),
                NO_WINDOW.at(tidligst=condition.earliest.isoformat(), senest=condition.latest.isoformat()),
            )


def text_faults(condition: Condition) -> Iterator[Finding]:
    """What is wrong with the values in a condition's text."""
    try:
        used = names_in(condition.text)
    except ValueError:
        yield BRACES.at()
        return
    known = known_names(condition)
    for name in dict.fromkeys(used):
        if name not in known:
            written = sorted(n for n in known if n[:1].islower())
            yield UNKNOWN_NAME.at(
                navn=name,
                forslag=did_you_mean(name, written),
                kendte=", ".join(f"{{{n}}}" for n in written),
            )


def _statements(statements: Sequence[Statement]) -> Iterator[Fault]:
    for index, statement in enumerate(statements):
        if "{" in statement.text or "}" in statement.text:
            yield ("oplysninger", index, "tekst"), NO_VALUES.at()


def _repeated(field: str, items: Sequence[tuple[str, Period]]) -> Iterator[Fault]:
    for (_, (key, one)), (index, (other_key, other)) in combinations(enumerate(items), 2):
        if key == other_key and one.overlaps(other):
            yield (field, index, "id"), IDS_OVERLAP.at(noegle=key)


def _predicate(ministry: Ministry, name: str | None, loc: Loc) -> Iterator[Fault]:
    if name is not None and name not in ministry.predicates:
        yield loc, NO_PREDICATE.at(praedikat=name, forslag=did_you_mean(name, ministry.predicates))


def _is_year_day(day: str) -> bool:
    if not re.fullmatch(r"\d{2}-\d{2}", day, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(f"2001-{day}")
    except ValueError:
        return False
    return True
