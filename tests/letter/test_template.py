"""What docxtpl loses without a word is an error that says where, or comes out right."""

from __future__ import annotations

import datetime as dt
import io
import os
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docxtpl import RichText
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from hoering_plugin.findings import ExitCode, Finding, SetupError
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.package import content_sha256, read_members
from hoering_plugin.letter.template import Template
from hoering_plugin.letter.templates import template_path


def fails(data: bytes, context: dict[str, Any], **options: Any) -> list[Finding]:
    """The findings of a rendering that must fail."""
    with pytest.raises(RenderError) as stopped:
        Template(data, **options).render(context)
    assert stopped.value.exit_code is ExitCode.INCOMPLETE
    return list(stopped.value.findings)


def refused(data: bytes, **options: Any) -> set[str]:
    """The ids of the findings for which a template is refused."""
    with pytest.raises(SetupError) as stopped:
        Template(data, **options)
    return {finding.id for finding in stopped.value.findings}


def test_every_undefined_name_is_reported_with_its_place_and_the_nearest_name(word: SimpleNamespace) -> None:
    """One rendering finds them all, in body, table, header, footnote and title."""
    data = word.document(
        word.paragraph("{{ kommune.nvan }}"),
        word.table(word.row("Nr.", "Navn"), word.row("{{ kommune.navn }}", "{{ nvan }}")),
        header=word.paragraph("fast") + word.paragraph("{{ sag.nummer }}"),
        footnotes=f'<w:footnote w:id="3">{word.paragraph("{{ note }}")}</w:footnote>',
        properties={"title": "{{ titel }}"},
    )
    found = fails(data, {"kommune": {"navn": "Dragør"}, "navn": "x"})
    assert [(dict(one.values)["navn"], one.place.path) for one in found] == [
        ("nvan", "1. afsnit"),
        ("nvan", "tabel 1, række 2, celle 2"),
        ("sag", "sidehoved, 2. afsnit"),
        ("note", "fodnote 3"),
        ("titel", "dokumentegenskaben title"),
    ]
    assert "Mente du »navn«?" in found[0].message
    assert "{{ kommune.nvan }}" in found[0].message


@pytest.mark.parametrize(
    "tag",
    [
        "{% if ukendt %}x{% endif %}",
        "{% for x in ukendt %}x{% endfor %}",
        "{{ ukendt.felt.dybt }}",
        "{{ ukendt + 1 }}",
        "{{ ukendt|upper }}",
        "{% if ukendt == 1 %}x{% endif %}",
        "{{ ukendt() }}",
        "{% if 1 in ukendt %}x{% endif %}",
    ],
)
def test_an_undefined_name_is_an_error_however_it_is_used(word: SimpleNamespace, tag: str) -> None:
    """Printing, testing, looping, comparing, calculating and calling are all found."""
    found = fails(word.document(word.paragraph(tag)), {})
    assert {one.id for one in found} == {"pladsholder-ukendt"}


def test_asking_whether_a_name_is_defined_is_no_error(word: SimpleNamespace) -> None:
    """``is defined`` and ``default`` are how a template says that a name may be missing."""
    data = word.document(word.paragraph("{% if x is defined %}a{% endif %}{{ x|default('b') }}"))
    assert word.texts(Template(data).render({})) == ["b"]


def test_an_undefined_name_is_empty_for_those_who_ask_for_it(word: SimpleNamespace) -> None:
    """``undefined="empty"`` is docxtpl's own behaviour."""
    data = word.document(word.paragraph("a{{ ukendt }}b"))
    assert word.texts(Template(data, undefined="empty").render({})) == ["ab"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ f.__globals__ }}",
        "{{ navne.append('x') }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include 'andet.docx' %}",
        "{{ range(10000000) }}",
    ],
)
def test_a_template_cannot_reach_the_program(word: SimpleNamespace, tag: str) -> None:
    """Internals of objects, changes to the data, other files and endless ranges are refused."""
    names: list[str] = []
    fails(word.document(word.paragraph(tag)), {"f": fails, "navne": names})
    assert names == []


