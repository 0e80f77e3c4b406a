"""Every way a letter can be held, and every way out."""

from __future__ import annotations

from typing import Any

import pytest

from hoering_plugin.findings import error
from hoering_plugin.model.answer import Unused
from hoering_plugin.model.case import Extent
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.ministry import Assessment

SOCIAL, WATER = ("hjaelp", "serviceloven-112"), ("vand", "vandforsyning")
DECIDED = {"samarbejde": "s", "grund": "Efter drøftelse.", "dato": "2020-11-30", "dokument": "77"}


def ids(draft: Draft) -> set[str]:
    """The ids of what was found."""
    return {finding.id for finding in draft.findings}


def message(draft: Draft, id_: str) -> str:
    """The message of the finding with that id."""
    return next(f.message for f in draft.findings if f.id == id_)


def test_nothing_is_found_where_every_ministry_has_answered(world: Any) -> None:
    """A whole case gives a draft without findings."""
    draft = world.draft(world.case(), world.both(world.condition()))
    assert draft.findings == ()
    assert draft.extent is Extent.FULLY
    assert draft.ministers == ("miljøministeren", "socialministeren")


def test_a_provision_that_nobody_assesses_holds_the_letter(world: Any) -> None:
    """An answer that leaves the assessment to others is none."""
    answers = [world.says("sim", *SOCIAL), world.says("mim", *WATER, "overlades")]
    draft = world.draft(world.case(), answers)
    assert draft.held
    assert "vurdering-mangler" in ids(draft)
    assert draft.requests[0].outcome is None
    assert draft.computed is None


def test_a_duty_without_an_answer_holds_the_letter_though_nobody_told(world: Any) -> None:
    """The draft itself looks whether everyone who must answer has."""
    case = world.case(svarpligt=[{"ministerium": "bm", "opgaveomraader": ["social"], "svar": "vilkaar"}])
    draft = world.draft(case, world.both())
    assert "Beskæftigelsesministeriet skal svare" in message(draft, "svarpligt-uopfyldt")


def test_what_the_asking_found_holds_the_cooperation_it_concerns(world: Any) -> None:
    """Findings of the asking are the draft's, those of another cooperation aren't."""
    mine, other = error("proeve-min", "Min."), error("proeve-anden", "Anden.")
    told = (mine.at(cooperation="s"), other.at(cooperation="t"))
    draft = world.draft(world.case(), world.both(), told=told)
    assert ids(draft) == {"proeve-min"}


def test_two_assessments_that_differ_hold_the_letter_and_both_are_named(world: Any) -> None:
    """We never choose between ministries."""
    answers = [*world.both(), world.says("bm", *SOCIAL, "ikke")]
    draft = world.draft(world.case(), answers)
    text = message(draft, "vurderinger-uenige")
    assert "Socialministeriet »fuldt«" in text
    assert "Beskæftigelsesministeriet »ikke«" in text
    assert draft.held


def test_the_leads_decision_settles_two_assessments_and_is_recorded(world: Any) -> None:
    """With a decision there is an outcome, and who decided stands among its sources."""
    decision = DECIDED | {"bestemmelse": SOCIAL[1], "vurdering": "fuldt"}
    answers = [*world.both(), world.says("bm", *SOCIAL, "ikke")]
    draft = world.draft(world.case(afgoerelser=[decision]), answers)
    outcome = draft.requests[1].provisions[0]
    assert not draft.held
    assert outcome.assessment is Assessment.FULL
    assert [(s.kind, s.document) for s in outcome.sources][-1] == ("afgoerelse", "77")


def test_windows_that_do_not_meet_hold_the_letter_and_both_conditions_are_named(world: Any) -> None:
    """An earliest date after the latest is a conflict between two conditions."""
    late, soon = (
        world.condition("sent", tidligst="2022-01-01"),
        world.condition("tidligt", senest="2021-06-01"),
    )
    answers = [*world.both(late), world.says("bm", *SOCIAL, "overlades", soon)]
    text = message(world.draft(world.case(), answers), "vindue-tomt")
    assert "»sent« (Socialministeriet)" in text
    assert "»tidligt« (Beskæftigelsesministeriet)" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kun_den": ["01-01"]}, {"kun_den": ["07-01"]}),
        ({"kun_den": ["01-01"]}, {"tidligst": "2021-02-01", "senest": "2021-12-01"}),
    ],
)
def test_days_of_the_year_that_leave_no_date_hold_the_letter(world: Any, one: Any, other: Any) -> None:
    """Disjoint days, and a day that isn't between earliest and latest, leave nothing to choose."""
    draft = world.draft(world.case(), world.both(world.condition("a", **one), world.condition("b", **other)))
    assert "vindue-tomt" in ids(draft)


