"""Ids that stay unique when a loop repeats what carries them, and the tags by which a letter is proved.

A content control, a bookmark and a paragraph must have ids of their own (ISO 29500-1, 17.5.2.18 and 17.13.6;
[MS-DOCX] 2.2.4). Where a template would repeat one, the id is made while the letter is rendered, in the
order of the document, so that the same letter gets the same ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

ID_FILTER = "_id"
TAGGED = ("vilkaar", "oenske")

_IDS = {
    "control": re.compile(r'<w:id w:val="(-?\d+)"'),
    "paragraph": re.compile(r'w14:paraId="([0-9A-Fa-f]{8})"'),
    "start": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="(\d+)"'),
    "end": re.compile(r'<w:bookmarkEnd\b[^>]*?\bw:id="(\d+)"'),
    "name": re.compile(r'<w:bookmarkStart\b[^>]*?\bw:name="([^"]+)"'),
}
_TAG = {"tag": re.compile(r'<w:tag w:val="(' + "|".join(TAGGED) + r')"')}
_FIRST_CONTROL = 1_000_000_000
_FIRST_PARAGRAPH = 0x40000000
_FIRST_BOOKMARK = 1_000_000
_MAX_NAME = 40  # characters in the name of a bookmark


Taken = frozenset[tuple[str, str]]


@dataclass(slots=True)
class Ids:
    """The ids given out in one letter. A first use keeps the template's own; a repetition gets a new one.

    ``taken`` are the kinds and ids that stand in the template.
    """

    taken: Taken = frozenset()
    seen: set[tuple[str, str]] = field(default_factory=set)
    made: Counter[str] = field(default_factory=Counter)
    open_bookmarks: dict[str, str] = field(default_factory=dict)

    def give(self, kind: str, original: str) -> str:
        """The id to write for something of that kind, whose id in the template is ``original``."""
        if kind == "tag":
            self.made[original] += 1
            return f"{original}-{self.made[original]}"
        if kind == "end":
            return self.open_bookmarks.get(original, original)
        given = original if (kind, original) not in self.seen else self._new(kind, original)
        self.seen.add((kind, given))
        if kind == "start":
            self.open_bookmarks[original] = given
        return given

    def _new(self, kind: str, original: str) -> str:
        while True:
            self.made[kind] += 1
            given = _made(kind, original, self.made[kind])
            if (kind, given) not in self.taken:
                return given


def _made(kind: str, original: str, number: int) -> str:
    match kind:
        case "control":
            return str(_FIRST_CONTROL + number)
        case "paragraph":
            return f"{_FIRST_PARAGRAPH + number:08X}"
        case "start":
            return str(_FIRST_BOOKMARK + number)
        case _:
            suffix = f"_{number}"
            return original[: _MAX_NAME - len(suffix)] + suffix


def make_unique(tree: nodes.Template, *, tagged: bool) -> Taken:
    """Have the ids made at rendering that could otherwise be repeated: in a loop, or twice in the template.

    ``tagged`` also gives the content controls of conditions and requests a tag each. Returns all ids of the
    template.
    """
    counts = Counter(
        (kind, original)
        for data in tree.find_all(nodes.TemplateData)
        for _, kind, original in _places(data.data, _IDS)
    )
    repeated = {key for key, count in counts.items() if count > 1}
    for output, looped in list(_outputs(tree.body, False)):
        pieces: list[nodes.Expr] = []
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                pieces += _split(node, looped, repeated, tagged)
            else:
                pieces.append(node)
        output.nodes = pieces
    return frozenset(counts)


def _outputs(body: Iterable[nodes.Node], looped: bool) -> Iterator[tuple[nodes.Output, bool]]:
    for node in body:
        if isinstance(node, nodes.Output):
            yield node, looped
        else:
            again = looped or isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock | nodes.AssignBlock)
            yield from _outputs(node.iter_child_nodes(), again)


def _split(
    data: nodes.TemplateData, looped: bool, repeated: set[tuple[str, str]], tagged: bool
) -> Iterator[nodes.Expr]:
    text, done = data.data, 0
    for where, kind, original in _places(text, _IDS | _TAG if tagged else _IDS):
        if kind == "tag" or looped or (kind, original) in repeated:
            yield nodes.TemplateData(text[done:where], lineno=data.lineno)
            yield _call(kind, original, data.lineno)
            done = where + len(original)
    yield nodes.TemplateData(text[done:], lineno=data.lineno)


def _places(text: str, patterns: dict[str, re.Pattern[str]]) -> list[tuple[int, str, str]]:
    """Each id in a piece of a template: where it stands, its kind, and what it is."""
    return sorted(
        (found.start(1), kind, found[1])
        for kind, pattern in patterns.items()
        for found in pattern.finditer(text)
    )


def _call(kind: str, original: str, line: int) -> nodes.Expr:
    written = nodes.Const(original, lineno=line)
    return nodes.Filter(written, ID_FILTER, [nodes.Const(kind, lineno=line)], [], None, None, lineno=line)
