"""A letter as it lies on disk, perhaps edited since: its text, its content controls, and what Word hides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from hoering_plugin.letter.package import read_members, xml_parser

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRACKED = frozenset(
    _W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel")
)
_REMOVED = frozenset({_W + "del", _W + "moveFrom"})
_BREAKS = frozenset(_W + name for name in ("tab", "br", "cr"))
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_OPEN_PLACE = re.compile(r"\[[^\[\]]{1,200}\]")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What stands in a letter. Tracked changes and comments are counted; deleted text isn't text.

    ``controls`` holds (tag, text) of each content control with a tag, in order; ``open_places`` what stands
    in square brackets, for a person to fill in.
    """

    paragraphs: tuple[str, ...]
    controls: tuple[tuple[str, str], ...]
    tracked: int
    comments: int
    hidden: int
    open_places: tuple[str, ...]

    def text_of(self, tag: str) -> str | None:
        """The text of the control with that tag, or None if there is none."""
        return next((text for found, text in self.controls if found == tag), None)

    def holds(self, text: str) -> bool:
        """Whether some paragraph holds that text, apart from how its white space is written."""
        sought = plain(text)
        return any(sought in paragraph for paragraph in self.paragraphs)


def inspect_letter(data: bytes) -> Inspection:
    """What stands in a letter.

    Raises :class:`~hoering_plugin.findings.SetupError` for bytes that are no whole Word file.
    """
    members = read_members(data)
    roots = [
        etree.fromstring(blob, xml_parser()) for name, blob in members.items() if _STORIES.fullmatch(name)
    ]
    comments = members.get("word/comments.xml")
    paragraphs = tuple(plain(_text(p)) for root in roots for p in root.iter(_W + "p"))
    places = (place for text in paragraphs for place in _OPEN_PLACE.findall(text))
    return Inspection(
        paragraphs=paragraphs,
        controls=tuple(control for root in roots for control in _controls(root)),
        tracked=sum(1 for root in roots for _ in root.iter(*_TRACKED)),
        comments=_count_comments(comments) if comments else 0,
        hidden=sum(1 for root in roots for run in root.iter(_W + "r") if _is_hidden(run) and _text(run)),
        open_places=tuple(dict.fromkeys(places)),
    )


def plain(text: str) -> str:
    """The text in NFC, each stretch of white space, no-break or not, as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _controls(root: etree._Element) -> Iterator[tuple[str, str]]:
    for control in root.iter(_W + "sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        content = control.find(_W + "sdtContent")
        if tag is not None and content is not None:
            yield tag.get(_W + "val", ""), plain(_text(content))


def _text(element: etree._Element) -> str:
    """The text that is read on the page, deleted text left out."""
    if element.tag in _REMOVED:
        return ""
    if element.tag == _W + "t":
        return element.text or ""
    if element.tag in _BREAKS:
        return " "
    if element.tag == _W + "noBreakHyphen":
        return "-"
    inner = "".join(_text(child) for child in element if isinstance(child.tag, str))
    return inner + " " if element.tag == _W + "p" else inner


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val", "true") not in ("0", "false", "off")


def _count_comments(part: bytes) -> int:
    return sum(1 for _ in etree.fromstring(part, xml_parser()).iter(_W + "comment"))