def test_one_key_with_two_texts_holds_the_letter_and_no_text_is_lost(world: Any) -> None:
    """Both ministries are named and both texts stand in the draft."""
    answers = [
        *world.both(world.condition("v", "Den ene.")),
        world.says("bm", *SOCIAL, "overlades", world.condition("v", "Den anden.")),
    ]
    draft = world.draft(world.case(), answers)
    text = message(draft, "vilkaar-to-ordlyde")
    assert "Socialministeriet" in text
    assert "Beskæftigelsesministeriet" in text
    assert {c.text for c in draft.conditions} == {"Den ene.", "Den anden."}


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        ({"udfald": "udgaar", "ministerium": "bm"}, "Den ene."),
        ({"udfald": "fastholdes", "ministerium": "bm"}, "Den anden."),
    ],
)
def test_a_decision_says_whose_text_stands(world: Any, decision: Any, left: str) -> None:
    """The other text is among the unused, with the decision as the reason."""
    answers = [
        *world.both(world.condition("v", "Den ene.")),
        world.says("bm", *SOCIAL, "overlades", world.condition("v", "Den anden.")),
    ]
    draft = world.draft(world.case(afgoerelser=[DECIDED | {"vilkaar": "v"} | decision]), answers)
    assert not draft.held
    assert [c.text for c in draft.conditions] == [left]
    assert [u.reason for u in draft.unused] == ["afgoerelse"]


@pytest.mark.parametrize(
    ("decision", "whose"),
    [
        ({"udfald": "udgaar", "ministerium": "bm"}, ["sim"]),
        ({"udfald": "udgaar", "ministerium": "sim"}, ["bm"]),
        ({"udfald": "fastholdes", "ministerium": "bm"}, ["bm"]),
        ({"udfald": "fastholdes", "ministerium": "sim"}, ["sim"]),
        ({"udfald": "udgaar"}, []),
    ],
)
def test_a_decision_on_one_ministrys_condition_leaves_anothers_with_the_same_words(
    world: Any, decision: Any, whose: list[str]
) -> None:
    """What two ministries say alike stands once; deciding of the one's decides nothing of the other's."""
    same = world.condition("v", "Det samme.")
    answers = [*world.both(same), world.says("bm", *SOCIAL, "overlades", same)]
    assert [c.text for c in world.draft(world.case(), answers).conditions] == ["Det samme."]
    draft = world.draft(world.case(afgoerelser=[DECIDED | {"vilkaar": "v"} | decision]), answers)
    assert [c.ministry for c in draft.conditions] == whose
    assert {u.ministry for u in draft.unused if u.reason == "afgoerelse"} >= {"bm", "sim"} - set(whose)


def test_a_condition_for_a_task_another_ministry_refuses_holds_the_letter(world: Any) -> None:
    """A ministry that makes conditions for a task has not heard that it is refused."""
    scoped = world.condition("v", bestemmelser=["vandforsyning"])
    answers = [
        world.says("sim", *SOCIAL),
        world.says("mim", *WATER, "ikke"),
        world.says("bm", *WATER, "overlades", scoped),
    ]
    text = message(world.draft(world.case(), answers), "vilkaar-uden-opgave")
    assert "Beskæftigelsesministeriet" in text
    assert "Miljøministeriet" in text


def test_the_refusers_own_condition_hides_no_other_ministrys_with_the_same_words(world: Any) -> None:
    """The one falls with the task, the other was made by somebody who has not heard of that."""
    scoped = world.condition("v", bestemmelser=["vandforsyning"])
    answers = [
        world.says("sim", *SOCIAL),
        world.says("mim", *WATER, "ikke", scoped),
        world.says("sum", *WATER, "overlades", scoped),
    ]
    draft = world.draft(world.case(), answers)
    assert "vilkaar-uden-opgave" in ids(draft)
    assert {(u.ministry, u.reason) for u in draft.unused} == {
        ("mim", "ikke_imoedekommet"),
        ("sum", "ikke_imoedekommet"),
    }


def test_a_condition_that_one_ministry_left_out_is_recorded_where_another_states_it(world: Any) -> None:
    """Who reads the record later sees each ministry's own doing."""
    same = world.condition("v", "Det samme.")
    left_out = (Unused(condition=same, reason="praedikat"),)
    answers = [*world.both(same), world.says("bm", *SOCIAL, "overlades", unused=left_out)]
    draft = world.draft(world.case(), answers)
    assert [(c.key, c.ministry) for c in draft.conditions] == [("v", "sim")]
    assert [(u.ministry, u.reason) for u in draft.unused] == [("bm", "praedikat")]


def test_a_decision_that_the_condition_falls_lets_the_letter_go(world: Any) -> None:
    """The way out of a condition for a refused task."""
    scoped = world.condition("v", bestemmelser=["vandforsyning"])
    answers = [
        world.says("sim", *SOCIAL),
        world.says("mim", *WATER, "ikke"),
        world.says("bm", *WATER, "overlades", scoped),
    ]
    case = world.case(afgoerelser=[DECIDED | {"vilkaar": "v", "udfald": "udgaar"}])
    assert not world.draft(case, answers).held


