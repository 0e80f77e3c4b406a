"""Cases and drafts made by hand, for letters whose every word is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from hoering_plugin.danish import sort_key
from hoering_plugin.model.answer import LoadedMinistry, Ministry, Source
from hoering_plugin.model.case import Case, Extent
from hoering_plugin.model.draft import Draft, DraftCondition, DraftRequest, ProvisionOutcome, Window
from hoering_plugin.model.ministry import Assessment, Binds, Category, Grounds, Name, Notice

NAMES = {
    "kommunalret": ("Social- og Indenrigsministeriet", "social- og indenrigsministeren"),
    "mim": ("Miljøministeriet", "miljøministeren"),
    "bm": ("Beskæftigelsesministeriet", "beskæftigelsesministeren"),
}
MINISTRIES = tuple(
    LoadedMinistry(
        Ministry(key, (Name(ministry=name, minister=minister, source="test"),)),
        f"hook-{key}",
        "1.0.0",
        "test",
    )
    for key, (name, minister) in NAMES.items()
)
GROUNDS = Grounds(
    rule="En tilladelse beror på en konkret vurdering.",
    considerations="Der er navnlig lagt vægt på sammenhængen i de fælles anlæg.",
    facts="Kommunerne har ét fælles renseanlæg.",
)
PEOPLE = {
    "0155": ("Dragør", "kommunalbestyrelse", "12881517"),
    "0183": ("Ishøj", "byraad", "11931316"),
    "0185": ("Tårnby", "kommunalbestyrelse", "20310413"),
    "0187": ("Vallensbæk", "kommunalbestyrelse", "19583910"),
}
WHERE = {
    "beskaeftigelse": "beskaeftigelse",
    "miljoebeskyttelsesloven-17": "natur_miljoe",
    "spildevandsbetaling": "natur_miljoe",
    "social": "social",
}


def make_case(authorised: Mapping[str, str], codes: tuple[str, ...], **changes: object) -> Case:
    """A case of one cooperation. ``authorised`` gives the authorised municipality of each area."""
    people = [
        {
            "kode": code,
            "navn": PEOPLE[code][0],
            "organ": PEOPLE[code][1],
            "cvr": PEOPLE[code][2],
            "borgmester": f"Borgmester {PEOPLE[code][0]}",
            "adresse": ["Rådhuspladsen 1"],
        }
        for code in codes
    ]
    requests = [
        {
            "id": key,
            "samarbejde": "sammen",
            "opgaveomraade": area,
            "opgave": f"Opgave om {key}",
            "bestemmelser": [key],
            "ansoegninger": [{"kommune": code, "dato": "2020-11-11"} for code in codes],
        }
        for key, area in WHERE.items()
        if area in authorised
    ]
    return Case.model_validate(
        {
            "format": "hoering-sag/1",
            "sagsnummer": "2020 - 1234",
            "doknr": "567",
            "titel": "Ophør",
            "ekstern_id": "X",
            "klassifikation": {"skema": "KLE", "kode": "00.00.00"},
            "adgang": "aaben",
            "sagsbehandler": "Kontoret",
            "lovhenvisning": "lov nr. 541 af 24. juni 2005 med senere ændringer",
            "brevdato": "2020-12-01",
            "henvendelse": {"dato": "2020-11-11", "emne": "muligt ophør af samarbejderne"},
            "svarfrist": {"dato": "2021-02-08", "klokkeslaet": "12.00"},
            "afsender": {
                "ministerium": "kommunalret",
                "navn": "Social- og Indenrigsministeriet",
                "adresse": ["Holmens Kanal 22", "1060 København K"],
                "telefon": "72 28 24 00",
                "email": "sim@sim.dk",
            },
            "underskriver": {"rolle": "embedsmand"},
            "kommuner": people,
            "samarbejder": [
                {
                    "id": "sammen",
                    "kommuner": list(codes),
                    "roller": [{"opgaveomraade": a, "bemyndiget": c} for a, c in authorised.items()],
                }
            ],
            "oensker": requests,
            **changes,
        }
    )


def make_condition(
    number: int, bound: tuple[str, ...], requests: tuple[int, ...], text: str = ""
) -> DraftCondition:
    """A condition with a text of its own."""
    return DraftCondition(
        number=number,
        key=f"vilkaar-{number}",
        ministry="mim",
        category=Category.SUBSTANCE,
        heading="Faglige vilkår",
        text=text
        or f"Kommunerne udveksler senest {number + 1} uger før datoen de oplysninger, der er nødvendige.",
        binds=Binds.BOTH,
        bound=bound,
        authorised=None,
        requests=requests,
        legal_basis="§ 11 a, stk. 3",
        reason="Hensynet til borgerne.",
        sample=False,
        source=Source("pakke", "hook-mim", "1.0.0"),
    )


def make_draft(
    case: Case, *, refused: tuple[str, ...] = (), conditions: tuple[DraftCondition, ...] = ()
) -> Draft:
    """A draft in which everything is met but what is refused; the first request has a window."""
    outcomes = {r.key: Assessment.NONE if r.key in refused else Assessment.FULL for r in case.requests}
    people = sorted(case.municipalities, key=lambda m: sort_key(m.name))
    return Draft(
        cooperation=case.cooperations[0],
        municipalities=tuple(people),
        requests=tuple(
            DraftRequest(
                number,
                request,
                outcomes[request.key],
                tuple(
                    ProvisionOutcome(
                        case.law.provision(key),
                        outcomes[request.key],
                        GROUNDS if request.key in refused else None,
                        ("mim",),
                        (),
                    )
                    for key in request.provisions
                ),
            )
            for number, request in enumerate(case.requests, 1)
        ),
        conditions=conditions,
        windows=(
            Window(1, dt.date(2021, 4, 1), None, Notice(count=2, unit="maaneder"), ("01-01",), (1,), None),
        )
        if conditions
        else (),
        statements=(),
        ministers=("miljøministeren",),
        extent=Extent.FULLY
        if not refused
        else Extent.NOT
        if len(refused) == len(outcomes)
        else Extent.WIDELY,
        computed=None,
        unused=(),
        findings=(),
    )


@pytest.fixture(scope="session")
def paper() -> SimpleNamespace:
    """Cases and drafts made by hand, and the ministries named in them."""
    return SimpleNamespace(case=make_case, condition=make_condition, draft=make_draft, ministries=MINISTRIES)