@pytest.mark.parametrize("tag", ["{{ fil.read_text() }}", "{{ modul.getcwd() }}", "{{ fil.unlink() }}"])
def test_a_template_calls_nothing_but_plain_data_and_what_it_was_given(
    word: SimpleNamespace, tmp_path: Path, tag: str
) -> None:
    """Methods of other objects, and modules, are out of reach; functions given by name are not."""
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig")
    fails(word.document(word.paragraph(tag)), {"fil": secret, "modul": os})
    assert secret.exists()
    data = word.document(word.paragraph("{{ stor(navn) }} {{ navn.lower() }} {{ sag.items }} {{ dag.year }}"))
    context = {"stor": str.upper, "navn": "Ø", "sag": {"items": 3}, "dag": dt.date(2020, 12, 1)}
    assert word.texts(Template(data).render(context)) == ["Ø ø 3 2020"]


def test_an_unknown_filter_refuses_the_template(word: SimpleNamespace) -> None:
    """It is found when the template is read, in Danish, with its place."""
    with pytest.raises(SetupError, match=r"1\. afsnit: .* der er intet filter »uper«"):
        Template(word.document(word.paragraph("{{ navn|uper }}")))


def test_a_template_is_refused_with_what_is_wrong_in_every_part(word: SimpleNamespace) -> None:
    """Body and header are both told of."""
    with pytest.raises(SetupError) as stopped:
        Template(word.document(word.paragraph("{{ a b }}"), header=word.paragraph("{{ c d }}")))
    assert [one.place.path for one in stopped.value.findings] == ["1. afsnit", "sidehoved, 1. afsnit"]


@pytest.mark.parametrize("bad", ["a\x0bb", "a\x00b", "\ud800", "\ufffe", "\x1b", "slut\udfff"])
def test_characters_that_word_has_no_place_for_are_named(word: SimpleNamespace, bad: str) -> None:
    """Where docxtpl drops them, or the rest of the letter, the placeholder and its place are told."""
    found = fails(word.document(word.paragraph("x"), word.paragraph("{{ tekst }}")), {"tekst": bad})
    assert [(one.id, one.place.path) for one in found] == [("felt-tegn", "2. afsnit")]
    assert "{{ tekst }}" in found[0].message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20) | st.sampled_from(["{_{", "{{ 7*7 }}", "{%p if x %}", "}_}", "&amp;", "]]>"]))
def test_data_stand_in_the_letter_as_they_are_or_are_refused(word: SimpleNamespace, text: str) -> None:
    """No text is run as template, and none is lost."""
    data = word.document(word.paragraph("[{{ tekst }}]"))
    try:
        letter = Template(data).render({"tekst": text})
    except RenderError as stopped:
        assert {one.id for one in stopped.findings} == {"felt-tegn"}
        return
    shown = "\n".join(word.texts(letter))
    kept = [char for char in text if char not in "\r\n\t\a\f"]
    assert [char for char in shown if char not in "\r\n"] == ["[", *kept, "]"]


def test_footnotes_are_rendered_once_though_there_are_two_sections(word: SimpleNamespace) -> None:
    """By docxtpl they are rendered once for each section, so that data are run as template."""
    section = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="1" w:h="1"/></w:sectPr></w:pPr></w:p>'
    note = f'<w:footnote w:id="1">{word.paragraph("{{ tekst }}")}</w:footnote>'
    data = word.document(section, word.paragraph("x"), footnotes=note)
    letter = Template(data).render({"tekst": "{{ 7*7 }}"})
    assert word.texts(letter, "word/footnotes.xml") == ["{{ 7*7 }}"]
    assert word.texts(word.by_docxtpl(data, {"tekst": "{{ 7*7 }}"}), "word/footnotes.xml") == ["49"]


