"""A slip of the hand on the command line is told in Danish."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("letters", "Der mangler 'SAG...'."),
        ("letters sag.json", "Der mangler optionen '--out'."),
        ("letters sag.json --uot x", "Der er ingen option '--uot'. (Mente du en af: "),
        ("leters", "Der er ingen kommando 'leters'"),
        ("letters sag.json --out", "Optionen '--out' skal have en værdi efter sig."),
        ("letters sag.json --out x --format pdf", "'--format': kan ikke være 'pdf', kun"),
        ("letters sag.json --out x --jobs nul", "'--jobs': 'nul' er ikke et helt tal."),
        ("letters sag.json --out x --jobs 0", "'--jobs': kan ikke være 0"),
        ("ministries list --on i-dag", "'--on': 'i-dag' er ikke en dato skrevet som åååå-mm-dd."),
        ("trace a b c", "Der står for meget på linjen"),
        ("letters sag.json --out x --dry-run=ja", "Optionen '--dry-run' har ingen værdi."),
    ],
)
def test_wrong_usage_is_told_in_danish(line: str, said: str, hoering: Run) -> None:
    """Exit code 2, what is wrong, and where the help is."""
    done = hoering(*line.split())
    assert done.returncode == 2
    assert said in done.stderr and "--help«" in done.stderr
    assert not any(word in done.stderr for word in ("Missing", "such", "Invalid", "argument", "value"))


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of a POSIX shell")
def test_a_reader_that_has_had_enough_is_no_fault() -> None:
    """``hoering ministries conditions | head -1`` ends quietly."""
    command = f"{sys.executable} -m hoering_plugin ministries conditions; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | head -1"], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == "0\n"
