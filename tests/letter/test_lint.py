"""The lint finds everything wrong with a template at once, and what it accepts renders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hoering_plugin.findings import Finding
from hoering_plugin.letter.contract_type import (
    Contract,
    Field,
    Shape,
    flag,
    number,
    record,
    rows,
    text,
    texts,
)
from hoering_plugin.letter.lint import check_template
from hoering_plugin.letter.template import Template

CONTRACT = Contract(
    (
        text("navn", "Kommunens navn", "Dragør"),
        number("antal", "Antal vilkår", 15),
        flag("eksempel", "Om brevet er et eksempel"),
        record(
            "sag", "Sagen", text("nummer", "Sagsnummeret", "2020-9776"), flag("lukket", "Om den er lukket")
        ),
        rows(
            "vilkaar",
            "Vilkårene",
            number("nr", "Nummeret", 1),
            text("tekst", "Teksten", "…"),
            never_empty=True,
        ),
        rows(
            "oensker",
            "Ønskerne",
            text("opgave", "Opgaven", "Rotter"),
            texts("hjemler", "Hjemler", "§ 1", "§ 2"),
        ),
        texts("bilag", "Bilagene", "Bilag 1"),
    )
)

WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="x/{}" Target="http://x/a" TargetMode="External"/></Relationships>'
)

Build = Callable[[SimpleNamespace], str]


def found(data: bytes, **options: Any) -> list[tuple[str, str]]:
    """The id and place of each finding."""
    return [(one.id, one.place.path) for one in check_template(data, **options)]


def p(*texts_: str) -> Build:
    """Paragraphs, when the builders are at hand."""
    return lambda word: "".join(map(word.paragraph, texts_))


def in_table(*rows_: tuple[str, ...]) -> Build:
    """A table, when the builders are at hand."""
    return lambda word: word.table(*(word.row(*cells) for cells in rows_))


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (p("{{ navn | }}"), ("skabelon-syntaks", "1. afsnit")),
        (p("{{ navn|uper }}"), ("skabelon-filter", "1. afsnit")),
        (p("x", "{{ „navn“ }}"), ("skabelon-anfoersel", "2. afsnit")),
        (p("{{ »navn« }}"), ("skabelon-anfoersel", "1. afsnit")),
        (p("{% if antal – 1 %}x{% endif %}"), ("skabelon-anfoersel", "1. afsnit")),
        (p("{{ navn }"), ("skabelon-maerke-halvt", "1. afsnit")),
        (p("navn }}"), ("skabelon-maerke-halvt", "1. afsnit")),
        (p("{% if eksempel %}"), ("skabelon-blok-aaben", "1. afsnit")),
        (p("x{% endfor %}"), ("skabelon-blok-ubegyndt", "1. afsnit")),
        (
            p("{% if eksempel %}{% for b in bilag %}{% endif %}{% endfor %}"),
            ("skabelon-blok-forkert", "1. afsnit"),
        ),
        (p("{%p endfro %}"), ("skabelon-ordre", "1. afsnit")),
        (p("{% p if eksempel %}"), ("skabelon-ordre", "1. afsnit")),
        (p("x", "{%tr if eksempel %}"), ("skabelon-uden-for-tabel", "2. afsnit")),
        (p("{%p if antal % 2 %}", "{%p endif %}"), ("skabelon-procent", "1. afsnit")),
        (p("{% include 'x' %}"), ("skabelon-andre-filer", "1. afsnit")),
        (
            in_table(("{% if eksempel %}", "b{% endif %}")),
            ("skabelon-blok-krydser", "tabel 1, række 1, celle 2"),
        ),
        (p("{% if eksempel %}a", "b{% endif %}"), ("skabelon-blok-afsnit", "2. afsnit")),
        (p("{%p if eksempel %}", "b{% endif %}"), ("skabelon-blok-forskel", "2. afsnit")),
        (p("{%p if eksempel %} tabt", "{%p endif %}"), ("skabelon-tekst-tabt", "1. afsnit")),
        (
            in_table(("{%tr for v in oensker %}", ""), ("a", "b"), ("{%tr endfor %}", "")),
            ("skabelon-tabel-tom", "tabel 1 (indlejrede talt med)"),
        ),
        (
            lambda w: w.table(
                w.row(w.cell(w.paragraph("{%p if eksempel %}"), "a", w.paragraph("{%p endif %}")))
            ),
            ("skabelon-celle-tom", "tabel 1 (indlejrede talt med)"),
        ),
        (p("{{ nvan }}"), ("skabelon-navn", "1. afsnit")),
        (p("{{ sag.numer }}"), ("skabelon-navn", "1. afsnit")),
        (p("{{ sag['numer'] }}"), ("skabelon-navn", "1. afsnit")),
        (p("{% for v in vilkaar %}{{ v.teskt }}{% endfor %}"), ("skabelon-navn", "1. afsnit")),
        (p("{% for v in vilkaar %}{% endfor %}{{ v.tekst }}"), ("skabelon-navn", "1. afsnit")),
        (p("{{ sag }}"), ("skabelon-udskrift", "1. afsnit")),
        (p("{{ vilkaar }}"), ("skabelon-udskrift", "1. afsnit")),
        (p("{{ eksempel }}"), ("skabelon-udskrift", "1. afsnit")),
        (p("{% for v in navn %}x{% endfor %}"), ("skabelon-liste", "1. afsnit")),
    ],
)
def test_a_fault_is_found_at_its_place(
    word: SimpleNamespace, build: Build, expected: tuple[str, str]
) -> None:
    """Each kind of fault has its own id, and the place where a person can find it in Word."""
    assert expected in found(word.document(build(word)), contract=CONTRACT)


def test_all_faults_are_found_at_once(word: SimpleNamespace) -> None:
    """One run tells of every part, also beside syntax errors."""
    data = word.document(
        word.paragraph("{{ navn | }} {{ nvan }}"),
        word.paragraph("{% endif %}"),
        header=word.paragraph("{{ hovde }}"),
        footnotes=f'<w:footnote w:id="2">{word.paragraph("{{ note }}")}</w:footnote>',
        properties={"title": "{{ titel }}"},
    )
    assert set(found(data, contract=CONTRACT)) == {
        ("skabelon-syntaks", "1. afsnit"),
        ("skabelon-navn", "1. afsnit"),
        ("skabelon-blok-ubegyndt", "2. afsnit"),
        ("skabelon-navn", "sidehoved, 1. afsnit"),
        ("skabelon-navn", "fodnote 2"),
        ("skabelon-navn", "dokumentegenskaben title"),
    }


def test_a_table_over_a_list_that_is_never_empty_is_whole(word: SimpleNamespace) -> None:
    """The contract may promise that a list has rows."""
    data = word.document(
        in_table(("{%tr for v in vilkaar %}", ""), ("{{ v.nr }}", "b"), ("{%tr endfor %}", ""))(word)
    )
    assert found(data, contract=CONTRACT) == []
    assert ("skabelon-tabel-tom", "tabel 1 (indlejrede talt med)") in found(data)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"word/vbaProject.bin": b"x"}, "skabelon-makro"),
        ({"word/embeddings/a.xlsx": b"x"}, "skabelon-indlejret"),
        ({"word/_rels/settings.xml.rels": RELATIONS.format("attachedTemplate")}, "skabelon-tilknyttet"),
        ({"word/_rels/x.xml.rels": RELATIONS.format("image")}, "skabelon-ekstern"),
        (
            {"word/settings.xml": f'<w:settings {WML}><w:updateFields w:val="true"/></w:settings>'},
            "skabelon-felter-opdateres",
        ),
        (
            {"word/comments.xml": f'<w:comments {WML}><w:comment w:id="1"/></w:comments>'},
            "skabelon-kommentarer",
        ),
        (
            {"word/endnotes.xml": f"<w:endnotes {WML}><w:t>{{{{ navn }}}}</w:t></w:endnotes>"},
            "skabelon-ikke-flettet",
        ),
    ],
)
def test_what_a_letter_must_not_carry_is_found(
    word: SimpleNamespace, members: dict[str, Any], expected: str
) -> None:
    """Macros, embedded files, outside content, self-updating fields, comments, unfilled placeholders."""
    assert expected in [one for one, _ in found(word.document(word.paragraph("x"), members=members))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<w:p><w:fldSimple w:instr=" DATE \\@ dd"/></w:p>', "skabelon-felt-skifter"),
        ("<w:p><w:r><w:instrText> TIME </w:instrText></w:r></w:p>", "skabelon-felt-skifter"),
        ('<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>', "skabelon-rettelser"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", "skabelon-skjult"),
    ],
)
def test_text_that_changes_or_was_changed_is_found(word: SimpleNamespace, body: str, expected: str) -> None:
    """Fields that show another day's date, and tracked changes."""
    assert [expected] == [one for one, _ in found(word.document(body))]


