"""Images, links and replaced pictures are rendered by docxtpl itself, and nothing leaks between letters."""

from __future__ import annotations

import io
import struct
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from docxtpl import DocxTemplate, InlineImage, RichText

from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.template import Template


def picture(shade: int) -> io.BytesIO:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]))
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def media(word: SimpleNamespace, letter: bytes) -> list[bytes]:
    """The pictures in a letter."""
    return [blob for name, blob in word.members(letter).items() if name.startswith("word/media/")]


def test_an_image_of_one_letter_is_not_in_the_next(word: SimpleNamespace) -> None:
    """Each letter with an image gets a docxtpl object of its own; one without gets none."""
    template = Template(word.document(word.paragraph("{{ logo }} {{ navn }}")))
    one = template.render({"logo": InlineImage(None, picture(1)), "navn": "Børn & Unge"})
    two = template.render({"logo": InlineImage(None, picture(2)), "navn": "{_{"})
    three = template.render({"logo": "", "navn": "x"})
    assert media(word, one) == [picture(1).getvalue()]
    assert media(word, two) == [picture(2).getvalue()]
    assert media(word, three) == []
    assert [word.texts(letter) for letter in (one, two)] == [[" Børn & Unge"], [" {_{"]]


def test_a_letter_with_an_image_is_what_docxtpl_makes_of_it(word: SimpleNamespace) -> None:
    """The same parts, the same relationships, the same picture."""
    data = word.document(
        word.paragraph("{{ logo }} {{ navn }}"),
        word.table(
            word.row("a", "b"),
            word.row("{%tr for n in navne %}", ""),
            word.row("{{ n }}", ""),
            word.row("{%tr endfor %}", ""),
        ),
        header=word.paragraph("{{ navn }}"),
        properties={"title": "Brev", "creator": "x"},
    )
    names: dict[str, Any] = {"navn": "Dragør", "navne": ["a", "b"]}
    ours = Template(data).render({**names, "logo": InlineImage(None, picture(1))})
    theirs = DocxTemplate(io.BytesIO(data))
    theirs.render({**names, "logo": InlineImage(theirs, picture(1))}, autoescape=True)
    saved = io.BytesIO()
    theirs.save(saved)
    assert word.canonical(ours) == word.canonical(saved.getvalue())


def test_links_are_made_in_prepare(word: SimpleNamespace) -> None:
    """``prepare`` gets the letter's own DocxTemplate, and what it returns is added to the context."""
    template = Template(word.document(word.paragraph("{{r link }} {{ navn }}")))

    def prepare(tpl: DocxTemplate) -> dict[str, object]:
        return {"link": RichText("svar", url_id=tpl.build_url_id("https://example.org/svar"))}

    letter = template.render({"navn": "x"}, prepare)
    assert b"https://example.org/svar" in word.members(letter)["word/_rels/document.xml.rels"]
    with pytest.raises(RenderError, match="pladsholder-ukendt"):
        template.render({"navn": "x"})
    assert template.render({"navn": "x"}, prepare) == letter


def test_a_sub_document_is_in_its_own_letter_only(word: SimpleNamespace) -> None:
    """It is made in ``prepare``, of the letter's own object; one of another letter is an error."""
    template = Template(word.document(word.paragraph("{{p sub }}"), word.paragraph("{{ navn }}")))
    made: list[Any] = []

    def prepare(tpl: DocxTemplate) -> dict[str, object]:
        made.append(tpl.new_subdoc())
        made[-1].add_paragraph(f"underdokument {len(made)}")
        return {"sub": made[-1]}

    for number in (1, 2):
        letter = template.render({"navn": "x"}, prepare)
        assert word.texts(letter) == [f"underdokument {number}", "x"]
    for again in ({}, {"prepare": lambda tpl: {"sub": made[0]}}):
        with pytest.raises(RenderError, match="flet-underdokument"):
            template.render({"navn": "x", "sub": made[0]}, **again)


def test_strictness_holds_with_images_too(word: SimpleNamespace) -> None:
    """Undefined names, bad characters and broken XML are errors on docxtpl's path as on ours."""
    logo = InlineImage(None, picture(1))
    for tag, context, found in [
        ("{{ ukendt }}", {}, "pladsholder-ukendt"),
        ("{{ x }}", {"x": "\x0b"}, "felt-tegn"),
        ("{{ x|safe }}", {"x": "<w:p>"}, "flet-xml"),
    ]:
        template = Template(word.document(word.paragraph("{{ logo }}" + tag)))
        with pytest.raises(RenderError, match=found):
            template.render({"logo": logo, **context})


def test_an_image_that_is_not_there_is_an_error_at_its_place(word: SimpleNamespace) -> None:
    """The tag and place are told, not the library's traceback."""
    template = Template(word.document(word.paragraph("x"), word.paragraph("{{ logo }}")))
    with pytest.raises(RenderError, match=r"2\. afsnit: \{\{ logo"):
        template.render({"logo": InlineImage(None, "findes-ikke.png")})
