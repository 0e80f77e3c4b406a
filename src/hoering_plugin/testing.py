"""Trying a hook package against sentences: what a ministry says on a date, written as data beside its tests.

A lawyer writes the sentence and what follows from it (``proever.toml``); ``deviations`` asks the package in a
small made-up case and tells where it says something else. ``case_with`` gives such a case, and
``letter_text_of`` the whole letter that a case gives.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from hoering_plugin.asking import ask_ministries
from hoering_plugin.language import Phrase, marked
from hoering_plugin.model.answer import Answer, LoadedMinistry, Ministry
from hoering_plugin.model.case import Case
from hoering_plugin.model.law import shipped_law
from hoering_plugin.model.ministry import Assessment
from hoering_plugin.model.settings import Settings
from hoering_plugin.model.values import Date, Key, Text, Value


class Example(Value):
    """One sentence about a ministry, the letter's date it is about, and what must then hold.

    Either the names on that date, or the answer for one provision where ``also`` is asked for too.
    """

    sentence: Text = Field(alias="saetning", description="Sætningen, der skal holde.")
    on: Date = Field(alias="brevdato", description="Brevets dato.")
    ministry: Text | None = Field(None, alias="navn", description="Ministeriets navn på datoen.")
    minister: Text | None = Field(None, alias="minister", description="Ministerens titel på datoen.")
    provision: Key | None = Field(None, alias="bestemmelse", description="Bestemmelsen, der svares for.")
    also: tuple[Key, ...] = Field((), alias="ogsaa", description="Hvad samarbejdet ellers ønsker.")
    assessment: Assessment | None = Field(None, alias="vurdering", description="Vurderingen.")
    conditions: tuple[Key, ...] | None = Field(
        None, alias="vilkaar", description="Alle vilkårene, i filens rækkefølge."
    )
    unused: tuple[Key, ...] = Field((), alias="ikke_brugt", description="Vilkår, der ikke stilles her.")
    contains: tuple[Text, ...] = Field((), alias="tekster", description="Ord, der skal stå i vilkårene.")


class _Examples(Value):
    examples: tuple[Example, ...] = Field(alias="proever", min_length=1)


def read_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a ``proever.toml``; pydantic's ValidationError tells what is wrong with it."""
    return _Examples.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).examples


_DIFFERS = marked("{hvad}: ventet {ventet}, er {fundet}")


def deviations(ministry: Ministry, example: Example) -> tuple[str, ...]:
    """Where the ministry says something else than the example, in Danish; empty if it holds."""
    name = ministry.name_on(example.on)
    said: dict[str, tuple[object, object]] = {}
    if example.ministry is not None:
        said["navn"] = (example.ministry, name and name.ministry)
    if example.minister is not None:
        said["minister"] = (example.minister, name and name.minister)
    wrong = [
        Phrase(_DIFFERS, hvad=what, ventet=expected, fundet=got)
        for what, (expected, got) in said.items()
        if expected != got
    ]
    return (*wrong, *(_answer_deviations(ministry, example) if example.provision else ()))


def answer_of(ministry: Ministry, example: Example) -> Answer | tuple[str, ...]:
    """What the ministry answers to an example's provision; or why it doesn't, in Danish."""
    if example.provision is None:
        return (Phrase("prøven spørger ikke om en bestemmelse"),)
    case = case_with(example.provision, *example.also, ministry=ministry.key, on=example.on)
    loaded = LoadedMinistry(ministry=ministry, package="prøve", version="0", origin="prøve")
    asked = ask_ministries(case, Settings(), (loaded,))
    answers = [given.answer for given in asked.answers if given.provision == example.provision]
    if len(answers) != 1:
        told = tuple(Phrase("intet svar: {grund}", grund=finding.message) for finding in asked.findings)
        return told or (Phrase("intet svar"),)
    return answers[0]


