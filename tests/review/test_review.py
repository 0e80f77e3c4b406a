"""``hoering ministries check`` finds in a package what a careful reader would, each with file and line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

WORDS = """\
[ministerium]
noegle = "prv"

[[navne]]
navn = "Prøveministeriet"
minister = "prøveministeren"
til = 2020-12-31
kilde = "prøve"

[[navne]]
navn = "Nyministeriet"
minister = "nyministeren"
fra = 2021-02-01
kilde = "prøve"

[[ressort]]
opgaveomraader = ["natur_miljoe"]

[[vurderinger]]
opgaveomraader = ["natur_miljoe"]
vurdering = "fuldt"

[[vilkaar]]
id = "prv-god"
kategori = "ikrafttraeden"
retter_sig_mod = "begge"
bestemmelser = ["miljoebeskyttelsesloven-17"]
tekst = "{Kommunalbestyrelserne} aftaler datoen senest den 1. januar."
godkendt = { af = "Prøvekontoret", den = 2020-11-27 }

[[vilkaar]]
id = "prv-haab"
kategori = "fagligt"
grund = "Derfor."
retter_sig_mod = "begge"
bestemmelser = ["miljoebeskyttelseslovn-17"]
hvis = "altid"
tekst = "Man bør sikre en god overgang (så vidt muligt."
hjemmel = "Lov om noget § 1"
godkendt = { af = "Prøvekontoret", den = 2020-11-27 }
"""
MODULE = """\
import datetime
import random
from pathlib import Path

from hoering_plugin import hookimpl, ministry_from_file


def altid(question):
    return {body}


def ubrugt(question):
    return False


@hookimpl
def hoering_ministry():
    print("snak")
    return ministry_from_file(
        Path(__file__).with_name("vilkaar.toml"), predicates={{"altid": altid, "ubrugt": ubrugt}}
    )
"""
SAMPLES = """\
[[proever]]
saetning = "Rotter kan udgå"
brevdato = 2020-12-01
bestemmelse = "miljoebeskyttelsesloven-17"
vurdering = "fuldt"
vilkaar = {conditions}
"""


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes a package with a fault of each kind, and gives its folder."""

    def write(
        words: str = WORDS, body: str = "True", samples: str = SAMPLES.format(conditions='["prv-god"]')
    ) -> Path:
        folder = tmp_path / "prv"
        module = folder / "src" / "hoering_prv"
        module.mkdir(parents=True)
        (folder / "tests").mkdir()
        (module / "__init__.py").write_text(MODULE.format(body=body), "utf-8")
        (module / "vilkaar.toml").write_text(words, "utf-8")
        if samples:
            (folder / "tests" / "proever.toml").write_text(samples, "utf-8")
        (folder / "pyproject.toml").write_text(
            '[project]\nname = "hoering-prv"\nversion = "1.0"\n'
            '[project.entry-points."hoering_plugin.ministries"]\nprv = "hoering_prv"\n',
            "utf-8",
        )
        return folder

    return write


def found(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """The findings of ``--format json``, by their ids."""
    return {finding["id"]: finding for finding in json.loads(done.stdout)["findings"]}


def test_the_words_are_read_as_a_lawyer_would(hoering: Run, project: Callable[..., Path]) -> None:
    """A misspelt provision, hope, nobody, no time, half a parenthesis, another basis: each with its line."""
    done = hoering("ministries", "check", project(), "--format", "json")
    faults = found(done)
    assert done.returncode == 3
    assert {
        "pakke-bestemmelse-stavet",
        "vilkaar-haab",
        "vilkaar-uden-hvem",
        "vilkaar-uden-hvornaar",
        "vilkaar-ubalance",
        "vilkaar-anden-hjemmel",
        "praedikat-ubrugt",
        "periode-hul",
        "vilkaar-uden-proeve",
        "praedikat-uden-proeve",
    } <= faults.keys()
    line = WORDS.splitlines().index('bestemmelser = ["miljoebeskyttelseslovn-17"]') + 1
    assert f"vilkaar.toml, linje {line}" in faults["pakke-bestemmelse-stavet"]["place"]
    assert "miljoebeskyttelsesloven-17" in faults["pakke-bestemmelse-stavet"]["message"]
    assert not [one for one in faults.values() if "prv-god" in one["message"]]


def test_a_file_the_host_refuses_is_told_all_at_once(hoering: Run, project: Callable[..., Path]) -> None:
    """An unknown key with the nearest, and a predicate that isn't there, both with their lines."""
    words = WORDS.replace('kategori = "ikraft', 'katagori = "ikraft').replace('"altid"', '"aldrig"')
    done = hoering("ministries", "check", project(words))
    assert done.returncode == 3
    assert "Mente du »kategori«" in done.stdout and "linje" in done.stdout


@pytest.mark.parametrize(
    "body",
    ["datetime.date.today().year == 2020", "bool(hash('x') % 2) != (random.random() < 0.5)"],
    ids=["uret", "tilfældet"],
)
def test_an_answer_that_depends_on_more_than_the_question_is_a_fault(
    body: str, hoering: Run, project: Callable[..., Path]
) -> None:
    """The clock and chance are no part of what a ministry says. Chance is tried until it differs."""
    words = WORDS.replace("miljoebeskyttelseslovn-17", "miljoebeskyttelsesloven-17")
    folder = project(words, body)
    for _ in range(12):
        if "proeve-to-svar" in found(hoering("ministries", "check", folder, "--format", "json")):
            return
    pytest.fail("two worlds gave the same answer every time")


def test_a_package_without_samples_is_told(hoering: Run, project: Callable[..., Path]) -> None:
    """What no sample shows, nobody has seen."""
    assert "proever-mangler" in found(hoering("ministries", "check", project(samples=""), "--format", "json"))


def test_the_shipped_packages_pass(hoering: Run) -> None:
    """All of them, by key, by package, and at once."""
    assert hoering("ministries", "check").returncode == 0
    assert hoering("ministries", "check", "sim").returncode == 0
    assert "hoering-mim" in hoering("ministries", "check", "hoering-mim").stdout
    assert hoering("ministries", "check", "findes-ikke").returncode == 2


def pytest_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """The package's own test run, with nothing but what pytest finds by itself."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        "tests",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_each_sample_is_a_test_named_by_its_sentence(project: Callable[..., Path]) -> None:
    """A sample that doesn't hold shows what deviates and where it stands, and no traceback."""
    good = pytest_in(project())
    assert good.returncode == 0 and "Rotter kan udgå PASSED" in good.stdout


def test_a_sample_that_does_not_hold_is_told_without_a_traceback(project: Callable[..., Path]) -> None:
    """What was expected, what is, and the line of the sample."""
    bad = pytest_in(project(samples=SAMPLES.format(conditions="[]")))
    assert bad.returncode == 1
    assert "vilkaar: ventet ()" in bad.stdout and "linje 1" in bad.stdout
    assert "Traceback" not in bad.stdout and "deviations(" not in bad.stdout


def test_a_broken_file_of_samples_is_told_with_its_line(project: Callable[..., Path]) -> None:
    """In Danish, as an error of collection."""
    broken = pytest_in(project(samples=SAMPLES.format(conditions="[]").replace("vurdering", "vurdring")))
    assert broken.returncode != 0
    assert "Mente du »vurdering«" in broken.stdout and "linje 5" in broken.stdout
