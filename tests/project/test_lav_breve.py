"""``Lav breve.cmd``, as far as it can be tried without Windows: what its shell is known to trip over."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "Lav breve.cmd"
DATA = FILE.read_bytes()
LINES = DATA.decode("utf-8").splitlines()


def test_its_lines_end_as_windows_wants_them() -> None:
    """A batch file with bare line feeds loses its labels."""
    assert DATA.count(b"\r\n") == DATA.count(b"\n") > 10
    assert not DATA.startswith(b"\xef\xbb\xbf")


def test_every_path_is_quoted_and_nothing_in_it_is_expanded_again() -> None:
    """Spaces, &, ! and Danish letters in a folder's name are common."""
    assert any("DisableDelayedExpansion" in line for line in LINES)
    for line in LINES:
        for found in re.finditer(r"%(~\w*1|~dp0\S*|HOERING%|~dp1\w*)", line):
            before = line[: found.start()]
            assert before.count('"') % 2 == 1, line


def test_the_window_stays_and_every_label_is_there() -> None:
    """Whatever happened, a person can read it."""
    assert LINES[-1].strip() == "pause"
    for label in {match[1] for line in LINES for match in re.finditer(r"goto (\w+)", line)}:
        assert f":{label}" in LINES


def test_it_speaks_of_the_exit_codes_a_caseworker_meets() -> None:
    """Each with what to do."""
    assert {code for line in LINES for code in re.findall(r'"%KODE%"=="(\d+)" echo', line)} >= {
        "0",
        "1",
        "3",
        "4",
        "5",
    }
