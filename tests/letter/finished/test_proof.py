"""The proof finds each way in which a letter can fail to say what its draft says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoering_plugin.letter.proof import normal, prove
from hoering_plugin.letter.text import letter_text
from hoering_plugin.model.draft import Draft

PAIR = ("0155", "0185")
NAMES = ("Første vilkår om æ & <ø>.", "Andet vilkår, den 1.\u00a0maj 2021.", "Tredje vilkår.")


@pytest.fixture(scope="module")
def draft(paper: SimpleNamespace) -> Draft:
    """Three conditions and one request."""
    case = paper.case({"social": "0185"}, PAIR)
    made: Draft = paper.draft(
        case, conditions=tuple(paper.condition(n, PAIR, (1,), text) for n, text in enumerate(NAMES, 1))
    )
    return made


def line(word: SimpleNamespace, place: int, text: str, number: str = "", *, ident: int = 0) -> str:
    """A paragraph with a condition in its content control."""
    inside = word.control(f"vilkaar-{place}", word.run(text), number=ident or 100 + place)
    return f"<w:p>{word.run(f'Vilkår {number or place}. ')}{inside}</w:p>"


def request(word: SimpleNamespace, text: str = "Opgave om social", place: int = 1) -> str:
    """A table with a request in its content control."""
    inside = f"<w:p>{word.control(f'oenske-{place}', word.run(text), number=200 + place)}</w:p>"
    table: str = word.table(word.row(str(place), word.cell(inside)))
    return table


def letter(
    word: SimpleNamespace, texts: Sequence[str] = NAMES, *more: str, table: str | None = None
) -> bytes:
    """A letter with a request and conditions."""
    lines = (line(word, place, text) for place, text in enumerate(texts, 1))
    made: bytes = word.document(request(word) if table is None else table, *lines, *more)
    return made


def ids(data: bytes, draft: Draft, **named: Sequence[str]) -> list[str]:
    """The ids of what the proof finds."""
    return [finding.id for finding in prove(data, draft, **named)]


def test_a_whole_letter_is_proved(word: SimpleNamespace, draft: Draft) -> None:
    """Every request and condition once, in order, word for word: nothing to say."""
    assert prove(letter(word), draft) == ()


def test_line_breaks_and_spaces_in_a_row_are_one_space(word: SimpleNamespace, draft: Draft) -> None:
    """How a text is broken over lines is Word's, what it says is the ministry's."""
    spaced = [text.replace(" ", "  ", 1) for text in NAMES]
    assert prove(letter(word, spaced), draft) == ()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (NAMES[:2], ["bevis-mangler"]),
        ((), ["bevis-mangler"] * 3),
        ((*NAMES, NAMES[1]), ["bevis-gentaget"]),
        ((NAMES[1], NAMES[0], NAMES[2]), ["bevis-raekkefoelge"] * 2),
        ((*NAMES, "Et vilkår, ingen har stillet."), ["bevis-fremmed"]),
        ((NAMES[0], NAMES[1], "Tredje vilkaar."), ["bevis-aendret"]),
        ((NAMES[0], NAMES[1].replace("\u00a0", " "), NAMES[2]), ["bevis-aendret"]),
        ((NAMES[0], NAMES[1], "Vilkår 3. " + NAMES[2]), ["bevis-aendret"]),
        ((NAMES[0], NAMES[0], NAMES[2]), ["bevis-gentaget", "bevis-mangler"]),
    ],
    ids=["one lost", "all lost", "twice", "swapped", "foreign", "a letter", "a space", "too much", "instead"],
)
def test_conditions_are_said_once_in_order_and_word_for_word(
    word: SimpleNamespace, draft: Draft, texts: Sequence[str], expected: list[str]
) -> None:
    """Whatever is lost, repeated, moved or changed is found."""
    assert ids(letter(word, texts), draft) == expected


def test_a_request_that_is_lost_or_changed_is_found(word: SimpleNamespace, draft: Draft) -> None:
    """The table is proved as the conditions are."""
    assert ids(letter(word, table=""), draft) == ["bevis-mangler"]
    assert ids(letter(word, table=request(word, "Opgave om noget andet")), draft) == ["bevis-aendret"]


def test_a_condition_under_another_number_is_found(word: SimpleNamespace, draft: Draft) -> None:
    """»Vilkår 12« is not condition 2."""
    lines = [line(word, 1, NAMES[0]), line(word, 2, NAMES[1], "12"), line(word, 3, NAMES[2])]
    assert ids(word.document(request(word), *lines), draft) == ["bevis-nummer"]


def _body(mark: str) -> Callable[[SimpleNamespace], str]:
    return lambda word: str(word.paragraph(mark))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (_body("Kære {{ navn }}"), "bevis-rest"),
        (_body("{% if x %}"), "bevis-rest"),
        (lambda word: f"<w:p>{word.run('{')}{word.run('{ delt }}')}</w:p>", "bevis-rest"),
        (lambda _: "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", "bevis-skjult"),
        (lambda word: f'<w:p><w:ins w:id="1">{word.run("x")}</w:ins></w:p>', "bevis-skjult"),
        (lambda word: line(word, 9, "x", ident=101).replace("vilkaar-9", "andet"), "bevis-id"),
        (lambda word: word.table(), "bevis-tabel"),
        (lambda word: word.table(word.row("en")), "bevis-tabel"),
        (lambda word: word.table("<w:tr><w:tc/><w:tc><w:p/></w:tc></w:tr>"), "bevis-tabel"),
    ],
    ids=["print", "block", "split", "hidden", "revision", "id", "no rows", "short row", "bare cell"],
)
def test_what_no_letter_may_hold_is_found(
    word: SimpleNamespace, draft: Draft, more: Callable[[SimpleNamespace], str], expected: str
) -> None:
    """Rests of the template, hidden text, revisions, ids used twice, tables in pieces."""
    assert ids(letter(word, NAMES, more(word)), draft) == [expected]


def test_braces_that_were_given_are_no_rest(word: SimpleNamespace, draft: Draft) -> None:
    """A name that looks like a placeholder is data; the same beside it is not."""
    data = letter(word, NAMES, word.paragraph("Sagen »{{ x }}«"))
    assert ids(data, draft, given=["{{ x }}"]) == []
    assert ids(data, draft) == ["bevis-rest"]


@pytest.mark.parametrize("data", [b"", b"PK", b"noget andet"])
def test_what_is_no_word_file_is_said_to_be_none(draft: Draft, data: bytes) -> None:
    """A broken file is a finding like any other."""
    assert ids(data, draft) == ["bevis-ikke-hel"]


def test_a_letter_cut_short_is_found(word: SimpleNamespace, draft: Draft) -> None:
    """No part of a letter can be cut off and go unseen."""
    whole = letter(word)
    assert all(ids(whole[:end], draft) for end in range(0, len(whole), 97))


@given(st.text())
def test_bringing_a_text_into_normal_form_again_changes_nothing(text: str) -> None:
    """The form compared is one form."""
    assert normal(normal(text)) == normal(text)


def test_the_text_of_a_letter_has_its_headings_and_rows(word: SimpleNamespace) -> None:
    """Plain text with a mark for what Word shows by form."""
    data = word.document(word.paragraph("Kære", " alle"), word.table(word.row("1", "Rotter")))
    assert letter_text(data).endswith("Kære alle\n\n| 1 | Rotter |\n")