def _answer_deviations(ministry: Ministry, example: Example) -> tuple[str, ...]:
    answer = answer_of(ministry, example)
    if isinstance(answer, tuple):
        return answer
    wrong = []
    if example.assessment is not None and answer.assessment is not example.assessment:
        wanted, got = example.assessment.value, answer.assessment.value
        wrong.append(Phrase(_DIFFERS, hvad="vurdering", ventet=wanted, fundet=got))
    keys = tuple(condition.key for condition in answer.conditions)
    if example.conditions is not None and keys != example.conditions:
        wrong.append(Phrase(_DIFFERS, hvad="vilkaar", ventet=example.conditions, fundet=keys))
    unused = {entry.condition.key for entry in answer.unused}
    wrong += [
        Phrase("ikke_brugt: {noegle} er ikke fravalgt", noegle=key)
        for key in example.unused
        if key not in unused
    ]
    texts = " ".join(condition.text for condition in answer.conditions)
    missing = [words for words in example.contains if words not in texts]
    wrong += [Phrase("tekster: »{ord}« står ikke i vilkårene", ord=words) for words in missing]
    return tuple(wrong)


def letter_text_of(case: Case, code: str, ministries: Sequence[LoadedMinistry]) -> str:
    """The text of the letter that the shipped template gives one municipality of a case.

    A held letter has its text too, with its open places in square brackets. Raises KeyError for a code that
    isn't in the case, :class:`~hoering_plugin.findings.HoeringError` where there can be no letter.
    """
    from hoering_plugin.drafting import draft_case
    from hoering_plugin.letter.letter import letter_order, make_letter
    from hoering_plugin.letter.template import Template
    from hoering_plugin.letter.templates import template_path
    from hoering_plugin.letter.text import letter_text

    drafted = draft_case(case, ministries, Settings())
    drafts = {m.code: draft for draft in drafted.drafts for m in draft.municipalities}
    order = letter_order(drafts[code], case, code, ministries, Settings())
    return letter_text(make_letter(Template(template_path(), restricted=True), order).data)


def case_with(*provisions: str, ministry: str = "kommunalret", on: dt.date = dt.date(2020, 12, 1)) -> Case:
    """A made-up case in which two municipalities ask for these provisions, one request for each.

    ``ministry`` must answer for the first of them, and sends the letter, which is dated ``on``. KeyError for
    a provision that the shipped law doesn't have.
    """
    day = on.isoformat()
    keys = list(provisions)
    areas = {key: shipped_law().provision(key).area.value for key in keys}
    codes = {"0155": "12881517", "0185": "20310413"}
    return Case.model_validate(
        {
            "format": "hoering-sag/1",
            "sagsnummer": "prøve",
            "doknr": "prøve",
            "titel": "Prøve",
            "ekstern_id": "prøve",
            "klassifikation": {"skema": "prøve", "kode": "prøve"},
            "adgang": "prøve",
            "eksempel": True,
            "sagsbehandler": "prøve",
            "lovhenvisning": "prøve",
            "brevdato": day,
            "henvendelse": {"dato": day, "emne": "prøve"},
            "svarfrist": {"dato": day},
            "afsender": {
                "ministerium": ministry,
                "navn": "prøve",
                "adresse": ["prøve"],
                "telefon": "prøve",
                "email": "prøve",
            },
            "underskriver": {"rolle": "embedsmand"},
            "kommuner": [
                {
                    "kode": code,
                    "cvr": cvr,
                    "navn": f"Prøve {code}",
                    "organ": "kommunalbestyrelse",
                    "borgmester": "prøve",
                    "adresse": ["prøve"],
                }
                for code, cvr in codes.items()
            ],
            "samarbejder": [
                {
                    "id": "proeve",
                    "kommuner": list(codes),
                    "roller": [
                        {"opgaveomraade": area, "bemyndiget": "0185"} for area in sorted(set(areas.values()))
                    ],
                }
            ],
            "oensker": [
                {
                    "id": f"oenske-{key}",
                    "samarbejde": "proeve",
                    "opgaveomraade": areas[key],
                    "opgave": "prøve",
                    "bestemmelser": [key],
                    "ansoegninger": [{"kommune": code, "dato": day} for code in codes],
                }
                for key in keys
            ],
            "svarpligt": [{"ministerium": ministry, "bestemmelser": keys[:1]}],
        }
    )
