"""Names of files and folders are ASCII, short, and never another case's by chance."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoering_plugin.delivery.names import MAX_SLUG, is_stray, is_too_long, letter_file, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-9776", "2020-9776"),
        ("2020 / 9776", "2020-9776"),
        ("Dragør", "dragoer"),
        ("Tårnby", "taarnby"),
        ("Ishøj", "ishoej"),
        ("Ærø Å", "aeroe-aa"),
        ("Tårnby", "taarnby"),
        ("Con", "con-sag"),
    ],
)
def test_a_slug_spells_danish_letters_out(text: str, expected: str) -> None:
    """Danish letters become two, everything else that isn't a letter or digit becomes one hyphen."""
    assert slug(text) == expected


@given(st.text())
def test_a_slug_can_always_name_a_file(text: str) -> None:
    """Any text gives a short ASCII name without path separators, or is refused."""
    try:
        made = slug(text)
    except ValueError:
        return
    assert made.isascii() and made == made.lower() and 0 < len(made) <= MAX_SLUG + 4
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made


def test_a_letter_is_named_by_case_code_and_municipality() -> None:
    """The name sorts by case and tells a person which letter it is."""
    assert letter_file("2020-9776", "0155", "Dragør") == "2020-9776-0155-dragoer.docx"


@pytest.mark.parametrize(
    "name", ["~$sag.xlsx", "desktop.ini", "Thumbs.db", ".sag.json", "sag.tmp", "~WRL1.tmp"]
)
def test_office_and_system_files_are_no_cases(name: str) -> None:
    """A folder of cases that lies on a desktop holds other files too."""
    assert is_stray(name)
    assert not is_stray("sag.json")


def test_a_path_of_260_units_is_too_long_for_windows() -> None:
    """Windows counts UTF-16 units: a letter outside the first plane counts for two."""
    assert not is_too_long(PurePosixPath("a" * 259))
    assert is_too_long(PurePosixPath("a" * 260))
    assert is_too_long(PurePosixPath("a" * 258 + "\U0001f600"))
