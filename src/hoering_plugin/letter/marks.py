"""Following every tag and every piece of text through docxtpl's patching, to know where each ends up.

docxtpl turns a part into a Jinja source with regular expressions that move some tags and drop some text
without a word. So each tag and each piece of text is given a mark before it is patched. A mark that is gone
afterwards stood beside something that was lost; a mark that is left says which place in Word a line of the
Jinja source came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hoering_plugin.language import Phrase
from hoering_plugin.letter.places import Places

BEGIN, END = "\ufdd0", "\ufdd1"  # noncharacters (Unicode 23.7): never in a text that is exchanged

_DELIMITERS = re.compile(r"(?<={)(<[^>]*>)+(?=[\{%\#])|(?<=[%\}\#])(<[^>]*>)+(?=\})", re.DOTALL)
_OPEN_TAG = re.compile(r"{%(?:(?!%}).)*|{#(?:(?!#}).)*|{{(?:(?!}}).)*", re.DOTALL)
_BETWEEN_TEXTS = re.compile("</w:t>.*?(<w:t>|<w:t [^>]*>)", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>(.*?)</w:t>", re.DOTALL)
_SPECIAL = re.compile(r"{%\s*(?:vm|hm)\s*%}|{%[-+]?\s*(?:end)?raw\s*[-+]?%}")
_CLOSER = re.compile(r"[-+]?[%}]}$")
_XML = re.compile(r"<[^>]*>")
_RAW = re.compile(r"{%[-+]?\s*raw\s*-?%}.*?{%[-+]?\s*endraw\s*[-+]?%}", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_WHOLE_PARAGRAPH = re.compile(r"{[%{#]p\s")
_OBJECTS = {
    "<w:drawing": Phrase("et billede"),
    "<w:pict": Phrase("et billede"),
    "<w:footnoteReference": Phrase("en fodnote"),
    "<w:sectPr": Phrase("et sektionsskift"),
    '<w:br w:type="page"': Phrase("et sideskift"),
}
_MARK = re.compile(f"{BEGIN}(\\d+){END}")
_NUMBERED = re.compile(f"{BEGIN}(\\d+){END}|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, or a piece of text between tags, and its place in Word.

    ``torn`` says that the tag begins in one paragraph and ends in another.
    """

    text: str
    place: str
    is_tag: bool
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The tag that ends on a line of the Jinja source."""

    number: int
    place: str
    tag: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a part when docxtpl patched it.

    ``source`` is the Jinja source, in which a line ends inside each tag; ``plain`` is the same without those
    line ends, exactly as docxtpl makes it; ``lost`` are the pieces that are not in it.
    """

    source: str
    plain: str
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    lost: tuple[Piece, ...]


def follow(xml: str, story: str, patch: Callable[[str], str]) -> Followed:
    """Patch a part and follow what is in it. ``patch`` is docxtpl's ``patch_xml``."""
    joined, torn = _join(xml)
    places = Places(joined, story)
    marked, pieces = _mark(joined, places, torn)
    patched = patch(marked)
    plain = _MARK.sub("", patched)
    left = {int(number) for number in _MARK.findall(patched)}
    lost = tuple(piece for number, piece in enumerate(pieces) if number not in left and not _unmarked(piece))
    lost += tuple(_lost_objects(joined, places))
    source = _with_lines(patched, pieces)
    return Followed(_MARK.sub("", source.text), plain, source.lines, pieces, lost)


def pieces_of(text: str, place: str) -> tuple[Piece, ...]:
    """The tags of a plain text, such as a document property."""
    return tuple(Piece(found[0], place, is_tag=True) for found in _TAG.finditer(text))


def place_of(lines: tuple[Line, ...], number: int) -> Line | None:
    """The tag that a node of the Jinja source with that line number belongs to."""
    index = bisect_left(lines, number, key=lambda line: line.number)
    return lines[index] if index < len(lines) else None


