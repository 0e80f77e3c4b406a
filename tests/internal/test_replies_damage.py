"""A register that was damaged, signed or filled up is left alone; an odd text harms no workbook."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hoering_plugin.internal.replies_book import KEY, NotOurs, Row, added, register
from hoering_plugin.internal.rows import replaced

SHEET = "xl/worksheets/sheet1.xml"


def rows(count: int, text: str = "tekst") -> list[Row]:
    """So many rows of one municipality."""
    return [{"Kommune": "Dragør", "Vilkår nr.": n, "Vilkår": text, KEY: f"0155/k{n}"} for n in range(count)]


BOOK = register(rows(20))


def member(book: bytes, name: str = SHEET) -> bytes:
    """A member of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name)


def with_sheet(xml: bytes) -> bytes:
    """The register with another sheet."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        return replaced(archive, {SHEET: xml})


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes_give_a_word_and_no_traceback(changes: list[tuple[int, int]]) -> None:
    """Whatever a drive did to the file, rows are added to it whole or it is said why not."""
    damaged = bytearray(BOOK)
    for at, byte in changes:
        damaged[at] = byte
    try:
        data = added(bytes(damaged), rows(30))
    except NotOurs:
        return
    if data is not None:
        assert load_workbook(io.BytesIO(data))["Svar"].max_row == 31


@pytest.mark.parametrize("number", [b"x", b"1048576", b"99999999999"])
def test_a_sheet_without_room_or_sense_is_left_alone(number: bytes) -> None:
    """Excel ends at row 1,048,576, and what isn't a number is no row."""
    xml = member(BOOK).replace(b'<row r="21"', b'<row r="' + number + b'"', 1)
    with pytest.raises(NotOurs):
        added(with_sheet(xml), rows(30))


def test_a_signed_register_keeps_its_signature() -> None:
    """A row more would break it."""
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<a/>")
    with pytest.raises(NotOurs, match="underskrevet"):
        added(out.getvalue(), rows(30))


def test_rows_that_are_added_are_filtered_and_counted_with_the_rest() -> None:
    """The filter reaches further than the rows, in the sheet and in the workbook alike; the size is right."""
    data = added(BOOK, rows(30))
    assert data is not None and added(data, rows(30)) is None
    ws = load_workbook(io.BytesIO(data))["Svar"]
    assert ws.auto_filter.ref == "A1:J20000" and ws.max_row == 31
    assert b"$A$1:$J$20000" in member(data, "xl/workbook.xml")
    assert re.search(rb'<dimension ref="A1:J31"', member(data))
    without = re.sub(rb'<row r="(2[2-9]|3[01])".*?</row>', b"", member(data))
    assert without.replace(b"A1:J31", b"A1:J21") == member(BOOK)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x0bb\x00c", "a\ufffdb\ufffdc"), ("\ud800", "\ufffd"), ("\uffff", "\ufffd"), ("<&>", "<&>")],
)
def test_what_a_workbook_cannot_hold_is_shown_as_missing(text: str, shown: str) -> None:
    """A control character from a package's message doesn't make the workbook one that Excel repairs."""
    assert load_workbook(io.BytesIO(register(rows(1, text))))["Svar"]["E2"].value == shown


def test_a_text_too_long_for_a_cell_is_cut_and_shows_it() -> None:
    """Excel repairs a workbook with more than 32,767 units in a cell."""
    value = load_workbook(io.BytesIO(register(rows(1, "𝔸" * 40_000))))["Svar"]["E2"].value
    assert value.endswith("𝔸 […]") and len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_key_that_looks_like_a_code_of_excels_is_known_again() -> None:
    """Excel reads ``_x0041_`` as A; coded, it stays what it is, and its row isn't added twice."""
    coded: list[Row] = [{"Vilkår": "_x0041_", KEY: "0155/_x0041_"}]
    book = register(coded)
    assert b"_x005F_x0041_" in member(book)
    assert added(book, coded) is None
