"""Where something is in a Word document, in words a person can follow: "tabel 1, række 3, celle 2".

Places are counted in the XML as a string, because that is what docxtpl works on: a place is known for every
offset, also in a template whose tags make it anything but well-formed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from hoering_plugin.language import marked

_ELEMENT = re.compile(r"<(/?)(w:(?:p|tbl|tr|tc|txbxContent|footnote)|mc:Fallback)(?=[ />])([^>]*?)(/?)>")
BODY = marked("brødtekst")
STEPS = (
    marked("{nr}. afsnit"),
    marked("tabel {nr}"),
    marked("tabel {nr} (indlejrede talt med)"),
    marked("række {nr}"),
    marked("celle {nr}"),
    marked("tekstboks {nr}"),
    marked("fodnote {nr}"),
    marked("sektion {nr}"),
    marked("fodnote"),
    marked("ældre udgave af tekstboks"),
)
"""Every step that a place may have besides the names of headers and footers."""
_FOOTNOTE_ID = re.compile(r'w:id="(-?\d+)"')


@dataclass(slots=True)
class _Level:
    """An open container: how it is named, and how many of each kind it has held so far."""

    name: str
    element: str
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


class Places:
    """The places of one part. ``story`` names the part: "sidehoved", or nothing for the body."""

    def __init__(self, xml: str, story: str = "") -> None:
        self._story = story
        self._offsets: list[int] = []
        self._names: list[str] = []
        self._walk(xml)

    def at(self, offset: int) -> str:
        """The place that holds an offset: of the last paragraph that began before it."""
        index = bisect_right(self._offsets, offset) - 1
        return self._names[index] if index >= 0 else self._story or BODY

    def _walk(self, xml: str) -> None:
        levels = [_Level(self._story, "")]
        for found in _ELEMENT.finditer(xml):
            closing, element, attributes, empty = found.groups()
            if closing:
                _leave(levels, element)
                continue
            levels.append(_enter(levels[-1], element, attributes))
            self._offsets.append(found.start())
            self._names.append(", ".join(level.name for level in levels if level.name))
            if empty:
                levels.pop()


def _enter(parent: _Level, element: str, attributes: str) -> _Level:
    match element:
        case "w:p":
            number = parent.next("p")
            only_in_cell = parent.element == "w:tc" and number == 1
            name = "" if only_in_cell or parent.element == "w:footnote" else f"{number}. afsnit"
        case "w:tbl":
            name = f"tabel {parent.next('tbl')}"
        case "w:tr":
            name = f"række {parent.next('tr')}"
        case "w:tc":
            name = f"celle {parent.next('tc')}"
        case "w:txbxContent":
            name = f"tekstboks {parent.next('box')}"
        case "w:footnote":
            number_found = _FOOTNOTE_ID.search(attributes)
            name = f"fodnote {number_found[1]}" if number_found else "fodnote"
        case _:
            name = "ældre udgave af tekstboks"
    return _Level(name, element)


def _leave(levels: list[_Level], element: str) -> None:
    """Close the innermost open container of that kind; what isn't open can't be closed."""
    for index in range(len(levels) - 1, 0, -1):
        if levels[index].element == element:
            del levels[index:]
            return