def test_a_title_is_not_escaped_twice(word: SimpleNamespace) -> None:
    """An ampersand in a core property is written ``&amp;amp;`` by docxtpl."""
    data = word.document(word.paragraph("x"), properties={"title": "{{ navn }}"})
    core = etree.fromstring(word.members(Template(data).render({"navn": "Børn & Unge"}))["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == "Børn & Unge"


def test_a_title_that_is_too_long_is_an_error(word: SimpleNamespace) -> None:
    """Word has room for 255 characters in a core property."""
    data = word.document(word.paragraph("x"), properties={"title": "{{ navn }}"})
    assert [one.id for one in fails(data, {"navn": "x" * 256})] == ["flet-egenskab-lang"]


@pytest.mark.parametrize(
    ("build", "lost"),
    [
        (lambda w: w.paragraph("{%p if ja %} tekst") + w.paragraph("{%p endif %}"), "skabelon-tekst-tabt"),
        (
            lambda w: w.paragraph("{%p if ja %}{{ navn }}") + w.paragraph("{%p endif %}"),
            "skabelon-maerke-tabt",
        ),
        (lambda w: w.paragraph("{%p if ja %}{%p endif %}"), "skabelon-maerke-tabt"),
        (
            lambda w: w.table(w.row("{%tr if ja %}", "tabt"), w.row("a", "b"), w.row("{%tr endif %}", "")),
            "skabelon-tekst-tabt",
        ),
        (lambda w: w.paragraph("a ", "b {%- if ja %}c{% endif %}"), "skabelon-tekst-tabt"),
        (lambda w: w.paragraph("{% if ja -%} b", "c{% endif %}"), "skabelon-tekst-tabt"),
        (lambda w: w.paragraph("{{ na") + w.paragraph("vn }}"), "skabelon-maerke-delt"),
        (
            lambda w: f"<w:p>{w.run('{%p if ja %}')}{w.drawing()}</w:p>" + w.paragraph("{%p endif %}"),
            "skabelon-tekst-tabt",
        ),
    ],
)
def test_text_that_docxtpl_would_drop_refuses_the_template(
    word: SimpleNamespace, build: Any, lost: str
) -> None:
    """Text, tags and pictures beside a tag that takes its surroundings away are found before any letter."""
    assert lost in refused(word.document(build(word)))


def test_text_where_only_markup_shows_is_an_error(word: SimpleNamespace) -> None:
    """A plain text in ``{{r }}`` is in the file but not on the page."""
    assert [one.id for one in fails(word.document(word.paragraph("a {{r x }}")), {"x": "tekst"})] == [
        "felt-tekst-udenfor"
    ]


def test_markup_inside_a_text_is_an_error(word: SimpleNamespace) -> None:
    """RichText without ``r`` makes a file that Word must repair."""
    assert [one.id for one in fails(word.document(word.paragraph("{{ x }}")), {"x": RichText("a")})] == [
        "felt-richtext"
    ]


def test_a_link_of_another_document_is_an_error(word: SimpleNamespace) -> None:
    """A relationship id is only good in the file that it was made for."""
    found = fails(word.document(word.paragraph("{{r x }}")), {"x": RichText("a", url_id="rId99")})
    assert [one.id for one in found] == ["felt-henvisning"]


@pytest.mark.parametrize("value", ["<w:p>", "a & b", "</w:t></w:r></w:p>"])
def test_unescaped_data_that_break_the_xml_are_an_error(word: SimpleNamespace, value: str) -> None:
    """Such a letter is mended by docxtpl, which leaves text out."""
    for tag in ("{{ x|safe }}", "{% autoescape false %}{{ x }}{% endautoescape %}"):
        found = fails(word.document(word.paragraph(tag)), {"x": value})
        assert [one.id for one in found] == ["flet-xml"]


def test_a_cell_over_no_number_of_columns_is_an_error(word: SimpleNamespace) -> None:
    """Instead of a Python error, or a file that Word repairs."""
    data = word.document(word.table(word.row(word.cell(word.paragraph("{% colspan n %}x")))))
    assert [one.id for one in fails(data, {"n": "to"})] == ["flet-xml"]


def test_a_failing_expression_is_an_error_with_its_place(word: SimpleNamespace) -> None:
    """Whatever a template raises is told as a finding at its tag."""
    found = fails(word.document(word.paragraph("a"), word.paragraph("{{ 1 / tal }}")), {"tal": 0})
    assert [(one.id, one.place.path) for one in found] == [("flet-fejl", "2. afsnit")]


def test_equal_contexts_give_equal_bytes(word: SimpleNamespace) -> None:
    """Nothing of the clock is in a letter, and nothing of the letter before it."""
    data = word.document(word.paragraph("{{ navn }}"), properties={"title": "{{ navn }}"})
    first, second = Template(data), Template(data)
    other = second.render({"navn": "Tårnby"})
    assert first.render({"navn": "Dragør"}) == second.render({"navn": "Dragør"})
    assert content_sha256(read_members(other)) != content_sha256(
        read_members(first.render({"navn": "Dragør"}))
    )


def test_a_template_serves_several_threads_at_once(word: SimpleNamespace) -> None:
    """What is found in one letter is told of that letter alone."""
    template = Template(word.document(word.paragraph("{{ navn }}")))
    seen: dict[int, list[str] | str] = {}

    def work(number: int) -> None:
        context = {"navn": f"nr. {number}"} if number % 2 else {}
        try:
            seen[number] = word.texts(template.render(context))
        except RenderError as stopped:
            seen[number] = stopped.findings[0].id

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {n: [f"nr. {n}"] if n % 2 else "pladsholder-ukendt" for n in range(16)}


def test_findings_name_the_template_file(word: SimpleNamespace, tmp_path: Path) -> None:
    """A finding says which file it is about."""
    path = tmp_path / "brev.docx"
    path.write_bytes(word.document(word.paragraph("{{ x }}")))
    with pytest.raises(RenderError, match=r"brev\.docx, 1\. afsnit"):
        Template(path).render({})


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"hej", "skabelon-ikke-docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "skabelon-adgangskode"),
        (b"PK\x03\x04", "skabelon-beskadiget"),
    ],
)
def test_a_file_that_is_no_word_file_is_told_apart(data: bytes, found: str) -> None:
    """Not a zip, password-protected and truncated each have a finding of their own."""
    assert refused(data) == {found}


