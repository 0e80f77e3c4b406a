"""What stands in a draft: order, numbers, roles, merged conditions, windows, the extent and the citations."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoering_plugin.citations import cite
from hoering_plugin.draft.extent import computed_extent
from hoering_plugin.draft.whole_case import case_findings
from hoering_plugin.model.case import Extent
from hoering_plugin.model.law import TaskArea, shipped_law
from hoering_plugin.model.ministry import Assessment, Name
from hoering_plugin.words import fill, names_in

NBSP = "\u00a0"
THREE = [
    ("vand", "natur_miljoe", ["vandforsyning"]),
    ("job", "beskaeftigelse", ["beskaeftigelse"]),
    ("hjaelp", "social", ["serviceloven-112"]),
]


def all_answers(world: Any, *conditions: Any) -> list[Any]:
    """Three tasks met in full, and the sender's conditions for each of them."""
    asked = [(key, provision) for key, _, (provision,) in THREE]
    full = [world.says(m, *a) for m, a in zip(("mim", "bm", "sim"), asked, strict=True)]
    return full + [world.says("kommunalret", *a, "overlades", *conditions) for a in asked]


def test_a_condition_by_role_stands_once_for_each_authorised_municipality(world: Any) -> None:
    """Where the roles run both ways the condition has two numbers and names the parties in each."""
    by_role = world.condition(
        "v", "{kommune} giver {modpart} sagerne i {opgaver}.", retter_sig_mod="bemyndiget"
    )
    draft = world.draft(world.case(*THREE), all_answers(world, by_role))
    assert [(c.number, c.authorised, c.bound, c.requests) for c in draft.conditions] == [
        (1, "0155", ("0155",), (1,)),
        (2, "0185", ("0185",), (2, 3)),
    ]
    assert draft.conditions[0].text == "Dragør Kommune giver Tårnby Kommune sagerne i opgave 1."
    assert draft.conditions[1].heading == "Ikrafttræden"


def test_a_condition_given_for_many_tasks_is_one_condition(world: Any) -> None:
    """The same key and words from several answers merge; the tasks add up."""
    draft = world.draft(world.case(*THREE), all_answers(world, world.condition()))
    assert [c.requests for c in draft.conditions] == [(1, 2, 3)]
    assert draft.conditions[0].text == "Kommunalbestyrelserne i Dragør og Tårnby Kommuner gør det."


def test_a_reference_is_the_other_conditions_number_in_the_same_role(world: Any) -> None:
    """A text that refers to a condition with two numbers gets the one of its own authorised."""
    first = world.condition("a", "{bemyndiget} begynder.")
    second = world.condition("b", "{bemyndiget} følger {vilkaar:a}.")
    draft = world.draft(world.case(*THREE), all_answers(world, first, second))
    assert [c.text for c in draft.conditions if c.key == "b"] == [
        f"Dragør Kommune følger vilkår{NBSP}1.",
        f"Tårnby Kommune følger vilkår{NBSP}2.",
    ]


@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_answers_changes_nothing(world: Any, seed: int) -> None:
    """Numbers run from 1 without gaps, and a shuffled asking gives the same draft."""
    conditions = [
        world.condition("c", "{bemyndiget} afslutter.", kategori="ophoer"),
        world.condition("a", tidligst="2021-04-01"),
        world.condition("b", "{kommuner} oplyser.", bestemmelser=["vandforsyning"]),
    ]
    answers = all_answers(world, *conditions)
    shuffled = list(answers)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    draft = world.draft(world.case(*THREE), shuffled)
    assert draft == world.draft(world.case(*THREE), answers)
    assert [c.number for c in draft.conditions] == list(range(1, len(draft.conditions) + 1))
    assert {c.key for c in draft.conditions} == {"a", "b", "c"}


def test_a_window_is_what_every_condition_leaves(world: Any) -> None:
    """The latest earliest date, the earliest latest, the longest notice, the days in common."""
    one = world.condition(
        "a", tidligst="2021-04-01", varsel={"antal": 6, "enhed": "uger"}, kun_den=["01-01", "07-01"]
    )
    two = world.condition("b", tidligst="2021-05-01", senest="2022-12-31", kun_den=["07-01", "10-01"])
    more = world.condition("c", varsel={"antal": 2, "enhed": "maaneder"})
    draft = world.draft(world.case(), world.both(one, two, more))
    window = next(w for w in draft.windows if w.request == 2)
    assert (window.earliest, window.latest) == (world.day("2021-05-01"), world.day("2022-12-31"))
    assert window.notice is not None
    assert (window.notice.count, window.notice.unit) == (2, "maaneder")
    assert window.only_on == ("07-01",)
    assert window.conditions == (1, 2, 3)


