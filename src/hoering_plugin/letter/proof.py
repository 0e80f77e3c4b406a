"""The proof of a letter: read back, it says every request and every condition once, in order, word for word.

The proof knows the draft and the finished file, and nothing of how the one became the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from hoering_plugin.findings import Finding, Place, SetupError, error
from hoering_plugin.language import Phrase, marked
from hoering_plugin.letter.package import BODY, read_letter
from hoering_plugin.model.draft import Draft

CONDITION_TAG = "vilkaar"
REQUEST_TAG = "oenske"

MISSING = error("bevis-mangler", "{hvad} står ikke i brevet.", "Se skabelonen efter.")
REPEATED = error("bevis-gentaget", "{hvad} står {antal} gange i brevet.", "Se skabelonen efter.")
CHANGED = error(
    "bevis-aendret",
    "{hvad} står ikke ordret i brevet: »{fundet}« i stedet for »{ventet}«.",
    "Lad skabelonens indholdskontrol rumme netop pladsholderen.",
)
DISORDERED = error(
    "bevis-raekkefoelge", "{hvad} står ikke på sin plads i rækkefølgen.", "Se skabelonen efter."
)
FOREIGN = error(
    "bevis-fremmed",
    "Brevet har et felt for {slags} mere, end udkastet har: »{fundet}«.",
    "Se skabelonen efter.",
)
MISNUMBERED = error(
    "bevis-nummer", "{hvad} står i brevet uden sit nummer.", "Skriv nummeret foran teksten i skabelonen."
)
INVISIBLE = error("bevis-skjult", "Brevet indeholder {hvad}.", "Fjern det fra skabelonen.")
LEFT_OVER = error(
    "bevis-rest", "Noget af skabelonen står tilbage i brevet: »{rest}«.", "Ret pladsholderen i skabelonen."
)
BROKEN = error("bevis-ikke-hel", "Brevet er ikke en hel Word-fil: {grund}.", "Se skabelonen efter.")
SAME_ID = error("bevis-id", "{slags} »{id}« bruges to gange i brevet.", "Se skabelonen efter.")
BAD_TABLE = error("bevis-tabel", "Tabel {nr} er ikke hel: {grund}.", "Se tabellen efter i skabelonen.")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VAL = f"{_W}val"
_DELIMITERS = ("{{", "}}", "{%", "%}", "{#", "#}")
_HIDDEN = {
    "vanish": Phrase("skjult tekst"),
    "webHidden": Phrase("skjult tekst"),
    "del": Phrase("en slettet rettelse"),
    "ins": Phrase("en indsat rettelse"),
    "moveFrom": Phrase("en flyttet rettelse"),
    "moveTo": Phrase("en flyttet rettelse"),
    "commentReference": Phrase("en kommentar"),
}
_UNEVEN = re.compile(r"^ | $|  |[\t\n\r]")
_HIDING = re.compile("|".join(_HIDDEN).encode())
_KINDS = {CONDITION_TAG: Phrase("vilkår"), REQUEST_TAG: Phrase("ønsker")}
_TEXT, _CONTROL = f"{_W}t", f"{_W}sdt"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def prove(data: bytes, draft: Draft, *, given: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything that is wrong with a letter that should say what the draft says; nothing if it is proved.

    ``given`` are texts that were put into the letter besides the draft's: braces in them are data, not rests
    of the template.
    """
    try:
        members, body = read_letter(data)
    except SetupError as exc:
        return tuple(BROKEN.at(finding.place, grund=finding.message) for finding in exc.findings)
    return prove_members(members, body, draft, given=given)