def test_general_conditions_and_the_refusers_own_fall_with_the_task_and_are_recorded(world: Any) -> None:
    """Nothing is wrong when a general condition has no task left here, or the refuser's own."""
    own, general = world.condition("egen", opgaveomraader=["natur_miljoe"]), world.condition("generel")
    answers = [
        world.says("sim", *SOCIAL),
        world.says("mim", *WATER, "ikke", own),
        world.says("kommunalret", *WATER, "overlades", general),
    ]
    draft = world.draft(world.case(), answers)
    assert not draft.held
    assert {(u.key, u.reason) for u in draft.unused} == {
        ("egen", "ikke_imoedekommet"),
        ("generel", "ikke_imoedekommet"),
    }


def test_an_application_that_has_not_come_holds_the_letter_until_it_has(world: Any) -> None:
    """The application of each council is what the permission rests on."""
    case = world.case()
    request = case.requests[0]
    first = request.applications[0].model_copy(update={"date": None})
    waiting = request.model_copy(update={"applications": (first, request.applications[1])})
    case = case.model_copy(update={"requests": (waiting, case.requests[1])})
    draft = world.draft(case, world.both())
    assert "Dragør Kommune" in message(draft, "ansoegning-ikke-modtaget")
    assert draft.held


def test_a_minister_who_is_not_negotiated_with_holds_the_letter(world: Any) -> None:
    """§ 11 a, stk. 2: after negotiation with the minister concerned."""
    draft = world.draft(world.case(forhandlinger=[]), world.both())
    assert "forhandling-mangler" in ids(draft)
    assert draft.held


def test_a_negotiation_under_way_is_told_and_holds_nothing(world: Any) -> None:
    """The draft may be heard while the ministers still talk."""
    going = [{"samarbejde": "s", "ministerium": m, "status": "i_gang"} for m in ("sim", "mim")]
    draft = world.draft(world.case(forhandlinger=going), world.both())
    assert ids(draft) == {"forhandling-ikke-afsluttet"}
    assert not draft.held


def test_fuldt_ud_cannot_be_stated_while_something_is_refused(world: Any) -> None:
    """The one summary that the lead can't choose freely."""
    stated = [{"samarbejde": "s", "omfang": "fuldt_ud"}]
    answers = [world.says("sim", *SOCIAL), world.says("mim", *WATER, "ikke")]
    assert "omfang-ikke-fuldt" in ids(world.draft(world.case(sammenfatninger=stated), answers))


@pytest.mark.parametrize(("date", "held"), [("2021-03-31", True), ("2021-04-01", False)])
def test_a_chosen_date_must_lie_in_its_window(world: Any, date: str, held: bool) -> None:
    """The councils choose, within what the conditions allow."""
    dates = [{"oenske": "hjaelp", "kommune": k, "dato": date} for k in ("0155", "0185")]
    draft = world.draft(world.case(datoer=dates), world.both(world.condition(tidligst="2021-04-01")))
    assert draft.held is held
    assert ("dato-uden-for-vindue" in ids(draft)) is held


def test_a_date_only_one_council_has_chosen_stays_open(world: Any) -> None:
    """A date is never taken for someone who hasn't chosen it."""
    dates = [{"oenske": "hjaelp", "kommune": "0155", "dato": "2021-09-01"}]
    draft = world.draft(world.case(datoer=dates), world.both())
    assert "dato-kun-nogle" in ids(draft)
    assert [w.chosen for w in draft.windows] == [None, None]


def test_a_ministry_without_a_name_on_the_date_holds_the_letter(world: Any) -> None:
    """A letter can't name who has no name."""
    ministries = [m for m in world.ministries if m.key != "sim"]
    assert "ministerium-uden-navn-paa-datoen" in ids(
        world.draft(world.case(), world.both(), ministries=ministries)
    )


def test_a_value_or_a_reference_that_is_missing_holds_the_letter_and_is_marked(world: Any) -> None:
    """The open place shows in the text; nothing becomes empty."""
    draft = world.draft(world.case(), world.both(world.condition("v", "{Kommune} og {vilkaar:x} i $felt$.")))
    assert {"vaerdi-mangler", "henvisning-mangler"} <= ids(draft)
    assert draft.conditions[0].text == "[Kommune] og [vilkaar:x] i $felt$."


def test_a_decision_about_nothing_is_told(world: Any) -> None:
    """A misspelt key in a decision doesn't pass in silence."""
    case = world.case(afgoerelser=[DECIDED | {"vilkaar": "findes-ikke", "udfald": "udgaar"}])
    draft = world.draft(case, world.both())
    assert ids(draft) == {"afgoerelse-uden-virkning"}
