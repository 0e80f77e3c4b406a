"""Whether the parts of a case fit together: the municipalities, their cooperations and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from hoering_plugin.cases.check_answers import answer_faults
from hoering_plugin.cases.parts import Parts, PlaceOf, repeated
from hoering_plugin.findings import NOWHERE, Finding, error
from hoering_plugin.model.case import Case, Cooperation, Request
from hoering_plugin.validation import Loc

CODE_TWICE = error(
    "kommune-dobbelt",
    "Kommunekoden {navn} står også ved {andet}.",
    "Ret den ene; to kommuner kan ikke have samme kode.",
)
CVR_TWICE = error(
    "cvr-dobbelt", "CVR-nummeret {navn} står også ved {andet}.", "Ret det ene; hver kommune har sit eget."
)
KEY_TWICE = error("id-dobbelt", "Nøglen »{navn}« er også brugt ved {andet}.", "Giv den ene en anden nøgle.")
SHIPPED_PROVISION = error(
    "bestemmelse-findes-allerede",
    "Bestemmelsen »{navn}« findes allerede i programmets egen liste.",
    "Fjern den fra sagen, eller giv den en anden nøgle.",
)
NAME_WITH_KIND = error(
    "kommune-navn",
    "Kommunens navn er skrevet »{navn}«.",
    "Skriv navnet uden »Kommune«; ordet sættes til i brevet.",
)
UNKNOWN_MUNICIPALITY = error(
    "kommune-ukendt",
    "Kommunekoden {navn} er ikke blandt sagens kommuner.",
    "{forslag}Sagens kommunekoder er {kendte}.",
)
OUTSIDE = error(
    "kommune-uden-for-samarbejdet",
    "Kommunen {navn} deltager ikke i samarbejdet »{samarbejde}«.",
    "Samarbejdets kommuner er {kendte}.",
)
MEMBER_TWICE = error(
    "samarbejde-kommune-dobbelt", "Kommunen {navn} står to gange i samarbejdet.", "Slet den ene."
)
IN_TWO = error(
    "kommune-i-to-samarbejder",
    "Kommunen {navn} står også i et andet samarbejde, ved {andet}.",
    "En kommune får ét brev om ét samarbejde. Del sagen, eller ret koden.",
)
IN_NONE = error(
    "kommune-uden-samarbejde",
    "Kommunen {navn} er ikke med i noget samarbejde og ville intet brev få.",
    "Tilføj koden til et samarbejde, eller fjern kommunen.",
)
ROLE_TWICE = error(
    "rolle-dobbelt",
    "Opgaveområdet {navn} har to roller i samarbejdet.",
    "Behold den, der gælder på brevets dato.",
)
ROLE_MISSING = error(
    "rolle-mangler",
    "Samarbejdet »{samarbejde}« siger ikke, hvem der er bemyndiget på området {omraade}.",
    "Tilføj området under samarbejdets »roller«.",
)
NOTHING_ASKED = error(
    "samarbejde-uden-oensker",
    "Samarbejdet »{navn}« har ingen ønsker.",
    "Tilføj et ønske, eller fjern samarbejdet.",
)
UNKNOWN_COOPERATION = error(
    "samarbejde-ukendt",
    "Samarbejdet »{navn}« findes ikke i sagen.",
    "{forslag}Sagens samarbejder er {kendte}.",
)
UNKNOWN_PROVISION = error(
    "bestemmelse-ukendt",
    "Bestemmelsen »{navn}« findes hverken i programmets liste eller i sagens.",
    "{forslag}En ny bestemmelse tilføjes under sagens »bestemmelser«.",
)
WRONG_AREA = error(
    "bestemmelse-andet-omraade",
    "Bestemmelsen »{bestemmelse}« hører til området {omraade} og ikke til ønskets.",
    "Ret ønskets opgaveområde, eller flyt bestemmelsen til et andet ønske.",
)
ASKED_TWICE = error(
    "bestemmelse-dobbelt",
    "Bestemmelsen »{navn}« er nævnt to gange i samarbejdets ønsker.",
    "Lad den stå i ét ønske; ellers kan den blive vurderet på to måder.",
)
APPLIED_TWICE = error(
    "ansoegning-dobbelt", "Kommunen {navn} har to ansøgninger til samme ønske.", "Behold den, der gælder."
)
NOT_APPLIED = error(
    "ansoegning-mangler",
    "Der er ingen ansøgning fra kommunen {navn} til ønsket »{oenske}«.",
    "Begge kommunalbestyrelser skal søge (§ 11 a, stk. 2). Tilføj ansøgningen, uden dato hvis den er på vej.",
)


def check_case(case: Case) -> tuple[Finding, ...]:
    """The same checks for a case that was made by a program and not read from a file."""
    return check_tree(case.model_dump(mode="json"), lambda _: NOWHERE)


def check_tree(tree: object, place_of: PlaceOf) -> tuple[Finding, ...]:
    """Every way in which the parts of a case, given as plain data, don't fit together."""
    parts = Parts.of(tree, place_of)
    return (
        *_doubles(parts),
        *_municipalities(parts),
        *(finding for loc, each in parts.cooperations for finding in _cooperation(parts, loc, each)),
        *(finding for loc, each in parts.requests for finding in _request(parts, loc, each)),
        *_asked_twice(parts),
        *answer_faults(parts),
    )


