"""Every ministry that must answer answers, or it is told that it hasn't; the case's own answers go first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hoering_plugin import Answer, Assessment, Case, Question, Settings, SetupError
from hoering_plugin.asking import ask_ministries
from hoering_plugin.model.answer import Asked, LoadedMinistry
from hoering_plugin.packs import ministry_from_file

from .conftest import WORDS

PREDICATE = 'hvis = "naar"\n'
BASE = WORDS.format(key="mim")
NO_CONDITIONS = BASE[: BASE.index("[[vilkaar]]")]


@pytest.fixture
def case(sample_case: Path) -> Callable[..., Case]:
    """The 2020 case with one request of Dragør and Tårnby, about rats, which mim must answer for."""

    def make(**changes: Any) -> Case:
        data = json.loads(sample_case.read_text("utf-8"))
        request = data["oensker"][0]
        request |= {"samarbejde": "dragoer-taarnby", "opgaveomraade": "natur_miljoe"}
        request |= {"bestemmelser": ["miljoebeskyttelsesloven-17"]}
        data |= {"oensker": [request], "forhandlinger": [], "ministersvar": [], "datoer": []}
        data |= {"svarpligt": [{"ministerium": "mim", "opgaveomraader": ["natur_miljoe"]}], **changes}
        return Case.model_validate(data)

    return make


@pytest.fixture
def mim(tmp_path: Path) -> Callable[..., LoadedMinistry]:
    """The ministry of a condition file, as it would be loaded."""

    def make(words: str = BASE, **changes: Any) -> LoadedMinistry:
        file = tmp_path / "vilkaar.toml"
        file.write_text(words, "utf-8")
        predicates = changes.pop("predicates", {})
        ministry = replace(ministry_from_file(file, predicates), **changes)
        return LoadedMinistry(ministry, "hoering-mim", "1.2.3", "prøve")

    return make


def ids(asked: Asked) -> list[str]:
    """The ids of what was found."""
    return [finding.id for finding in asked.findings]


def with_predicate(words: str = BASE) -> str:
    """The condition asked for only where the predicate ``naar`` holds."""
    return words + PREDICATE


def reply(**changes: Any) -> dict[str, Any]:
    """A minister's answer in the case, for the one provision."""
    return {
        "samarbejde": "dragoer-taarnby",
        "ministerium": "mim",
        "bestemmelser": ["miljoebeskyttelsesloven-17"],
        "vurdering": "fuldt",
        "dato": "2020-11-27",
        "dokument": "D-1",
        **changes,
    }


def test_a_standing_answer_is_given_with_its_package(case, mim) -> None:  # type: ignore[no-untyped-def]
    """The answer says whose it is, in which version, and where the words are."""
    asked = ask_ministries(case(), Settings(), [mim()])
    (given,) = asked.answers
    assert asked.findings == ()
    assert given.answer.assessment is Assessment.FULL
    assert [condition.key for condition in given.answer.conditions] == ["mim-frist"]
    assert (given.source.package, given.source.version) == ("hoering-mim", "1.2.3")
    assert given.source.file.endswith("/vilkaar.toml")


def test_a_required_package_that_is_missing_stops_before_anyone_is_asked(case) -> None:  # type: ignore[no-untyped-def]
    """The law decides who must answer, not what is installed."""
    with pytest.raises(SetupError) as caught:
        ask_ministries(case(), Settings(), [])
    assert [finding.id for finding in caught.value.findings] == ["pakke-mangler"]