def test_a_truncated_file_is_damaged(word: SimpleNamespace) -> None:
    """Half a file is refused."""
    assert refused(word.document(word.paragraph("x"))[:-300]) == {"skabelon-beskadiget"}


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(word: SimpleNamespace) -> None:
    """The sizes in the zip's directory are looked at first."""
    big = word.document(word.paragraph("x"), members={"word/media/a.bin": bytes(129 * 1024 * 1024)})
    assert refused(big) == {"skabelon-for-stor"}


def test_entities_are_refused(word: SimpleNamespace) -> None:
    """No XML of a Word file has a document type."""
    evil = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refused(word.document(word.paragraph("x"), members={"word/evil.xml": evil})) == {
        "skabelon-doctype"
    }


def test_a_missing_file_is_a_set_up_error(tmp_path: Path) -> None:
    """It is told like any other fault of a template."""
    with pytest.raises(SetupError, match="skabelon-ulaeselig"):
        Template(tmp_path / "findes-ikke.docx")


def test_a_file_saved_as_strict_is_told_by_its_name_in_word() -> None:
    """Word offers »Strict Open XML« beside the usual kind; its name spaces are others."""
    source, out = template_path().read_bytes(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as usual, zipfile.ZipFile(out, "w") as strict:
        for name in usual.namelist():
            blob = usual.read(name)
            for kind in (b"wordprocessingml/2006/main", b"officeDocument/2006/relationships"):
                new = kind.replace(b"/2006", b"")
                blob = blob.replace(
                    b"http://schemas.openxmlformats.org/" + kind, b"http://purl.oclc.org/ooxml/" + new
                )
            strict.writestr(name, blob)
    assert refused(out.getvalue()) == {"skabelon-strict"}
