"""What docxtpl makes of a template before any data: the Jinja source of each part, and the parts that stay.

Here, at compile time, docxtpl and python-docx do their own work, so that a letter is put together from what
they would have written. The result is plain data, which can be kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lxml import etree

from hoering_plugin.findings import Place, SetupError, error
from hoering_plugin.language import marked
from hoering_plugin.letter.marks import BEGIN, END, Followed, Line, follow
from hoering_plugin.letter.package import DAMAGED, Member, deflate, read_members

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

NOT_A_DOCUMENT = error(
    "skabelon-type",
    "Filen er ikke et almindeligt Word-dokument; den er måske en makrofil (.docm) eller en .dotx.",
    "Gem den i Word som Word-dokument (*.docx).",
)
LOST_TEXT = error(
    "skabelon-tekst-tabt",
    "»{tekst}« står ved siden af et mærke, der fjerner det, som det står i, og ville gå tabt.",
    "Flyt teksten til et afsnit (eller en række eller celle) for sig selv.",
)
LOST_TAG = error(
    "skabelon-maerke-tabt",
    "Mærket {tekst} står ved siden af et andet mærke, der fjerner det, og ville gå tabt.",
    "Giv hvert mærke sit eget afsnit (eller sin egen række eller celle).",
)
TORN = error(
    "skabelon-maerke-delt",
    "Mærket {tekst} begynder i ét afsnit og slutter i et andet.",
    "Skriv hele mærket i samme afsnit.",
)
STRANGE = error(
    "skabelon-tegn",
    "Skabelonen indeholder tegn, som ikke er beregnet til udveksling (U+FDD0 eller U+FDD1).",
    "Slet dem.",
)

DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = re.compile(r"(<w:body[^>]*>)" + BEGIN + r"(</w:body>)")
_DECLARED = re.compile(r' xmlns:(\w+)="([^"]*)"')
_PROPERTY = re.compile(f"{BEGIN}(\\w+){END}")
_MARGINS = {
    ("headerReference", "default"): marked("sidehoved"),
    ("headerReference", "first"): marked("sidehoved på første side"),
    ("headerReference", "even"): marked("sidehoved på lige sider"),
    ("footerReference", "default"): marked("sidefod"),
    ("footerReference", "first"): marked("sidefod på første side"),
    ("footerReference", "even"): marked("sidefod på lige sider"),
}


class Role(StrEnum):
    """What a rendered part is to docxtpl, which treats each kind in its own way."""

    BODY = "body"
    MARGIN = "margin"  # a header or a footer
    FOOTNOTES = "footnotes"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is rendered: ``head`` + what ``source`` renders to + ``tail`` is its XML.

    ``member`` is its name in the zip, ``story`` what it is called in Word, ``plain`` the source as docxtpl
    has it, ``relations`` the ids that its XML may refer to. A rendered body begins with the tag ``start``,
    whose namespaces are declared above it already; in the letter ``bare`` stands in its place.
    """

    member: str
    role: Role
    story: str
    source: str
    plain: str
    lines: tuple[Line, ...]
    head: str = ""
    tail: str = ""
    start: str = ""
    bare: str = ""
    relations: frozenset[str] = frozenset()

    def document(self, text: str) -> str:
        """The whole XML of the part, of what its source rendered to."""
        return "".join((self.head, self.bare, text[len(self.start) :], self.tail))