def _doubles(parts: Parts) -> Iterator[Finding]:
    towns = parts.municipalities
    yield from parts.doubles(CODE_TWICE, (((*loc, "kode"), each.code) for loc, each in towns))
    yield from parts.doubles(CVR_TWICE, (((*loc, "cvr"), each.cvr) for loc, each in towns))
    for keyed in (parts.cooperations, parts.requests, parts.provisions):
        yield from parts.doubles(KEY_TWICE, (((*loc, "id"), each.key) for loc, each in keyed))


def _municipalities(parts: Parts) -> Iterator[Finding]:
    for loc, each in parts.municipalities:
        if each.name.casefold().endswith((" kommune", " kommunes")):
            yield NAME_WITH_KIND.at(parts.place_of((*loc, "navn")), navn=each.name)
    members = [
        ((*loc, "kommuner", index), code)
        for loc, each in parts.cooperations
        for index, code in enumerate(each.municipalities)
        if code not in each.municipalities[:index]
    ]
    yield from parts.unknown(UNKNOWN_MUNICIPALITY, parts.codes, members)
    yield from parts.doubles(IN_TWO, members)
    if len(parts.cooperations) == len(parts.cooperation_keys):
        placed = {code for _, code in members}
        for loc, each in parts.municipalities:
            if each.code not in placed:
                yield IN_NONE.at(parts.place_of(loc), navn=each.code)


def _cooperation(parts: Parts, loc: Loc, each: Cooperation) -> Iterator[Finding]:
    for code in repeated(each.municipalities):
        yield MEMBER_TWICE.at(parts.place_of((*loc, "kommuner")), navn=code)
    for area in repeated(role.area for role in each.roles):
        yield ROLE_TWICE.at(parts.place_of((*loc, "roller")), navn=area)
    for index, role in enumerate(each.roles):
        yield from _outside(parts, (*loc, "roller", index, "bemyndiget"), role.authorised, each)
    requests = parts.requests_of(each.key)
    for area in sorted({request.area for request in requests}, key=lambda area: area.number):
        if each.authorised(area) is None:
            yield ROLE_MISSING.at(parts.place_of((*loc, "roller")), samarbejde=each.key, omraade=area.value)
    if not requests and len(parts.requests) == len(parts.request_keys):
        yield NOTHING_ASKED.at(parts.place_of(loc), navn=each.key)


def _request(parts: Parts, loc: Loc, each: Request) -> Iterator[Finding]:
    references = [((*loc, "samarbejde"), each.cooperation)]
    yield from parts.unknown(UNKNOWN_COOPERATION, parts.cooperation_keys, references)
    named = [((*loc, "bestemmelser", index), key) for index, key in enumerate(each.provisions)]
    yield from parts.unknown(UNKNOWN_PROVISION, parts.provision_keys, named)
    for at, key in named:
        provision = parts.law.find(key)
        if provision and provision.area is not each.area:
            yield WRONG_AREA.at(parts.place_of(at), bestemmelse=key, omraade=provision.area.value)
    applied = [application.municipality for application in each.applications]
    for code in repeated(applied):
        yield APPLIED_TWICE.at(parts.place_of((*loc, "ansoegninger")), navn=code)
    cooperation = parts.cooperation(each.cooperation)
    if cooperation:
        for index, code in enumerate(applied):
            yield from _outside(parts, (*loc, "ansoegninger", index, "kommune"), code, cooperation)
        for code in dict.fromkeys(cooperation.municipalities):
            if code not in applied:
                yield NOT_APPLIED.at(parts.place_of((*loc, "ansoegninger")), navn=code, oenske=each.key)


def _asked_twice(parts: Parts) -> Iterator[Finding]:
    for cooperation in sorted(parts.cooperation_keys):
        yield from parts.doubles(
            ASKED_TWICE,
            (
                ((*loc, "bestemmelser", index), key)
                for loc, each in parts.requests
                if each.cooperation == cooperation
                for index, key in enumerate(each.provisions)
            ),
        )


def _outside(parts: Parts, loc: Loc, code: str, cooperation: Cooperation) -> Iterator[Finding]:
    if code not in cooperation.municipalities:
        known = ", ".join(cooperation.municipalities)
        yield OUTSIDE.at(parts.place_of(loc), navn=code, samarbejde=cooperation.key, kendte=known)
