"""With ``--isolate`` a package that hangs, crashes or prints loses its own answer, and nothing else."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hoering_plugin import Settings, load_ministries, read_case
from hoering_plugin.drafting import draft_case
from hoering_plugin.isolation import isolated

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
MODULE = """\
import ctypes
import os
import sys
import time
from pathlib import Path

from hoering_plugin import hookimpl, ministry_from_file


def praedikat(question):
    {body}


@hookimpl
def hoering_ministry():
    return ministry_from_file(Path(__file__).with_name("vilkaar.toml"), predicates={{"praedikat": praedikat}})
"""
WORDS = """\
[ministerium]
noegle = "prv"
[[navne]]
navn = "Prøveministeriet"
minister = "prøveministeren"
kilde = "prøve"
[[ressort]]
bestemmelser = ["miljoebeskyttelsesloven-17"]
[[vurderinger]]
bestemmelser = ["miljoebeskyttelsesloven-17"]
vurdering = "overlades"
[[vilkaar]]
id = "prv-frist"
kategori = "ikrafttraeden"
retter_sig_mod = "begge"
bestemmelser = ["miljoebeskyttelsesloven-17"]
hvis = "praedikat"
tekst = "{Kommunalbestyrelserne} aftaler datoen."
godkendt = { af = "Prøvekontoret", den = 2020-11-27 }
"""


def files(folder: Path) -> dict[str, bytes]:
    """Every file of every version."""
    return {path.name: path.read_bytes() for path in folder.glob("*/v0001/*")}


def test_the_same_answers_come_back(hoering: Run, tmp_path: Path) -> None:
    """The same letters, the same manifest, the same key: nothing tells where the packages were asked."""
    assert hoering("letters", SAMPLE, "--out", tmp_path / "a").returncode == 0
    done = hoering("letters", SAMPLE, "--out", tmp_path / "b", "--isolate", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert "uændret" in hoering("letters", SAMPLE, "--out", tmp_path / "a", "--isolate").stdout


@pytest.fixture
def case_with(tmp_path: Path) -> Callable[[str], list[str]]:
    """A case in which a package with that predicate must answer about rats, and the options that load it."""

    def write(body: str) -> list[str]:
        module = tmp_path / "hooks" / "prv" / "src" / "hoering_prv"
        module.mkdir(parents=True)
        (module / "__init__.py").write_text(MODULE.format(body=body), "utf-8")
        (module / "vilkaar.toml").write_text(WORDS, "utf-8")
        project = '[project]\nname = "hoering-prv"\nversion = "7.0"\n'
        (module.parents[1] / "pyproject.toml").write_text(project, "utf-8")
        case = json.loads(SAMPLE.read_text("utf-8"))
        duty = {"ministerium": "prv", "bestemmelser": ["miljoebeskyttelsesloven-17"], "svar": "vilkaar"}
        case["svarpligt"].append(duty)
        file = tmp_path / "sag.json"
        file.write_text(json.dumps(case), "utf-8")
        return [str(file), "--hooks-dir", str(tmp_path / "hooks")]

    return write


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("os._exit(7)", "processen gik ned"),
        ("ctypes.string_at(0)", "processen gik ned"),
        ("print('SNAK'); os.write(1, b'SNAK'); sys.exit(3)", "SystemExit"),
        ("raise ValueError('æv')", "ValueError: æv"),
        ("return 7", "7"),
    ],
    ids=["udgang", "nedbrud", "snak", "fejl", "sludder"],
)
def test_a_package_that_misbehaves_holds_its_own_letters_alone(
    body: str, said: str, case_with: Callable[[str], list[str]], hoering: Run, tmp_path: Path
) -> None:
    """Package and version are named; the letters of the cooperation that doesn't ask it go out."""
    options = case_with(body)
    done = hoering("letters", *options, "--out", tmp_path / "ud", "--isolate", "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1 and "SNAK" not in done.stdout
    status = {letter["name"]: letter["status"] for letter in answer["letters"]}
    assert status == {"Dragør": "held", "Tårnby": "held", "Ishøj": "held", "Vallensbæk": "held"} or (
        status["Dragør"] == "held" and "written" in status.values()
    )
    told = " ".join(f["message"] for letter in answer["letters"] for f in letter["findings"])
    assert said in told and "hoering-prv" in told and "7.0" in told


def test_the_finding_is_the_same_with_and_without(
    case_with: Callable[[str], list[str]], hoering: Run, tmp_path: Path
) -> None:
    """An exception is told with its type, file and line, wherever the code ran."""
    options = case_with("raise ValueError('æv')")
    answers = [
        json.loads(hoering("check", *options, *more, "--format", "json").stdout)
        for more in ([], ["--isolate"])
    ]
    assert answers[0] == answers[1]


def test_a_package_that_hangs_is_given_up(case_with: Callable[[str], list[str]]) -> None:
    """After the time limit its process is ended, and the others have answered."""
    file, _, hooks = case_with("time.sleep(600)")
    started = time.monotonic()
    with isolated(load_ministries([Path(hooks)]), seconds=1.0) as ministries:
        drafted = draft_case(read_case(file), ministries, Settings())
    assert time.monotonic() - started < 30
    told = [finding.message for draft in drafted.drafts for finding in draft.findings]
    assert any("svarede ikke inden 1 sekunder" in message for message in told)
    assert any(not drafted.is_held(draft) for draft in drafted.drafts) or len(drafted.drafts) == 2
