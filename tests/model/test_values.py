"""What a value in the model accepts and what it refuses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from hoering_plugin.model.law import TaskArea, shipped_law
from hoering_plugin.model.ministry import Period
from hoering_plugin.model.values import Cvr, Date, MunicipalityCode, Text

TEXT: TypeAdapter[str] = TypeAdapter(Text)


@given(st.text())
def test_text_that_is_accepted_can_stand_in_a_letter(text: str) -> None:
    """Accepted text is NFC, is XML, is UTF-8, and has no white space around it."""
    try:
        accepted = TEXT.validate_python(text)
    except ValidationError:
        return
    element = etree.Element("t")
    element.text = accepted
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == accepted
    assert unicodedata.is_normalized("NFC", accepted)
    assert accepted == accepted.strip() != ""


@pytest.mark.parametrize(
    "bad", ["\x0b", "a\x00b", "\ud800", "a\u202eb", "\ufffe", "en\nto", "", "  ", 5, None]
)
def test_what_is_no_text_is_refused(bad: object) -> None:
    """Control characters, lone surrogates, turned direction, empty text and numbers are no text."""
    with pytest.raises(ValidationError):
        TEXT.validate_python(bad)


@pytest.mark.parametrize(
    "bad", ["31-02-2020", "2020-02-31", "2020-2-1", 20200201, 0, "i dag", "２０２０-01-01"]
)
def test_a_date_is_a_day_that_exists(bad: object) -> None:
    """A date is written yyyy-mm-dd, with a day that the month has."""
    with pytest.raises(ValidationError):
        TypeAdapter(Date).validate_python(bad)


@pytest.mark.parametrize("bad", [155, "155", "00155", "015a", "٠١٥٥"])
def test_a_municipality_s_code_is_four_digits_as_text(bad: object) -> None:
    """155 as a number has lost its zero and is refused, not mended."""
    with pytest.raises(ValidationError):
        TypeAdapter(MunicipalityCode).validate_python(bad)


def test_a_cvr_number_has_its_check_digit() -> None:
    """One wrong digit is seen."""
    assert TypeAdapter(Cvr).validate_python("12881517") == "12881517"
    with pytest.raises(ValidationError):
        TypeAdapter(Cvr).validate_python("12881518")


def test_a_period_includes_both_its_days() -> None:
    """A name until 18 November and one from 19 November meet without a gap or an overlap."""
    before, after = Period.model_validate({"til": "2020-11-18"}), Period.model_validate({"fra": "2020-11-19"})
    assert not before.overlaps(after)
    assert before.end is not None
    assert before.covers(before.end)
    assert not after.covers(before.end)


def test_every_provision_has_a_source_and_no_key_is_used_twice() -> None:
    """Nothing is cited without where it was read; sundhedsloven is § 140, never the bill's § 141."""
    law = shipped_law()
    keys = [provision.key for provision in law.provisions]
    assert len(keys) == len(set(keys))
    assert all(provision.source for provision in law.provisions)
    assert "sundhedsloven-140" in keys
    assert {text.area for text in law.areas} == set(TaskArea)