def test_page_numbers_and_links_are_no_fault(word: SimpleNamespace) -> None:
    """PAGE is not the reader's clock, and a hyperlink fetches nothing."""
    page = '<w:p><w:fldSimple w:instr=" PAGE "/></w:p>'
    assert found(word.document(page, word.paragraph("fri tekst"))) == []


def test_a_letter_template_must_be_provable_and_accessible(word: SimpleNamespace) -> None:
    """Controls, title, language, headings and allowed constructs are asked of a letter's template only."""
    data = word.document(word.paragraph("{{ range(3) }}"))
    assert found(data) == []
    assert {one for one, _ in found(data, restricted=True)} == {
        "skabelon-titel",
        "skabelon-sprog",
        "skabelon-uden-kontroller",
        "skabelon-konstruktion",
    }


def test_findings_name_the_file(word: SimpleNamespace, tmp_path: Path) -> None:
    """Also for a file that is no template at all."""
    good, bad = tmp_path / "god.docx", tmp_path / "daarlig.docx"
    good.write_bytes(word.document(word.paragraph("{{ nvan }}")))
    bad.write_bytes(b"hej")
    places = [one.place.file for path in (good, bad) for one in check_template(path, CONTRACT)]
    assert places == [str(good), str(bad)]


def test_every_message_can_be_shown(word: SimpleNamespace) -> None:
    """The words of a finding fit its values."""
    data = word.document(
        p("{{ nvan }} {{ navn | }} {% if – %}", "{%p for x in navn %}a", "{{ b }")(word),
        in_table(("{% if a %}", "{% endif %}"))(word),
    )
    findings: tuple[Finding, ...] = check_template(data, CONTRACT, restricted=True)
    assert all(finding.message and "{navn}" not in finding.message for finding in findings)