def prove_members(
    members: Mapping[str, bytes], body: etree._Element | None, draft: Draft, *, given: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """The same for a letter that has been read back already: its members, and its body as it was parsed."""
    if body is None:
        return (BROKEN.at(grund=Phrase("brødteksten mangler")),)
    conditions = [(c.number, c.text) for c in draft.conditions]
    requests = [(r.number, r.request.task) for r in draft.requests]
    controls = [_control(element) for element in body.iter(_CONTROL)]
    return (
        *_said(controls, REQUEST_TAG, requests, within="tr"),
        *_said(controls, CONDITION_TAG, conditions, within="p"),
        *_left_over(_with_braces(members), draft, given),
        *_hidden(_hiding(members, body)),
        *_ids(body, controls),
        *_tables(body),
    )


def _with_braces(members: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """The parts that could hold a rest of the template: every delimiter has a brace."""
    return {
        name: etree.fromstring(blob)
        for name, blob in members.items()
        if name.endswith(".xml") and (b"{" in blob or b"}" in blob or b"&#" in blob)
    }


def _hiding(members: Mapping[str, bytes], body: etree._Element) -> dict[str, etree._Element]:
    """The parts with text that could hold something hidden: the body, and whatever names such an element."""
    others = {
        name: etree.fromstring(blob)
        for name, blob in members.items()
        if name.startswith("word/") and name not in (BODY, "word/styles.xml") and name.endswith(".xml")
        if _HIDING.search(blob)
    }
    return {BODY: body, **others}


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value made of mappings, lists and texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from texts_in(inner)


def normal(text: str) -> str:
    """NFC, with each run of white space as one space; a space that doesn't break stays what it is."""
    if not _UNEVEN.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    return re.sub(r"[ \t\n\r]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def text_of(element: etree._Element) -> str:
    """What an element shows: its runs' text, tabs and line breaks; no field codes, no deleted text."""
    pieces: list[str] = []
    for node in element.iter(_TEXT, *_BREAKS):
        if node.tag == _TEXT:
            pieces.append(node.text or "")
        elif node.getparent().tag == f"{_W}r":  # type: ignore[union-attr]
            pieces.append(_BREAKS[str(node.tag)])
    return "".join(pieces)


Expected = Sequence[tuple[int, str]]
"""The number and the text of each, in the order of the draft."""
_CALLED = {CONDITION_TAG: marked("Vilkår {nr}"), REQUEST_TAG: marked("Ønske {nr}")}


def _what(tag: str, number: int) -> Phrase:
    """``Vilkår 3``."""
    return Phrase(_CALLED[tag], nr=number)


@dataclass(frozen=True, slots=True)
class _Control:
    """A content control with what it is tagged and its id; empty where it has none."""

    element: etree._Element
    tag: str
    id: str


def _control(element: etree._Element) -> _Control:
    """Read straight from its properties, which are few: a letter has a control for every condition."""
    tag = number = ""
    for properties in element:
        if properties.tag == f"{_W}sdtPr":
            for one in properties:
                if one.tag == f"{_W}tag":
                    tag = one.get(_VAL, "")
                elif one.tag == f"{_W}id":
                    number = one.get(_VAL, "")
            break
    return _Control(element, tag, number)


def _said(every: Sequence[_Control], tag: str, expected: Expected, *, within: str) -> Iterator[Finding]:
    """What is missing, repeated, changed, out of order or too much, of one kind of content control."""
    controls = [one.element for one in every if one.tag.rpartition("-")[0] == tag]
    found = [normal(text_of(control)) for control in controls]
    wanted = [normal(text) for _, text in expected]
    if found == wanted:
        for control, (number, _) in zip(controls, expected, strict=True):
            if not re.search(rf"(?<!\d){number}(?!\d)", _before(control, within)):
                yield MISNUMBERED.at(hvad=_what(tag, number))
        return
    have, want = Counter(found), Counter(wanted)
    strange = [text for text in found if text not in want]
    for (number, _), text in zip(expected, wanted, strict=True):
        what = _what(tag, number)
        if have[text] > want[text]:
            yield REPEATED.at(hvad=what, antal=have[text])
        elif have[text] < want[text] and len(found) == len(wanted) and strange:
            yield CHANGED.at(hvad=what, fundet=strange.pop(0), ventet=text)
        elif have[text] < want[text]:
            yield MISSING.at(hvad=what)
    for text in strange:
        yield FOREIGN.at(slags=_KINDS[tag], fundet=text)
    if have == want:
        for (number, _), text, other in zip(expected, wanted, found, strict=True):
            if text != other:
                yield DISORDERED.at(hvad=_what(tag, number))


def _before(control: etree._Element, within: str) -> str:
    """The text between the beginning of the paragraph or row that a control stands in and the control."""
    block = next(control.iterancestors(f"{_W}{within}"), control)
    pieces: list[str] = []
    for node in block.iter(_TEXT, _CONTROL):
        if node is control:
            break
        if node.tag == _TEXT:
            pieces.append(node.text or "")
    return "".join(pieces)


def _left_over(trees: Mapping[str, etree._Element], draft: Draft, given: Iterable[str]) -> Iterator[Finding]:
    if not trees:
        return
    texts = (*given, *(c.text for c in draft.conditions), *(r.request.task for r in draft.requests))
    braced = {normal(text) for text in texts if any(mark in text for mark in _DELIMITERS)}
    data = sorted(braced, key=len, reverse=True)
    for name, root in trees.items():
        if name.startswith("word/"):
            shown = [text_of(p) for p in root.iter(f"{_W}p")]
        else:
            shown = [str(element.text or "") for element in root.iter(etree.Element)]
        for text in (normal(one) for one in shown if any(mark in one for mark in _DELIMITERS)):
            rest = text
            for known in data:
                rest = rest.replace(known, "")
            if any(mark in rest for mark in _DELIMITERS):
                yield LEFT_OVER.at(Place(path=name), rest=text[:120])


def _hidden(trees: Mapping[str, etree._Element]) -> Iterator[Finding]:
    tags = {f"{_W}{tag}": what for tag, what in _HIDDEN.items()}
    for name, root in trees.items():
        for tag in dict.fromkeys(str(element.tag) for element in root.iter(*tags)):
            yield INVISIBLE.at(Place(path=name), hvad=tags[tag])


def _ids(body: etree._Element, controls: Sequence[_Control]) -> Iterator[Finding]:
    kinds = {
        Phrase("Indholdskontrollens id"): [control.id for control in controls if control.id],
        Phrase("Bogmærkets id"): [e.get(f"{_W}id", "") for e in body.iter(f"{_W}bookmarkStart")],
        Phrase("Bogmærkets navn"): [e.get(f"{_W}name", "") for e in body.iter(f"{_W}bookmarkStart")],
        Phrase("Tegningens id"): [e.get("id", "") for e in body.iter(f"{_WP}docPr")],
    }
    for kind, ids in kinds.items():
        for value, count in Counter(ids).items():
            if count > 1:
                yield SAME_ID.at(slags=kind, id=value)


def _tables(body: etree._Element) -> Iterator[Finding]:
    for number, table in enumerate(body.iter(f"{_W}tbl"), 1):
        columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        rows = _within(table, "tr")
        if not rows:
            yield BAD_TABLE.at(nr=number, grund=Phrase("den har ingen rækker"))
        for place, row in enumerate(rows, 1):
            cells = _within(row, "tc")
            if sum(map(_span, cells)) != columns:
                yield BAD_TABLE.at(
                    nr=number, grund=Phrase("række {nr} har ikke {antal} kolonner", nr=place, antal=columns)
                )
            if any(len(cell) == 0 or cell[-1].tag != f"{_W}p" for cell in cells):
                yield BAD_TABLE.at(
                    nr=number, grund=Phrase("en celle i række {nr} har intet afsnit til sidst", nr=place)
                )


def _within(parent: etree._Element, name: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == f"{_W}{name}":
            found.append(child)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            found += _within(child, name)
    return found


def _span(cell: etree._Element) -> int:
    properties = cell[0] if len(cell) and cell[0].tag == f"{_W}tcPr" else None
    span = None if properties is None else properties.find(f"{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", "1"))
