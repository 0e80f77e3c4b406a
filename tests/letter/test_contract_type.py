"""A contract says what a template may use, and can show itself."""

from __future__ import annotations

import pytest

from hoering_plugin.letter.contract_type import Contract, Entry, Shape, flag, record, rows, text, texts

CONTRACT = Contract(
    (
        record("sag", "Sagen", text("nummer", "Sagsnummeret", "2020-9776")),
        rows(
            "vilkaar",
            "Vilkårene",
            texts("frister", "Fristerne", "straks", "senere"),
            flag("nyt", "Om det er nyt"),
        ),
    )
)


def test_every_name_is_listed_with_its_path() -> None:
    """Parents before children; ``[]`` marks the rows of a list."""
    assert list(CONTRACT.entries()) == [
        Entry("sag", Shape.RECORD, "Sagen", ""),
        Entry("sag.nummer", Shape.TEXT, "Sagsnummeret", "2020-9776"),
        Entry("vilkaar", Shape.ROWS, "Vilkårene", ""),
        Entry("vilkaar[].frister", Shape.TEXTS, "Fristerne", "straks, senere"),
        Entry("vilkaar[].nyt", Shape.FLAG, "Om det er nyt", "ja"),
    ]


def test_an_example_keeps_the_contract() -> None:
    """The examples make a context that a template can be tried with."""
    row = {"frister": ["straks", "senere"], "nyt": True}
    assert CONTRACT.example() == {"sag": {"nummer": "2020-9776"}, "vilkaar": [row, row]}


@pytest.mark.parametrize("name", ["items", "loop", "_skjult", "to ord", "årstal", "1a"])
def test_a_name_that_jinja_would_read_otherwise_is_refused(name: str) -> None:
    """Methods of mappings, ``loop``, and what is no ASCII identifier."""
    with pytest.raises(ValueError, match=r"placeholder|Jinja"):
        text(name, "", "")
