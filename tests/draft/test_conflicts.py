"""``hoering check --conflicts`` shows each difference with both ministries, both texts and their sources."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
GROUNDS = {"regel": "Reglen.", "hensyn": "Hensynet.", "fakta": "Fakta."}
RATS = "miljoebeskyttelsesloven-17"


def condition(key: str, text: str, **more: object) -> dict[str, Any]:
    """A condition in a reply."""
    return {
        "id": key,
        "kategori": "ikrafttraeden",
        "retter_sig_mod": "begge",
        "bestemmelser": [RATS],
        "tekst": text,
        "godkendt": {"af": "Kontoret", "den": "2020-11-27"},
        **more,
    }


def reply(ministry: str, assessment: str, *conditions: dict[str, Any]) -> dict[str, Any]:
    """A minister's answer about rats."""
    answer = {
        "samarbejde": "dragoer-taarnby",
        "ministerium": ministry,
        "bestemmelser": [RATS],
        "vurdering": assessment,
        "vilkaar": list(conditions),
        "dato": "2020-11-28",
        "dokument": f"SVAR-{ministry}",
    }
    return answer | ({"begrundelse": GROUNDS} if assessment in ("ikke", "delvist") else {})


@pytest.fixture
def found(hoering: Run, sample_case: Path, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """The conflicts of the sample case with these replies and decisions."""

    def look(*replies: dict[str, Any], **more: object) -> list[dict[str, Any]]:
        case = json.loads(sample_case.read_text("utf-8"))
        case["svarpligt"].append({"ministerium": "sim", "bestemmelser": [RATS], "svar": "vurdering"})
        case.update({"ministersvar": list(replies), **more})
        file = tmp_path / "sag.json"
        file.write_text(json.dumps(case), "utf-8")
        done = hoering("check", file, "--conflicts", "--format", "json")
        conflicts: list[dict[str, Any]] = json.loads(done.stdout)["conflicts"]
        return [one for one in conflicts if one["cooperation"] == "dragoer-taarnby"]

    return look


def test_assessments_that_differ(found: Callable[..., list[dict[str, Any]]]) -> None:
    """Both ministries, both answers with their grounds, both documents; and the lead's decision."""
    two = [reply("mim", "fuldt"), reply("sim", "ikke")]
    (one,) = [each for each in found(*two) if each["kind"] == "vurdering"]
    assert [side["ministry"] for side in one["sides"]] == ["mim", "sim"]
    assert "Hensynet." in one["sides"][1]["says"]
    assert [side["source"] for side in one["sides"]] == ["SVAR-mim", "SVAR-sim"]
    assert one["decision"] == ""
    decision = {
        "samarbejde": "dragoer-taarnby",
        "bestemmelse": RATS,
        "vurdering": "fuldt",
        "grund": "Aftalt.",
        "dato": "2020-11-30",
        "dokument": "AFG-1",
    }
    (one,) = [each for each in found(*two, afgoerelser=[decision]) if each["kind"] == "vurdering"]
    assert one["decision"] == "fuldt (AFG-1): Aftalt."


def test_a_condition_for_what_another_refused(found: Callable[..., list[dict[str, Any]]]) -> None:
    """A condition of nothing but the refused task; those of every task are none of it."""
    own = condition("rotter", "{Kommunalbestyrelserne} aftaler datoen.")
    told = found(reply("mim", "fuldt", own), reply("sim", "ikke"))
    assert [each["about"] for each in told if each["kind"] == "opgave"] == [f"rotter ({RATS})"]


def test_one_id_with_two_texts(found: Callable[..., list[dict[str, Any]]]) -> None:
    """Whose wording it is, is to be seen."""
    told = found(
        reply("mim", "fuldt", condition("dato", "{Kommunalbestyrelserne} aftaler datoen.")),
        reply("sim", "fuldt", condition("dato", "{bemyndiget} fastsætter datoen.")),
    )
    (one,) = [each for each in told if each["kind"] == "ordlyd"]
    assert [side["says"][:12] for side in one["sides"]] == ["{Kommunalbes", "{bemyndiget}"]


def test_windows_that_do_not_meet(found: Callable[..., list[dict[str, Any]]]) -> None:
    """Earliest after latest, each with both conditions."""
    early = condition("tidlig", "{Kommunalbestyrelserne} aftaler datoen.", senest="2021-03-01")
    late = condition("sen", "{Kommunalbestyrelserne} aftaler datoen.", tidligst="2021-06-01")
    told = [
        each
        for each in found(reply("mim", "fuldt", early), reply("sim", "fuldt", late))
        if each["kind"] == "vindue"
    ]
    assert any({side["says"][:8] for side in one["sides"]} == {"senest 0", "tidligst"} for one in told)
    assert all(len(one["sides"]) == 2 for one in told)