VALUES = {
    Shape.TEXT: st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=6
    ),
    Shape.NUMBER: st.integers(0, 99),
    Shape.FLAG: st.booleans(),
}


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Any value that keeps a field of the contract."""
    least = 1 if field.never_empty else 0
    match field.shape:
        case Shape.RECORD:
            return contexts(field.fields)
        case Shape.ROWS:
            return st.lists(contexts(field.fields), min_size=least, max_size=3)
        case Shape.TEXTS:
            return st.lists(VALUES[Shape.TEXT], min_size=least, max_size=3)
        case scalar:
            return VALUES[scalar]


def contexts(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Any data that keep these fields."""
    return st.fixed_dictionaries({field.name: values_of(field) for field in fields})


VALUE = st.sampled_from(
    [
        "navn",
        "antal",
        "eksempel",
        "sag.nummer",
        "sag",
        "v.tekst",
        "v.nr",
        "o.opgave",
        "h",
        "bilag",
        "vilkaar",
        "loop.index",
        "navn|upper",
        "antal|upper",
        "bilag|join(', ')",
        "vilkaar|length",
        "bilag|length",
        "antal|length",
        "navn if eksempel else antal",
        "navn or sag",
        "antal > 2",
        "navn > 2",
        "v.tekst == 1",
        "not sag",
        "'x'",
        "3",
    ]
)
LISTED = st.sampled_from(
    ["v in vilkaar", "o in oensker", "h in o.hjemler", "h in bilag", "v in navn", "v in antal"]
)
TAGS = st.recursive(
    VALUE.map("{{{{ {} }}}}".format) | st.just("tekst "),
    lambda inside: (
        st.tuples(VALUE, inside, inside).map(
            lambda t: f"{{% if {t[0]} %}}{t[1]}{{% else %}}{t[2]}{{% endif %}}"
        )
        | st.tuples(LISTED, inside).map(lambda t: f"{{% for {t[0]} %}}{t[1]}{{% endfor %}}")
        | st.tuples(inside, inside).map("".join)
    ),
    max_leaves=6,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(tags=TAGS, data=st.data())
def test_what_the_lint_accepts_renders_for_all_data_that_keep_the_contract(
    word: SimpleNamespace, tags: str, data: st.DataObject
) -> None:
    """Names, shapes, filters and comparisons that pass the lint never fail in a letter."""
    template = word.document(word.paragraph(tags))
    needed = {"skabelon-titel", "skabelon-sprog", "skabelon-uden-kontroller"}
    findings = check_template(template, CONTRACT, restricted=True)
    assume(all(finding.id in needed for finding in findings))
    Template(template, restricted=True).render(data.draw(contexts(CONTRACT.fields)))
