"""The helpers that ministries test with."""

from __future__ import annotations

import datetime as dt

import pytest

from hoering_plugin import load_ministries
from hoering_plugin.testing import case_with, letter_text_of


def test_a_case_in_one_line_asks_for_what_it_names() -> None:
    """One request for each provision, dated as wanted."""
    case = case_with("serviceloven-85", "vandloeb", ministry="sim", on=dt.date(2021, 2, 1))
    assert [request.provisions for request in case.requests] == [("serviceloven-85",), ("vandloeb",)]
    assert case.letter_date == dt.date(2021, 2, 1)
    with pytest.raises(KeyError):
        case_with("findes-ikke")


def test_the_text_of_the_letter_is_the_whole_letter() -> None:
    """With the ministry's conditions in it."""
    text = letter_text_of(case_with("serviceloven-85", ministry="sim"), "0155", load_ministries())
    assert "Udkast til tilladelse" in text and "ny afgørelse i den enkelte sag" in text
