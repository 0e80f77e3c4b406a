"""``hoering export`` as a records system meets it: one JSON object on standard output, whatever happens."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoering_plugin import RunResult, export, letter_template, load_ministries, read_case
from hoering_plugin.cases.write import case_bytes
from hoering_plugin.letter.templates import template_path
from hoering_plugin.model.run_answer import as_json
from hoering_plugin.schemas import published

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
TREE = json.loads(SAMPLE.read_text("utf-8"))
SCHEMA = jsonschema.Draft202012Validator(json.loads(published()["svar.schema.json"]))
MINISTRIES = load_ministries()
TEMPLATE = letter_template(template_path())


def run(
    *args: object, payload: bytes = b"", env: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any], str]:
    """The hook as a process: its exit code, its answer and its talk. The answer keeps its schema."""
    done = subprocess.run(
        [sys.executable, "-m", "hoering_plugin", "export", *map(str, args)],
        input=payload,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    answer = json.loads(done.stdout.decode("utf-8"))
    SCHEMA.validate(answer)
    assert answer["exit_code"] == done.returncode
    assert b"Traceback" not in done.stderr
    return done.returncode, answer, done.stderr.decode("utf-8")


def test_a_case_as_json_and_as_xml_gives_the_same_letters(tmp_path: Path) -> None:
    """The format is told by the content; a second call finds that everything is there."""
    code, first, _ = run("--out", tmp_path, payload=SAMPLE.read_bytes())
    assert (code, first["version"], first["success"]) == (0, "v0001", True)
    xml = tmp_path / "fra-esdh"
    xml.write_bytes(case_bytes(read_case(SAMPLE), ".xml"))
    code, second, _ = run("--out", tmp_path, xml)
    assert (code, second["version"]) == (0, "v0001")
    assert {letter["status"] for letter in second["letters"]} == {"unchanged"}
    assert [one["sha256"] for one in first["letters"]] == [one["sha256"] for one in second["letters"]]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-16"])
def test_bytes_are_utf8_whatever_the_console_says(encoding: str, tmp_path: Path) -> None:
    """Dragør and Tårnby are spelled right in the answer and in the talk."""
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    code, answer, said = run("--out", tmp_path, payload=SAMPLE.read_bytes(), env=env)
    assert code == 0
    assert "Tårnby" in {letter["name"] for letter in answer["letters"]}
    assert "Tårnby" in said


def test_talk_can_be_lines_of_json(tmp_path: Path) -> None:
    """Each line has the time, the level, the run, the case and the message; the last is the outcome."""
    _, answer, said = run("--out", tmp_path, "--log-format", "json", payload=SAMPLE.read_bytes())
    lines = [json.loads(line) for line in said.splitlines()]
    assert {line["case_number"] for line in lines} == {"2020-0000"}
    assert len({line["run"] for line in lines}) == 1
    assert lines[-1]["message"] == answer["message"]


def bad_case() -> bytes:
    """The sample case with a wrong code."""
    tree = copy.deepcopy(TREE)
    tree["kommuner"][0]["kode"] = 155
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    ("args", "payload", "code", "said"),
    [
        ([], b"", 2, "Der mangler optionen '--out'"),
        (["--out", "{tmp}", "--nej"], b"", 2, "Der er ingen option '--nej'"),
        (["--out", "{tmp}", "--template", "findes-ikke.docx"], SAMPLE.read_bytes(), 3, "findes-ikke.docx"),
        (["--out", "{tmp}"], b"", 4, "Filen er tom"),
        (["--out", "{tmp}"], bad_case(), 4, "kommunekode"),
        (["--out", "{tmp}", "findes-ikke.json"], b"", 4, "stien findes ikke"),
        (["--out", "{tmp}/fil/mappe"], SAMPLE.read_bytes(), 5, "en del af stien er en fil"),
    ],
)
def test_what_goes_wrong_is_told_in_the_answer(
    args: list[str], payload: bytes, code: int, said: str, tmp_path: Path
) -> None:
    """The documented exit code, and a message in Danish that a caseworker can be shown."""
    (tmp_path / "fil").write_text("")
    ended, answer, talk = run(*(arg.format(tmp=tmp_path) for arg in args), payload=payload)
    assert ended == code and not answer["success"]
    assert said in answer["message"] or said in talk


def test_a_held_letter_is_told_with_the_reason(tmp_path: Path) -> None:
    """Exit code 1, and the message says what is missing."""
    tree = copy.deepcopy(TREE)
    del tree["oensker"][0]["ansoegninger"][0]["dato"]
    code, answer, _ = run("--out", tmp_path, payload=json.dumps(tree).encode())
    assert code == 1
    assert "2 tilbageholdt" in answer["message"] and "ansøg" in answer["message"].lower()


def test_what_a_package_prints_is_no_part_of_the_answer(tmp_path: Path) -> None:
    """A ministry's package that prints and writes to the console spoils nothing."""
    package = tmp_path / "hooks" / "larm.py"
    package.parent.mkdir()
    (package.parent / "vilkaar.toml").write_text(
        '[ministerium]\nnoegle = "larm"\n[[navne]]\nnavn = "Larm"\nminister = "larm"\nkilde = "x"\n',
        "utf-8",
    )
    package.write_text(
        "import os\nfrom pathlib import Path\nfrom hoering_plugin import hookimpl, ministry_from_file\n"
        "print('LARM')\nos.write(1, b'LARM')\nos.system('echo LARM')\n"
        "@hookimpl\ndef hoering_ministry():\n    print('LARM')\n"
        "    return ministry_from_file(Path(__file__).with_name('vilkaar.toml'))\n",
        "utf-8",
    )
    code, _, said = run("--out", tmp_path / "ud", "--hooks-dir", package.parent, payload=SAMPLE.read_bytes())
    assert code == 0 and said.count("LARM") == 4