@pytest.mark.parametrize(("wanted", "expected"), [(">=2", "pakke-version"), ("to", "pakke-versionskrav")])
def test_a_package_of_a_wrong_version_is_refused(case, mim, wanted: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    """The case may say which versions may answer."""
    duty = {"ministerium": "mim", "opgaveomraader": ["natur_miljoe"], "version": wanted}
    with pytest.raises(SetupError) as caught:
        ask_ministries(case(svarpligt=[duty]), Settings(), [mim()])
    assert [finding.id for finding in caught.value.findings] == [expected]
    assert ask_ministries(case(svarpligt=[duty | {"version": ">=1,<2"}]), Settings(), [mim()]).answers


def test_the_settings_say_who_answers_where_the_case_does_not(case, mim) -> None:  # type: ignore[no-untyped-def]
    """A provision that nobody must assess is an error."""
    assert ids(ask_ministries(case(svarpligt=[]), Settings(), [mim()])) == ["svarpligt-mangler"]
    duty = {"ministerium": "mim", "opgaveomraader": ["natur_miljoe"]}
    settings = Settings.model_validate({"svarpligt": [duty]})
    assert len(ask_ministries(case(svarpligt=[]), settings, [mim()]).answers) == 1


def test_a_ministry_without_conditions_must_say_so(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Silence is never an answer; a refusal needs no conditions."""
    asked = ask_ministries(case(), Settings(), [mim(NO_CONDITIONS)])
    assert (ids(asked), asked.answers) == (["vilkaar-ikke-omtalt"], ())
    said = NO_CONDITIONS + "ingen_vilkaar = true\n"
    assert ask_ministries(case(), Settings(), [mim(said)]).answers[0].answer.no_conditions
    grounds = '[vurderinger.begrundelse]\nregel = "r"\nhensyn = "h"\nfakta = "f"\n'
    refusal = NO_CONDITIONS.replace('"fuldt"', '"ikke"') + grounds
    assert ask_ministries(case(), Settings(), [mim(refusal)]).findings == ()


def test_an_assessment_of_the_provision_goes_before_one_of_its_area(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Two of equal standing are told, none is told."""
    own = '[[vurderinger]]\nbestemmelser = ["miljoebeskyttelsesloven-17"]\nvurdering = "overlades"\n'
    (given,) = ask_ministries(case(), Settings(), [mim(BASE + own)]).answers
    assert given.answer.assessment is Assessment.LEFT
    assert ids(ask_ministries(case(), Settings(), [mim(BASE + own + own)])) == ["svar-to"]
    none = mim(BASE.replace('vurdering = "fuldt"', 'vurdering = "fuldt"\ntil = 2019-01-01'))
    assert ids(ask_ministries(case(), Settings(), [none])) == ["svar-mangler"]


def test_a_condition_not_used_is_kept_with_the_reason(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Whoever asks years later finds what was considered; out of period is silence, a predicate is not."""
    asked = ask_ministries(
        case(), Settings(), [mim(with_predicate(), predicates={"naar": lambda question: False})]
    )
    assert [(u.condition.key, u.reason) for u in asked.answers[0].answer.unused] == [
        ("mim-frist", "praedikat")
    ]
    assert ids(ask_ministries(case(), Settings(), [mim(BASE + "til = 2020-11-30\n")])) == [
        "vilkaar-ikke-omtalt"
    ]
    assert ask_ministries(case(), Settings(), [mim(BASE + "til = 2020-12-01\n")]).findings == ()


def stops(question: Question) -> bool:
    """A predicate that ends the program."""
    raise SystemExit(0)


def breaks(question: Question) -> bool:
    """A predicate that raises."""
    raise ValueError("itu")


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [(stops, "pakke-fejl"), (breaks, "pakke-fejl"), (lambda question: 1, "pakke-resultat")],
)
def test_a_ministry_s_failing_code_is_told_with_file_and_line(case, mim, predicate, expected) -> None:  # type: ignore[no-untyped-def]
    """It is an error of that answer and of no other."""
    duties = [{"ministerium": key, "opgaveomraader": ["natur_miljoe"]} for key in ("mim", "rask")]
    rask = mim()
    rask = replace(rask, ministry=replace(rask.ministry, key="rask"))
    asked = ask_ministries(
        case(svarpligt=duties),
        Settings(),
        [mim(with_predicate(), predicates={"naar": predicate}), rask],
    )
    assert [given.ministry for given in asked.answers] == ["rask"]
    (finding,) = asked.findings
    assert finding.id == expected
    assert "hoering-mim 1.2.3" in finding.message
    assert Path(finding.place.file).name == "test_asking.py"
    assert finding.place.line


def test_the_user_s_interrupt_is_not_a_ministry_s_fault(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Ctrl-C stops the program."""

    def interrupts(question: Question) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_ministries(case(), Settings(), [mim(with_predicate(), predicates={"naar": interrupts})])


def test_a_ministry_cannot_change_the_case_for_others(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Each ministry sees its own copy."""

    def meddles(question: Question) -> bool:
        object.__setattr__(question.case.requests[0], "task", "noget andet")
        return True

    given = case()
    ask_ministries(given, Settings(), [mim(with_predicate(), predicates={"naar": meddles})])
    assert given == case()


def test_a_ministry_may_answer_by_code(case, mim) -> None:  # type: ignore[no-untyped-def]
    """None is no answer; another type is told."""

    def answering(value: object) -> LoadedMinistry:
        loaded: LoadedMinistry = mim(answer=lambda question: value)
        return loaded

    full = Answer(assessment=Assessment.FULL, no_conditions=True)
    assert ask_ministries(case(), Settings(), [answering(full)]).answers[0].answer == full
    assert ids(ask_ministries(case(), Settings(), [answering(None)])) == ["svar-mangler"]
    assert ids(ask_ministries(case(), Settings(), [answering("fuldt")])) == ["pakke-resultat"]


def test_a_minister_s_answer_in_the_case_replaces_the_package_s_and_says_so(case, mim) -> None:  # type: ignore[no-untyped-def]
    """Its conditions replace the package's only if it gives any, an empty list being none."""
    grounds = {"regel": "r", "hensyn": "h", "fakta": "f"}
    partly = reply(vurdering="delvist", begrundelse=grounds)
    (given,) = ask_ministries(case(ministersvar=[partly]), Settings(), [mim()]).answers
    assert given.answer.assessment is Assessment.PARTIAL
    assert [c.key for c in given.answer.conditions] == ["mim-frist"]
    assert (given.source.kind, given.source.document) == ("ministersvar", "D-1")
    assert given.conditions_source.kind == "pakke"
    (given,) = ask_ministries(case(ministersvar=[reply(vilkaar=[])]), Settings(), [mim()]).answers
    assert given.answer.conditions == ()
    assert given.answer.no_conditions
    assert given.conditions_source.kind == "ministersvar"


def test_an_answer_in_the_case_does_without_the_package_s_assessment(case, mim) -> None:  # type: ignore[no-untyped-def]
    """The way out where a package has no answer; two answers in the case are told."""
    mute = NO_CONDITIONS[: NO_CONDITIONS.index("[[vurderinger]]")]
    asked = ask_ministries(case(ministersvar=[reply(vilkaar=[])]), Settings(), [mim(mute)])
    assert (len(asked.answers), asked.findings) == (1, ())
    twice = case(ministersvar=[reply(vilkaar=[]), reply(vilkaar=[], dokument="D-2")])
    assert ids(ask_ministries(twice, Settings(), [mim()])) == ["ministersvar-to"]


def test_a_remit_that_says_otherwise_is_told_and_the_duty_holds(case, mim) -> None:  # type: ignore[no-untyped-def]
    """The case decides who answers; the difference is a warning."""
    other = BASE.replace(
        '[[ressort]]\nopgaveomraader = ["natur_miljoe"]', '[[ressort]]\nopgaveomraader = ["social"]'
    )
    asked = ask_ministries(case(), Settings(), [mim(other)])
    assert (len(asked.answers), ids(asked)) == (1, ["ressort-afviger"])
    assert not asked.findings[0].is_error


def test_a_ministry_without_a_name_on_the_date_holds_the_letter(case, mim) -> None:  # type: ignore[no-untyped-def]
    """A letter can't name a ministry that wasn't there."""
    late = BASE.replace('kilde = "prøve"', 'kilde = "prøve"\nfra = 2021-01-21')
    assert ids(ask_ministries(case(), Settings(), [mim(late)])) == ["ministerium-navn-mangler"]


def test_a_provision_nobody_knows_is_told(case, mim) -> None:  # type: ignore[no-untyped-def]
    """A condition about a misspelt provision would otherwise never be used, without a word."""
    misspelt = BASE.replace('retter_sig_mod = "begge"', 'retter_sig_mod = "begge"\nbestemmelser = ["roter"]')
    assert ids(ask_ministries(case(), Settings(), [mim(misspelt)])) == ["pakke-bestemmelse-ukendt"]


def test_nothing_in_an_answer_given_in_the_case_is_lost(case, mim) -> None:  # type: ignore[no-untyped-def]
    """An answer nobody must give, and a condition about something else, hold the letters."""
    elsewhere = {
        "id": "andet-sted",
        "kategori": "ophoer",
        "retter_sig_mod": "begge",
        "opgaveomraader": ["social"],
        "tekst": "Kommunerne aftaler ophøret.",
        "godkendt": {"af": "Prøvekontoret", "den": "2020-11-27"},
    }
    given = case(ministersvar=[reply(vilkaar=[elsewhere]), reply(ministerium="sim", vilkaar=[])])
    assert ids(ask_ministries(given, Settings(), [mim()])) == [
        "ministersvar-vilkaar-uden-for",
        "ministersvar-uden-svarpligt",
    ]