@pytest.mark.parametrize(
    ("full", "partial", "none", "extent"),
    [
        (2, 0, 0, Extent.FULLY),
        (0, 0, 2, Extent.NOT),
        (3, 0, 1, Extent.VERY_WIDELY),
        (2, 1, 1, Extent.WIDELY),
        (0, 2, 0, Extent.WIDELY),
        (0, 1, 1, Extent.PARTLY),
    ],
)
def test_the_extent_follows_the_rule(full: int, partial: int, none: int, extent: Extent) -> None:
    """Three quarters is a very large extent and half a large one; a partial request counts a half."""
    outcomes = [Assessment.FULL] * full + [Assessment.PARTIAL] * partial + [Assessment.NONE] * none
    assert computed_extent(outcomes) is extent


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021-01-18", set()),
        ("2021-02-06", {"frist-weekend"}),
        ("2021-05-13", {"frist-helligdag"}),
        ("2020-12-29", {"frist-jul"}),
        ("2020-12-15", {"frist-kort"}),
        ("2020-12-01", {"frist-foer-brev"}),
    ],
)
def test_the_deadline_is_looked_at(world: Any, date: str, expected: set[str]) -> None:
    """A deadline that councils can't use is told, one before the letter holds it."""
    case = world.case(svarfrist={"dato": date})
    assert {f.id for f in case_findings(case, world.ministries)} == expected


@pytest.mark.parametrize("address", ["hoering.sim.dk", "sim @sim.dk", "sim@sim", "a@b@sim.dk", "sim@sim.dk."])
def test_an_address_that_no_reply_would_reach_is_told(world: Any, address: str) -> None:
    """The councils answer to it; a slip in it is found only when nobody has answered."""
    case = world.case()
    sender = case.sender.model_copy(update={"email": address})
    found = case_findings(case.model_copy(update={"sender": sender}), world.ministries)
    assert {f.id for f in found} == {"afsender-email"}


def test_the_sender_must_hold_the_power_and_bear_its_name(world: Any) -> None:
    """Name and § 11 a are judged on the letter's date, and the right name is given."""
    case = world.case()
    other = case.sender.model_copy(update={"ministry": "sim"})
    found = case_findings(case.model_copy(update={"sender": other}), world.ministries)
    assert {f.id for f in found} == {"afsender-uden-hjemmel", "afsender-navn"}
    assert any("Socialministeriet" in f.message for f in found)


def test_a_change_of_ministries_before_the_deadline_is_told(world: Any) -> None:
    """Replies may be addressed to a ministry that has another name when they come."""
    names = (
        Name(ministry="Det Gamle", minister="den gamle", source="prøve", end=world.day("2021-01-05")),
        Name(ministry="Det Nye", minister="den nye", source="prøve", start=world.day("2021-01-06")),
    )
    ministries = [*world.ministries, world.ministry("x", "X", names=names)]
    (found,) = case_findings(world.case(), ministries)
    assert "Det Gamle bliver til Det Nye den 6." in found.message


def test_a_citation_names_the_number_the_litra_and_the_sector_law() -> None:
    """As the ministry's own letters cite, with spaces that don't break."""
    law = shipped_law()

    def plain(area: TaskArea, *keys: str) -> str:
        return cite(law, area, keys).replace(NBSP, " ")

    assert plain(TaskArea.REHABILITATION, "serviceloven-86", "serviceloven-85") == (
        "§ 1, stk. 2, nr. 2, jf. §§ 85 og 86 i lov om social service"
    )
    assert plain(TaskArea.ENVIRONMENT, "miljoebeskyttelsesloven-17") == (
        "§ 1, stk. 2, nr. 3, litra a, jf. § 17 i lov om miljøbeskyttelse"
    )
    assert plain(TaskArea.SOCIAL, "serviceloven-97", "serviceloven-10-4") == (
        "§ 1, stk. 2, nr. 4, jf. § 10, stk. 4, og § 97 i lov om social service"
    )


@given(value=st.text())
def test_a_value_is_never_read_as_text(value: str) -> None:
    """Braces in a value stay as they are."""
    assert fill("a {navn} $b$", {"navn": value}) == f"a {value} $b$"


@pytest.mark.parametrize("text", ["{", "}", "{a b}", "{{a}}", "{}"])
def test_a_brace_without_a_name_is_refused(text: str) -> None:
    """What isn't a name in braces is a mistake, not text."""
    with pytest.raises(ValueError, match=r".*"):
        names_in(text)