def _join(xml: str) -> tuple[str, frozenset[int]]:
    """Put together tags that Word has split over runs, as docxtpl does first of all.

    Also returns the offsets at which a tag that crossed paragraphs now begins.
    """
    joined: list[str] = []
    torn: set[int] = set()
    done = offset = 0
    xml = _DELIMITERS.sub("", xml)
    for found in _OPEN_TAG.finditer(xml):
        tag = _BETWEEN_TEXTS.sub("", found[0])
        joined += (xml[done : found.start()], tag)
        offset += found.start() - done
        if "</w:p>" in found[0]:
            torn.add(offset)
        offset += len(tag)
        done = found.end()
    joined.append(xml[done:])
    return "".join(joined), frozenset(torn)


def _mark(xml: str, places: Places, torn: frozenset[int]) -> tuple[str, tuple[Piece, ...]]:
    marked: list[str] = []
    pieces: list[Piece] = []
    done = 0
    for offset, text, is_tag in sorted(_tags(xml) + _texts(xml)):
        pieces.append(Piece(_readable(text), places.at(offset), is_tag, offset in torn))
        if is_tag and _unmarked(pieces[-1]):
            continue
        closer = _CLOSER.search(text) if is_tag else None
        where = offset + closer.start() if closer else offset
        marked += (xml[done:where], f"{BEGIN}{len(pieces) - 1}{END}")
        done = where
    marked.append(xml[done:])
    return "".join(marked), tuple(pieces)


def _lost_objects(xml: str, places: Places) -> Iterator[Piece]:
    """What isn't text in a paragraph that a tag takes away."""
    for found in _PARAGRAPH.finditer(xml):
        if _WHOLE_PARAGRAPH.search(found[0]):
            for element, name in _OBJECTS.items():
                if element in found[0]:
                    yield Piece(name, places.at(found.start()), is_tag=False)


def _tags(xml: str) -> list[tuple[int, str, bool]]:
    return [(found.start(), found[0], True) for found in _TAG.finditer(xml)]


def _texts(xml: str) -> list[tuple[int, str, bool]]:
    """The pieces of text outside tags, with where each begins."""
    spans = [found.span() for found in _TAG.finditer(xml)]
    starts = [start for start, _ in spans]
    return [
        (begin, xml[begin:end], False)
        for found in _TEXT.finditer(xml)
        for begin, end in _outside(*found.span(1), spans, starts)
        if xml[begin:end].strip()
    ]


def _outside(
    begin: int, end: int, spans: list[tuple[int, int]], starts: list[int]
) -> Iterator[tuple[int, int]]:
    index = max(bisect_left(starts, begin) - 1, 0)
    for start, stop in spans[index:]:
        if start >= end:
            break
        if start > begin:
            yield begin, start
        begin = max(begin, stop)
    if begin < end:
        yield begin, end


def _unmarked(piece: Piece) -> bool:
    """Comments leave nothing behind; ``{% vm %}``, ``{% hm %}`` and ``{% raw %}`` must stand just so."""
    return piece.is_tag and (piece.text.startswith("{#") or bool(_SPECIAL.fullmatch(piece.text)))


def _readable(text: str) -> str:
    text = _XML.sub("", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Lined:
    text: str
    lines: tuple[Line, ...]


def _with_lines(patched: str, pieces: tuple[Piece, ...]) -> _Lined:
    """Turn the marks of tags into line ends, where white space means nothing to Jinja."""
    patched = _RAW.sub(lambda found: _MARK.sub("", found[0]), patched)
    lines: list[Line] = []
    number = 1

    def line_end(found: re.Match[str]) -> str:
        nonlocal number
        if found[1] is None:
            number += 1
            return found[0]
        piece = pieces[int(found[1])]
        if not piece.is_tag:
            return ""
        lines.append(Line(number, piece.place, piece.text))
        number += 1
        return "\n"

    return _Lined(_NUMBERED.sub(line_end, patched), tuple(lines))