@dataclass(frozen=True, slots=True)
class Source:
    """A template taken apart: its parts, and every member as docxtpl would save it unrendered.

    ``properties`` is the XML of the core properties in pieces, between which the rendered ones are put.
    """

    parts: tuple[Part, ...]
    members: tuple[Member, ...]
    properties_member: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A part with what was followed through the patching of it; the lint reads this."""

    part: Part
    followed: Followed


def take_apart(data: bytes) -> Source:
    """Take a template apart. Raises :class:`SetupError` if text would be lost or it is no template at all."""
    word = open_template(data)
    stories = tuple(read_stories(word))
    findings = [found for story in stories for found in losses(story)]
    if findings:
        raise SetupError(findings)
    member, pieces, properties = read_properties(word)
    return Source((*(story.part for story in stories), *properties), _saved(word), member, pieces)


def open_template(data: bytes) -> DocxTemplate:
    """The template as a docxtpl object, opened."""
    from docxtpl import DocxTemplate

    word = DocxTemplate(io.BytesIO(data))
    try:
        word.init_docx()
    except ValueError as exc:
        raise SetupError([NOT_A_DOCUMENT.at()]) from exc
    except (KeyError, etree.XMLSyntaxError) as exc:
        raise SetupError([DAMAGED.at(grund=exc)]) from exc
    return word


def losses(story: Story) -> Iterator[Any]:
    """A finding for each piece of a part that docxtpl would drop or tear."""
    for piece in story.followed.lost:
        kind = LOST_TAG if piece.is_tag else LOST_TEXT
        yield kind.at(Place(path=piece.place), tekst=piece.text)
    for piece in story.followed.pieces:
        if piece.torn:
            yield TORN.at(Place(path=piece.place), tekst=piece.text)


def read_stories(word: DocxTemplate) -> Iterator[Story]:
    """The parts that docxtpl renders as documents, in its order: body, headers, footers, footnotes."""
    yield _body(word)
    names = _margin_names(word)
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for key, part in word.get_headers_footers(uri):
            xml = word.get_part_xml(part)
            yield _story(word, part, Role.MARGIN, names.get(key, part.partname[1:]), xml, DECLARATION)
    for part in word.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield _story(word, part, Role.FOOTNOTES, "", part.blob.decode("utf-8-sig"))


def _body(word: DocxTemplate) -> Story:
    root = etree.fromstring(etree.tostring(word.docx.element))
    body = root.find(f"{{{_W}}}body")
    if body is None:
        raise SetupError([NOT_A_DOCUMENT.at()])
    body.clear()
    body.text = BEGIN
    head, _, _, tail = _BODY.split(etree.tostring(root, encoding="unicode"))
    xml = word.get_xml()
    start = xml[: xml.index(">") + 1]
    above = set(_DECLARED.findall(head))
    bare = _DECLARED.sub(lambda found: "" if found.groups() in above else found[0], start)
    return _story(word, word.docx.part, Role.BODY, "", xml, DECLARATION + head, tail, start, bare)


def _story(word: DocxTemplate, part: Any, role: Role, story: str, xml: str, *around: str) -> Story:
    if BEGIN in xml or END in xml:
        raise SetupError([STRANGE.at(Place(path=story))])
    followed = follow(xml, story, word.patch_xml)
    head, tail, start, bare = (*around, "", "", "", "")[:4]
    made = Part(
        member=str(part.partname)[1:],
        role=role,
        story=story,
        source=followed.source,
        plain=followed.plain,
        lines=followed.lines,
        head=head,
        tail=tail,
        start=start,
        bare=bare,
        relations=frozenset(part.rels),
    )
    return Story(made, followed)


def _margin_names(word: DocxTemplate) -> dict[str, str]:
    """What each header and footer is called, by relationship."""
    sections = word.docx.element.findall(f".//{{{_W}}}sectPr")
    names: dict[str, str] = {}
    for number, section in enumerate(sections, 1):
        where = f"sektion {number}, " if len(sections) > 1 else ""
        for element in ("headerReference", "footerReference"):
            for reference in section.findall(f"{{{_W}}}{element}"):
                use = (element, reference.get(f"{{{_W}}}type", "default"))
                name = _MARGINS.get(use, _MARGINS[element, "default"])
                names.setdefault(reference.get(f"{{{_RELATIONSHIP}}}id", ""), where + name)
    return names


def read_properties(word: DocxTemplate) -> tuple[str, tuple[str, ...], tuple[Part, ...]]:
    """The core properties, if the template has any: member, XML in pieces, and the texts as parts."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    package = word.docx.part.package
    if RELATIONSHIP_TYPE.CORE_PROPERTIES not in {rel.reltype for rel in package.rels.values()}:
        return "", (), ()
    core = word.docx.core_properties
    texts = {name: getattr(core, name) for name in PROPERTIES}
    for name in PROPERTIES:
        setattr(core, name, BEGIN + name + END)
    part = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    pieces = _PROPERTY.split(part.blob.decode("utf-8"))
    member = str(part.partname)[1:]
    parts = tuple(
        Part(name, Role.PROPERTY, f"dokumentegenskaben {name}", texts[name], texts[name], ())
        for name in pieces[1::2]
    )
    return member, tuple(pieces[::2]), parts


def _saved(word: DocxTemplate) -> tuple[Member, ...]:
    saved = io.BytesIO()
    word.docx.save(saved)
    return tuple(deflate(name, blob) for name, blob in read_members(saved.getvalue()).items())
