"""Small expressions that make a case, answers and ministries: one line for what a test is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

from hoering_plugin.draft import make_draft
from hoering_plugin.model.answer import Answer, Asked, GivenAnswer, LoadedMinistry, Ministry, Source
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.ministry import Condition, Grounds, Name, Remit
from hoering_plugin.model.settings import Settings

GROUNDS = {"regel": "Loven.", "hensyn": "Forsyningen.", "fakta": "Anlægget er fælles."}
KOMMUNER = [("0155", "Dragør", "12881517"), ("0185", "Tårnby", "20310413")]


class World:
    """Builds values for tests; every method gives a finished value of the model."""

    def case(self, *requests: tuple[str, str, list[str]], **changes: Any) -> Case:
        """A case of Dragør and Tårnby; a request is (key, area, provisions)."""
        data: dict[str, Any] = {
            "format": "hoering-sag/1",
            "sagsnummer": "2020-0000",
            "doknr": "1",
            "titel": "Prøve",
            "ekstern_id": "x",
            "klassifikation": {"skema": "prøve", "kode": "00"},
            "adgang": "åben",
            "sagsbehandler": "kontoret",
            "lovhenvisning": "lov nr. 541 af 24. juni 2005",
            "brevdato": "2020-12-01",
            "henvendelse": {"dato": "2020-11-11", "emne": "ophør"},
            "svarfrist": {"dato": "2021-01-18"},
            "afsender": {
                "ministerium": "kommunalret",
                "navn": "Kommunalministeriet",
                "adresse": ["Gade 1"],
                "telefon": "1",
                "email": "a@example.org",
            },
            "underskriver": {"rolle": "embedsmand"},
            "kommuner": [
                {
                    "kode": code,
                    "cvr": cvr,
                    "navn": name,
                    "organ": "kommunalbestyrelse",
                    "borgmester": "Borgmesteren",
                    "adresse": ["Vej 1"],
                }
                for code, name, cvr in KOMMUNER
            ],
            "samarbejder": [
                {
                    "id": "s",
                    "kommuner": ["0185", "0155"],
                    "roller": [
                        {"opgaveomraade": "beskaeftigelse", "bemyndiget": "0155"},
                        {"opgaveomraade": "social", "bemyndiget": "0185"},
                        {"opgaveomraade": "natur_miljoe", "bemyndiget": "0185"},
                    ],
                }
            ],
            "oensker": [
                {
                    "id": key,
                    "samarbejde": "s",
                    "opgaveomraade": area,
                    "opgave": f"Opgaven {key}",
                    "bestemmelser": provisions,
                    "ansoegninger": [{"kommune": k, "dato": "2020-11-20"} for k in ("0155", "0185")],
                }
                for key, area, provisions in requests
                or [("hjaelp", "social", ["serviceloven-112"]), ("vand", "natur_miljoe", ["vandforsyning"])]
            ],
            "forhandlinger": [
                {"samarbejde": "s", "ministerium": m, "status": "afsluttet"} for m in ("sim", "mim", "bm")
            ],
        }
        return Case.model_validate(data | changes)

    def condition(
        self, key: str = "v", text: str = "{Kommunalbestyrelserne} gør det.", **more: Any
    ) -> Condition:
        """A condition that binds both and concerns every task, unless it says otherwise."""
        data = {"id": key, "kategori": "ikrafttraeden", "retter_sig_mod": "begge", "tekst": text}
        approved = {"godkendt": {"af": "kontoret", "den": "2020-10-01"}}
        return Condition.model_validate(data | approved | more)

    def says(
        self,
        ministry: str,
        request: str,
        provision: str,
        assessment: str = "fuldt",
        *conditions: Condition,
        **more: Any,
    ) -> GivenAnswer:
        """What a ministry answers for one provision of one request."""
        grounds = Grounds.model_validate(GROUNDS) if assessment in ("delvist", "ikke") else None
        answer = Answer(assessment=assessment, grounds=grounds, conditions=conditions, **more)
        source = Source("pakke", f"pakke-{ministry}", "1.0")
        duty = "vilkaar" if assessment == "overlades" else "vurdering"
        return GivenAnswer(ministry, "s", request, provision, duty, answer, source, source)  # type: ignore[arg-type]

    def both(self, *conditions: Condition) -> list[GivenAnswer]:
        """Both requests of the plain case met in full; the first ministry gives the conditions."""
        return [
            self.says("sim", "hjaelp", "serviceloven-112", "fuldt", *conditions),
            self.says("mim", "vand", "vandforsyning"),
        ]

    def ministry(self, key: str, name: str, **more: Any) -> LoadedMinistry:
        """A loaded ministry of one name for all time."""
        called = Name(ministry=name, minister=name.removesuffix("iet").lower() + "en", source="prøve")
        remit = Remit(permission=key == "kommunalret")
        given = {"names": (called,), "remits": (remit,)} | more
        return LoadedMinistry(Ministry(key, **given), f"pakke-{key}", "1.0", "prøve")

    @property
    def ministries(self) -> list[LoadedMinistry]:
        """The sender and three others."""
        names = {"kommunalret": "Kommunal", "sim": "Social", "mim": "Miljø", "bm": "Beskæftigelses"}
        return [self.ministry(key, f"{name}ministeriet") for key, name in names.items()]

    def draft(self, case: Case, answers: Iterable[GivenAnswer], **more: Any) -> Draft:
        """The draft of the case's only cooperation."""
        asked = Asked(tuple(answers), more.pop("told", ()))
        return make_draft(case, "s", asked, more.pop("ministries", self.ministries), Settings(**more))

    def day(self, text: str) -> dt.date:
        """A date from ISO text."""
        return dt.date.fromisoformat(text)


@pytest.fixture(name="world", scope="session")
def _world() -> World:
    return World()
