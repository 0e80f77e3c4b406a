"""The other commands: what they print, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Changed = Callable[..., Path]


def test_the_command_alone_shows_its_help(hoering: Run) -> None:
    """Without a command there is a list of them."""
    done = hoering()
    assert done.returncode == 0
    for name in ("letters", "check", "verify", "trace", "ministries", "template"):
        assert name in done.stdout


def test_check_shows_the_table_and_writes_nothing(hoering: Run, sample_case: Path) -> None:
    """Cooperations and municipalities down, task areas across."""
    before = sorted(sample_case.parent.iterdir())
    done = hoering("check", sample_case)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Dragør og Tårnby Kommuner" in done.stdout and "0183 Ishøj Kommune" in done.stdout
    assert "Natur og miljø" in done.stdout
    assert sorted(sample_case.parent.iterdir()) == before


def test_check_as_json_has_a_cell_for_each_area(hoering: Run, sample_case: Path) -> None:
    """Six rows (two cooperations, four municipalities) of five areas."""
    answer = json.loads(hoering("check", sample_case, "--format", "json").stdout)
    assert [len(row["cells"]) for row in answer["rows"]] == [5] * 6


def test_show_prints_the_letter_also_while_an_answer_is_missing(hoering: Run, changed: Changed) -> None:
    """What is missing stands as an open place, and nothing else is lost."""
    case = json.loads(changed().read_text("utf-8"))
    duties = [duty for duty in case["svarpligt"] if duty["ministerium"] != "buvm"]
    done = hoering("check", changed(svarpligt=duties), "--show", "0155")
    assert done.returncode == 1, done.stderr
    assert "Dragør" in done.stdout and "[vurdering mangler]" in done.stdout


def test_show_of_a_municipality_that_is_not_there_is_wrong_usage(hoering: Run, sample_case: Path) -> None:
    """A slip of the hand is told and not answered with nothing."""
    assert hoering("check", sample_case, "--show", "9999").returncode == 2


def test_a_changed_letter_is_6(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """It says which letter isn't what was written, and warns of the open places of those that are."""
    hoering("letters", sample_case, "--out", tmp_path, "--only", "0155")
    assert hoering("verify", tmp_path).returncode == 0
    letter = next(tmp_path.rglob("*.docx"))
    letter.write_bytes(letter.read_bytes() + b"\0")
    done = hoering("verify", tmp_path)
    assert done.returncode == 6 and "brev-aendret" in done.stdout and "dragoer" in done.stdout


def test_trace_names_ministry_package_and_version_of_each_condition(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """Every condition of a letter as written is unchanged and found by its mark."""
    hoering("letters", sample_case, "--out", tmp_path)
    for letter in tmp_path.rglob("*.docx"):
        traced = json.loads(hoering("trace", letter, "--format", "json").stdout)
        assert traced
        assert {(one["state"], one["found_by"]) for one in traced} == {("uaendret", "maerke")}
        assert all(one["package"] == f"hoering-{one['ministry']}" and one["version"] for one in traced)


def test_the_shipped_template_is_fit_and_its_fields_are_listed(hoering: Run) -> None:
    """The contract is printed with meanings, and the program's own template keeps it."""
    from hoering_plugin.letter.templates import template_path

    assert hoering("template", "check", template_path()).returncode == 0
    assert len(json.loads(hoering("template", "fields", "--format", "json").stdout)) > 20


@pytest.mark.parametrize("what", [["list"], ["show", "mim"], ["conditions"]])
def test_ministries_are_shown_by_date(hoering: Run, what: list[str]) -> None:
    """The name is the one of the date, for people and for machines."""
    for shape in ("text", "json"):
        done = hoering("ministries", *what, "--on", "2020-12-01", "--format", shape)
        assert done.returncode == 0, done.stderr
        assert "mim" in done.stdout
    assert "Miljøministeriet" in hoering("ministries", "list", "--on", "2020-12-01").stdout
    assert "Miljø- og Fødevareministeriet" in hoering("ministries", "list", "--on", "2020-11-18").stdout


def test_an_unknown_ministry_is_wrong_usage(hoering: Run) -> None:
    """The message names those that are there."""
    done = hoering("ministries", "show", "findes-ikke")
    assert done.returncode == 2 and "mim" in done.stderr


def test_a_fault_in_the_program_is_10_with_an_id_and_no_traceback() -> None:
    """Whatever breaks, a person gets a message in Danish and a number to give on."""
    code = (
        "import hoering_plugin.cli as cli\n"
        "cli._COMMANDS['findes_ikke'] = ''\n"
        "cli.main(['findes_ikke', '.'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 10
    assert "Fejl-id" in done.stderr and "Traceback" not in done.stderr


def test_an_interrupt_is_130(tmp_path: Path) -> None:
    """Ctrl-C while a slow drive is read ends the command with a word and no traceback."""
    slow = tmp_path / "manifest.json"
    os.mkfifo(slow)
    command = [sys.executable, "-m", "hoering_plugin", "verify", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        pipe = opened_by_reader(slow)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    os.close(pipe)
    assert process.returncode == 130
    assert "Afbrudt" in err and "Traceback" not in err


def opened_by_reader(pipe: Path) -> int:
    """The pipe, opened for writing as soon as somebody reads from it; fails if nobody does."""
    for _ in range(200):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    pytest.fail("nobody read the pipe")
