"""Whether the words of a ministry are those of conditions: who does what and when, about known provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoering_plugin.findings import Finding, error, warning
from hoering_plugin.language import Phrase, all_of
from hoering_plugin.model.answer import Ministry
from hoering_plugin.model.law import shipped_law
from hoering_plugin.model.ministry import PERMISSION_BASIS, Condition
from hoering_plugin.toml_lines import Loc
from hoering_plugin.validation import nearest
from hoering_plugin.words import OF_EVERY_CONDITION, OF_ONE_ROLE, lowered, names_in

MISSPELT_PROVISION = error(
    "pakke-bestemmelse-stavet",
    "Bestemmelsen »{bestemmelse}« findes ikke i lovens liste, men »{naer}« gør.",
    "Ret nøglen.",
)
FOREIGN_PROVISION = warning(
    "pakke-bestemmelse-fremmed",
    "Bestemmelsen »{bestemmelse}« er ikke på programmets liste.",
    "Sagen skal selv have den under »bestemmelser« med sin kilde.",
)
UNVERIFIED = warning(
    "pakke-bestemmelse-ubekraeftet",
    "Bestemmelsen »{bestemmelse}« er ikke efterprøvet: {kilde}",
    "Slå den op, før brevet sendes.",
)
OTHER_BASIS = warning(
    "vilkaar-anden-hjemmel",
    "Vilkåret »{vilkaar}« har hjemmel i {hjemmel} og ikke i {vores}.",
    "Se efter, om bestemmelsen selv bemyndiger til vilkåret; en sektorlov placerer kun opgaven.",
)
UNBALANCED = error(
    "vilkaar-ubalance",
    "Teksten i »{vilkaar}« har {tegn}, som ikke passer sammen.",
    "Tilføj eller fjern det ene.",
)
NOBODY = warning(
    "vilkaar-uden-hvem",
    "Vilkåret »{vilkaar}« nævner ikke med en værdi, hvem der skal gøre noget.",
    "Skriv fx {{bemyndiget}}, {{delegerende}} eller {{kommunalbestyrelserne}}, så brevet nævner kommunen.",
)
NO_TIME = warning(
    "vilkaar-uden-hvornaar",
    "Vilkåret »{vilkaar}« siger ikke, hvornår noget skal ske.",
    "Skriv en dato, en frist eller et tidspunkt, eller brug »tidligst«, »senest« eller »varsel«.",
)
HOPE = warning(
    "vilkaar-haab",
    "Vilkåret »{vilkaar}« siger »{ord}«, som ikke forpligter nogen.",
    "Skriv, hvem der skal gøre hvad og hvornår, eller gør teksten til en oplysning.",
)
UNUSED_PREDICATE = warning(
    "praedikat-ubrugt",
    "Prædikatet »{praedikat}« bruges ikke af noget vilkår eller nogen vurdering.",
    "Fjern det, eller skriv det i »hvis«.",
)

_PAIRS = (("»", "«"), ("“", "”"), ("(", ")"), ("[", "]"))
_HOPES = re.compile(
    r"\b(bør|så vidt muligt|tilstræber?|hurtigst muligt|snarest muligt|god overgang|om muligt|"
    r"med fordel|eventuelt|opfordres|forventes)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(dato(en)?|senest|tidligst|inden|før|efter|fra|indtil|når|dage?|uger?|måneder?|år|samtidig|"
    r"straks|den \d|kvartal|hvert)\b",
    re.IGNORECASE,
)


def wording_faults(ministry: Ministry) -> Iterator[tuple[Loc, Finding]]:
    """Everything about the words, each with where in the condition file it is."""
    yield from _provisions(ministry)
    for index, condition in enumerate(ministry.conditions):
        loc: Loc = ("vilkaar", index)
        yield from (((*loc, "tekst"), finding) for finding in _text(condition))
        if condition.legal_basis != PERMISSION_BASIS:
            yield (
                (*loc, "hjemmel"),
                OTHER_BASIS.at(vilkaar=condition.key, hjemmel=condition.legal_basis, vores=PERMISSION_BASIS),
            )
    used = {one.applies_if for one in ministry.conditions} | {one.applies_if for one in ministry.assessments}
    for name in ministry.predicates:
        if name not in used:
            yield (), UNUSED_PREDICATE.at(praedikat=name)


def _provisions(ministry: Ministry) -> Iterator[tuple[Loc, Finding]]:
    law = shipped_law()
    known = [provision.key for provision in law.provisions]
    said = {
        "ressort": [one.provisions for one in ministry.remits],
        "vurderinger": [one.provisions for one in ministry.assessments],
        "vilkaar": [one.provisions for one in ministry.conditions],
        "oplysninger": [one.provisions for one in ministry.statements],
    }
    for field, entries in said.items():
        for index, keys in enumerate(entries):
            for key in keys:
                loc = (field, index, "bestemmelser")
                provision = law.find(key)
                near = nearest(key, known)
                if provision is None and near:
                    yield loc, MISSPELT_PROVISION.at(bestemmelse=key, naer=near)
                elif provision is None:
                    yield loc, FOREIGN_PROVISION.at(bestemmelse=key)
                elif not provision.verified:
                    yield loc, UNVERIFIED.at(bestemmelse=key, kilde=provision.source)


def _text(condition: Condition) -> Iterator[Finding]:
    text, key = condition.text, condition.key
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing):
            yield UNBALANCED.at(vilkaar=key, tegn=all_of((opening, closing)))
    if text.count('"') % 2:
        yield UNBALANCED.at(vilkaar=key, tegn=Phrase('anførselstegnet "'))
    names = {lowered(name) for name in names_in(text)}
    if not names & ((OF_EVERY_CONDITION | OF_ONE_ROLE) - {"opgaver"}):
        yield NOBODY.at(vilkaar=key)
    slots = (condition.earliest, condition.latest, condition.notice, *condition.only_on)
    if not any(slots) and not _TIMES.search(text):
        yield NO_TIME.at(vilkaar=key)
    for found in dict.fromkeys(match[0].lower() for match in _HOPES.finditer(text)):
        yield HOPE.at(vilkaar=key, ord=found)