def exported(payload: bytes | str | Mapping[str, object], out: Path) -> RunResult:
    """The call from Python with everything loaded."""
    return export(payload, out, ministries=MINISTRIES, template=TEMPLATE)


def test_from_python_a_mapping_a_text_and_bytes_are_the_same_case(tmp_path: Path) -> None:
    """Whichever way the system has it, it is the same run."""
    first = exported(TREE, tmp_path)
    assert first.success and first.version == "v0001"
    for payload in (SAMPLE.read_text("utf-8"), SAMPLE.read_bytes()):
        assert {letter.status for letter in exported(payload, tmp_path).letters} == {"unchanged"}


def test_from_python_what_a_person_can_mend_is_no_exception(tmp_path: Path) -> None:
    """A bad case, a bad template and a folder that can't be made are results."""
    assert exported("{", tmp_path).exit_code == 4
    assert export(TREE, tmp_path, ministries=MINISTRIES, template=tmp_path / "x.docx").exit_code == 3
    (tmp_path / "fil").write_text("")
    assert exported(TREE, tmp_path / "fil" / "mappe").exit_code == 5


def test_from_several_threads_at_once_each_answer_is_true(tmp_path: Path) -> None:
    """Eight threads, four of them with one case: it is written once, the others once each."""
    cases = [{**TREE, "sagsnummer": f"2020-{min(n, 4)}"} for n in range(8)]
    results: list[RunResult] = []

    def one(case: Mapping[str, object]) -> None:
        results.append(exported(case, tmp_path))

    threads = [threading.Thread(target=one, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result.success for result in results)
    written = [result.case_number for result in results if result.letters[0].status == "written"]
    assert sorted(written) == [f"2020-{n}" for n in range(5)]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in plain data."""
    found = [path] if path else []
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return found + [place for name, part in inner for place in places(part, (*path, name))]


PLACES = places(TREE)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_a_mistyped_payload_gives_an_answer(
    place: tuple[str | int, ...], value: object, tmp_path: Path
) -> None:
    """Whatever stands anywhere in a case, the answer keeps its schema and has a documented exit code."""
    tree = copy.deepcopy(TREE)
    group: Any = tree
    for part in place[:-1]:
        group = group[part]
    group[place[-1]] = value
    result = export(tree, tmp_path, ministries=MINISTRIES, template=TEMPLATE)
    SCHEMA.validate(as_json(result))
    assert result.exit_code in (0, 1, 3, 4)
    assert result.success or result.message


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.one_of(st.binary(max_size=400), st.text(max_size=400), VALUES.map(json.dumps)))
def test_any_bytes_and_any_text_give_an_answer(payload: bytes | str, tmp_path: Path) -> None:
    """No payload is an exception, and none leaves anything on disk."""
    assert exported(payload, tmp_path / "ud").exit_code == 4
    assert not (tmp_path / "ud").exists()


@pytest.mark.parametrize(
    "payload",
    [
        b"[" * 200_000,
        b"<a>" * 200_000,
        b"{" + b'"a":' * 100_000,
        b" " * 20_000_000,
        b"\0" * 6_000_000,
        b'{"sagsnummer": "' + b"x" * 4_900_000 + b'"}',
        b'{"a": ' + b"9" * 1_000_000 + b"}",
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
        SAMPLE.read_text("utf-8").encode("utf-16"),
        SAMPLE.read_text("utf-8").encode("latin-1"),
    ],
    ids=[
        "dyb-json",
        "dyb-xml",
        "dybe-grupper",
        "mellemrum",
        "nul",
        "lang",
        "tal",
        "doctype",
        "utf16",
        "latin1",
    ],
)
def test_an_enormous_or_deep_payload_ends_within_bounds(payload: bytes, tmp_path: Path) -> None:
    """As a process with 600 MB of memory: an answer with exit code 4, within some seconds."""
    resource = pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-m", "hoering_plugin", "export", "--out", str(tmp_path / "ud"), "--quiet"],
        input=payload,
        capture_output=True,
        timeout=20,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000)),
    )
    answer = json.loads(done.stdout)
    SCHEMA.validate(answer)
    assert done.returncode == answer["exit_code"] == 4
    assert done.stderr == b""
