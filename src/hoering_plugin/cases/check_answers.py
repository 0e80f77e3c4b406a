"""Whether what a case says about duties, answers, decisions and dates fits what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from hoering_plugin.cases.parts import Parts
from hoering_plugin.findings import Finding, error
from hoering_plugin.model.ministry import Condition
from hoering_plugin.validation import Loc

UNKNOWN_COOPERATION = error(
    "svar-samarbejde-ukendt",
    "Samarbejdet »{navn}«, som der henvises til, findes ikke i sagen.",
    "{forslag}Sagens samarbejder er {kendte}.",
)
UNKNOWN_PROVISION = error(
    "svar-bestemmelse-ukendt",
    "Bestemmelsen »{navn}«, som der henvises til, findes hverken i programmets liste eller i sagens.",
    "{forslag}En ny bestemmelse tilføjes under sagens »bestemmelser«.",
)
NOT_ASKED = error(
    "bestemmelse-ikke-oensket",
    "Samarbejdet »{samarbejde}« har intet ønske om bestemmelsen »{bestemmelse}«.",
    "Ret bestemmelsen, eller fjern svaret eller afgørelsen.",
)
EMPTY_DUTY = error(
    "svarpligt-tom",
    "Svarpligten for »{ministerium}« nævner hverken opgaveområder eller bestemmelser.",
    "Tilføj det, ministeriet skal svare for.",
)
BAD_VERSION = error(
    "version-ugyldig",
    "»{version}« er ikke et udtryk for versioner.",
    "Skriv fx >=1.2,<2, eller fjern feltet.",
)
NEGOTIATED_TWICE = error(
    "forhandling-dobbelt",
    "Forhandlingen {navn} står også ved {andet}.",
    "Behold den seneste status for ministeriet og samarbejdet.",
)
ANSWERED_TWICE = error(
    "ministersvar-dobbelt",
    "Der er to svar fra samme ministerium i sagen: {navn} står også ved {andet}.",
    "Behold det svar, der gælder.",
)
DECIDED_TWICE = error(
    "afgoerelse-dobbelt",
    "Det samme er afgjort to gange: {navn} står også ved {andet}.",
    "Behold den afgørelse, der gælder.",
)
SUMMARISED_TWICE = error(
    "sammenfatning-dobbelt",
    "Samarbejdet {navn} har også en sammenfatning ved {andet}.",
    "Behold den, der gælder.",
)
CONDITION_TWICE = error(
    "vilkaar-dobbelt",
    "Vilkåret »{navn}« står to gange i svaret for samme periode.",
    "Giv det ene en anden nøgle, eller adskil perioderne.",
)
UNKNOWN_REQUEST = error(
    "oenske-ukendt", "Ønsket »{navn}« findes ikke i sagen.", "{forslag}Sagens ønsker er {kendte}."
)
DATE_OUTSIDE = error(
    "dato-kommune-uden-for",
    "Kommunen {kommune} deltager ikke i samarbejdet om ønsket »{oenske}«.",
    "Ret kommunekoden; samarbejdets kommuner er {kendte}.",
)
DATE_TWICE = error(
    "dato-dobbelt",
    "Kommunen har to datoer for samme ønske: {navn} står også ved {andet}.",
    "Behold den, der gælder.",
)
DATES_DIFFER = error(
    "datoer-forskellige",
    "Kommunerne har valgt hver sin dato for ønsket »{oenske}«: {datoer}.",
    "Datoen for en opgave skal være den samme i samarbejdets kommuner. Få den afklaret, og ret den.",
)
TOO_EARLY = error(
    "svarfrist-for-tidlig",
    "Svarfristen {frist} ligger ikke efter brevets dato {brevdato}.",
    "Ret fristen eller brevets dato.",
)
LATER_THAN_LETTER = error(
    "dato-efter-brevet", "Datoen {dato} ligger efter brevets dato {brevdato}.", "Ret en af de to datoer."
)


def answer_faults(parts: Parts) -> Iterator[Finding]:
    """Every fault in duties, negotiations, answers, decisions, summaries and dates."""
    yield from _references(parts)
    yield from _duties(parts)
    yield from _not_asked(parts)
    yield from _answered_twice(parts)
    for loc, answer in parts.minister_answers:
        yield from _conditions(parts, (*loc, "vilkaar"), answer.conditions or ())
    yield from _chosen_dates(parts)
    yield from _days(parts)


def _references(parts: Parts) -> Iterator[Finding]:
    of_cooperations = (parts.negotiations, parts.minister_answers, parts.decisions, parts.summaries)
    yield from parts.unknown(
        UNKNOWN_COOPERATION,
        parts.cooperation_keys,
        [((*loc, "samarbejde"), each.cooperation) for entries in of_cooperations for loc, each in entries],
    )
    of_provisions = (parts.duties, parts.minister_answers)
    named: list[tuple[Loc, str]] = [
        ((*loc, "bestemmelser", index), key)
        for entries in of_provisions
        for loc, each in entries
        for index, key in enumerate(each.provisions)
    ]
    named += [((*loc, "bestemmelse"), each.provision) for loc, each in parts.decisions if each.provision]
    yield from parts.unknown(UNKNOWN_PROVISION, parts.provision_keys, named)
    chosen = [((*loc, "oenske"), each.request) for loc, each in parts.chosen_dates]
    yield from parts.unknown(UNKNOWN_REQUEST, parts.request_keys, chosen)


def _duties(parts: Parts) -> Iterator[Finding]:
    for loc, duty in parts.duties:
        if not duty.areas and not duty.provisions:
            yield EMPTY_DUTY.at(parts.place_of(loc), ministerium=duty.ministry)
        try:
            SpecifierSet(duty.version or "")
        except InvalidSpecifier:
            yield BAD_VERSION.at(parts.place_of((*loc, "version")), version=duty.version)


def _not_asked(parts: Parts) -> Iterator[Finding]:
    if len(parts.requests) < len(parts.request_keys):
        return
    answers: list[tuple[Loc, str, tuple[str, ...]]] = [
        ((*loc, "bestemmelser"), each.cooperation, each.provisions) for loc, each in parts.minister_answers
    ]
    answers += [
        ((*loc, "bestemmelse"), each.cooperation, (each.provision,))
        for loc, each in parts.decisions
        if each.provision
    ]
    for loc, cooperation, keys in answers:
        for key in keys:
            known = cooperation in parts.cooperation_keys and key in parts.provision_keys
            if known and key not in parts.asked(cooperation):
                yield NOT_ASKED.at(parts.place_of(loc), samarbejde=cooperation, bestemmelse=key)


def _answered_twice(parts: Parts) -> Iterator[Finding]:
    yield from parts.doubles(
        NEGOTIATED_TWICE,
        ((loc, (each.cooperation, each.ministry)) for loc, each in parts.negotiations),
        _joined,
    )
    yield from parts.doubles(
        ANSWERED_TWICE,
        (
            ((*loc, "bestemmelser", index), (each.cooperation, each.ministry, key))
            for loc, each in parts.minister_answers
            for index, key in enumerate(each.provisions)
        ),
        _joined,
    )
    yield from parts.doubles(
        DECIDED_TWICE,
        (
            (loc, (each.cooperation, each.provision or "", each.condition or "", each.ministry or ""))
            for loc, each in parts.decisions
        ),
        _joined,
    )
    yield from parts.doubles(SUMMARISED_TWICE, ((loc, each.cooperation) for loc, each in parts.summaries))


def _conditions(parts: Parts, loc: Loc, conditions: Iterable[Condition]) -> Iterator[Finding]:
    listed = list(enumerate(conditions))
    for (_, one), (index, other) in combinations(listed, 2):
        if one.key == other.key and one.overlaps(other):
            yield CONDITION_TWICE.at(parts.place_of((*loc, index)), navn=other.key)
    yield from parts.unknown(
        UNKNOWN_PROVISION,
        parts.provision_keys,
        [
            ((*loc, index, "bestemmelser", place), key)
            for index, each in listed
            for place, key in enumerate(each.provisions)
        ],
    )


def _chosen_dates(parts: Parts) -> Iterator[Finding]:
    yield from parts.doubles(
        DATE_TWICE, ((loc, (each.request, each.municipality)) for loc, each in parts.chosen_dates), _joined
    )
    for _, request in parts.requests:
        cooperation = parts.cooperation(request.cooperation)
        chosen = [(loc, each) for loc, each in parts.chosen_dates if each.request == request.key]
        for loc, each in chosen:
            if cooperation and each.municipality not in cooperation.municipalities:
                yield DATE_OUTSIDE.at(
                    parts.place_of((*loc, "kommune")),
                    kommune=each.municipality,
                    oenske=request.key,
                    kendte=", ".join(cooperation.municipalities),
                )
        if len({each.date for _, each in chosen}) > 1:
            said = ", ".join(f"{each.municipality} {each.date}" for _, each in chosen)
            yield DATES_DIFFER.at(parts.place_of((*chosen[-1][0], "dato")), oenske=request.key, datoer=said)


def _days(parts: Parts) -> Iterator[Finding]:
    letter = parts.letter_date
    if letter is None:
        return
    if parts.deadline and parts.deadline.date <= letter:
        place = parts.place_of(("svarfrist", "dato"))
        yield TOO_EARLY.at(place, frist=parts.deadline.date, brevdato=letter)
    earlier: list[tuple[Loc, dt.date | None]] = [
        ((*loc, "ansoegninger", index, "dato"), application.date)
        for loc, request in parts.requests
        for index, application in enumerate(request.applications)
    ]
    if parts.incoming:
        earlier.append((("henvendelse", "dato"), parts.incoming.date))
    for loc, day in earlier:
        if day and day > letter:
            yield LATER_THAN_LETTER.at(parts.place_of(loc), dato=day, brevdato=letter)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if name)
