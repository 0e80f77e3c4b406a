"""Danish as officials write it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoering_plugin import danish
from hoering_plugin.model.ministry import Notice


def spaced(text: str) -> str:
    """The text with no-break spaces made visible."""
    return text.replace(danish.NBSP, "~")


def test_a_date_in_prose_is_long_and_holds_together() -> None:
    """In prose a date is written out, and a line never breaks inside it."""
    assert spaced(danish.long_date(dt.date(2020, 12, 1))) == "1.~december~2020"


def test_a_date_in_the_header_block_is_numeric() -> None:
    """In the header block a date is dd-mm-yyyy."""
    assert danish.numeric_date(dt.date(2020, 12, 1)) == "01-12-2020"


def test_the_deadline_s_weekday_and_hour_are_danish() -> None:
    """The deadline of the 2020 case is a Monday at 12.00."""
    assert danish.weekday(dt.date(2021, 2, 8)) == "mandag"
    assert danish.clock(dt.time(12)) == "12.00"


@pytest.mark.parametrize(
    ("values", "shown"),
    [([1], "1"), ([2, 1], "1 og 2"), ([1, 2, 3, 4, 6], "1-4 og 6"), ([1, 3, 4], "1, 3 og 4"), ([], "")],
)
def test_numbers_in_a_row_are_drawn_together(values: list[int], shown: str) -> None:
    """Three numbers or more in a row are written with a dash, two are not."""
    assert danish.numbers(values) == shown


def test_danish_letters_come_last_and_aa_is_aa() -> None:
    """The order is æ, ø, å after z, and aa sorts as å."""
    towns = ["Aarhus", "Ærø", "Zealand", "Øster", "Vejle", "Aalborg", "Albertslund"]
    assert sorted(towns, key=danish.sort_key) == [
        "Albertslund",
        "Vejle",
        "Zealand",
        "Ærø",
        "Øster",
        "Aalborg",
        "Aarhus",
    ]


@pytest.mark.parametrize(
    ("plain", "held"),
    [
        ("§ 11 a, stk. 3", "§~11~a, stk.~3"),
        ("nr. 2, litra f", "nr.~2, litra~f"),
        ("den 8. februar 2021 kl. 12.00", "den 8.~februar~2021 kl.~12.00"),
        ("mindst 2 måneder og 15 vilkår", "mindst 2~måneder og 15~vilkår"),
        ("§ 112 i lov om social service", "§~112 i lov om social service"),
    ],
)
def test_what_belongs_together_never_breaks(plain: str, held: str) -> None:
    """No line breaks after §, stk., nr. and the like, in a date, or before a unit."""
    assert spaced(danish.hold_together(plain)) == held


@given(st.text())
def test_holding_together_changes_nothing_but_spaces(text: str) -> None:
    """A reader sees the same words, and doing it again changes nothing."""
    once = danish.hold_together(text)
    assert once.replace(danish.NBSP, " ") == text.replace(danish.NBSP, " ")
    assert danish.hold_together(once) == once


@pytest.mark.parametrize(
    ("count", "unit", "shown"),
    [(1, "uger", "1~uge"), (4, "uger", "4~uger"), (1, "maaneder", "1~måned"), (30, "dage", "30~dage")],
)
def test_a_notice_is_one_or_many(count: int, unit: str, shown: str) -> None:
    """One week, four weeks."""
    assert spaced(danish.notice(Notice.model_validate({"antal": count, "enhed": unit}))) == shown


def test_numbers_are_grouped_with_full_stops() -> None:
    """A million has two full stops."""
    assert danish.number(1_000_000) == "1.000.000"
