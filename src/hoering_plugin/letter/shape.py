"""Whether a template's result is whole XML whatever the data, found once, so that no letter need be parsed.

A Jinja block that leaves the same elements open at its end as at its beginning can be left out or repeated
without harm. When every block of a part is like that, and its tables and pictures stay what they are, the
rendered text is the part: docxtpl's parsing, mending and serialising would give the same back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import nodes
from lxml import etree

from hoering_plugin.letter.package import xml_parser

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TEXTS = frozenset({"w:t", "w:delText", "w:instrText", "w:delInstrText"})
_VALUE = "\ufdd2"
_BEGIN, _END = "<?begin {}?>", "<?end?>"
_TAG = re.compile(r"<(?:(\?|!--)|(/?)([\w:.-]+)(?:\s+[\w:.-]+=(?:\"[^\"<]*\"|'[^'<]*'))*\s*(/?)>)")
_DOCPR = re.compile(r'(<wp:docPr\b[^>]*?\bid=")([^"]*)')
_FIRST_DRAWING = 1001


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of every rendering of a part.

    ``sound``: whole XML for any plain data, and nothing for docxtpl to mend. ``outside``: which of the
    printed expressions (in order) stand where only markup is shown. ``outline``: the part with every branch
    once, its blocks between the instructions ``begin`` (a loop says "name in list") and ``end``; nothing if
    the blocks are not whole.
    """

    sound: bool
    outside: frozenset[int]
    outline: etree._Element | None = None


def shape_of(tree: nodes.Template, head: str, tail: str) -> Shape:
    """The shape of a part whose XML is ``head``, what the tree renders to, and ``tail``."""
    outline = _Outline()
    outline.feed(head)
    sound = outline.walk(tree.body)
    outline.feed(tail)
    sound = sound and not outline.stack and not outline.pending
    root = _parsed("".join(outline.texts)) if sound else None
    still = root is not None and _nothing_to_mend(root)
    return Shape(still, frozenset(outline.outside if outline.followed else ()), root)


def number_drawings(tree: nodes.Template) -> None:
    """Give the pictures of a sound part the ids that docxtpl gives them: from 1001, in order."""
    number = _FIRST_DRAWING
    for data in tree.find_all(nodes.TemplateData):
        pieces = _DOCPR.split(data.data)
        for index in range(2, len(pieces), 3):
            pieces[index] = str(number)
            number += 1
        data.data = "".join(pieces)


@dataclass(slots=True)
class _Outline:
    """A part with every branch of every block once, read as XML while it grows."""

    texts: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    pending: str = ""
    outside: list[int] = field(default_factory=list)
    expressions: int = 0
    followed: bool = True  # whether the stack is known to be right

    def walk(self, body: Iterable[nodes.Node]) -> bool:
        """Read nodes; whether all their blocks are sound."""
        sound = True
        for node in body:
            sound &= self._node(node)
        return sound

    def _node(self, node: nodes.Node) -> bool:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    self._printed(child)
                return True
            case nodes.If():
                return self._block(node.body) & self.walk(node.elif_) & self._block(node.else_)
            case nodes.For():
                loop = f"{dotted(node.target)} in {dotted(node.iter)}" if not node.test else ""
                return self._block(node.body, loop) & self._block(node.else_)
            case nodes.Assign():
                return True
            case _:
                self.followed = False
                return False

    def _printed(self, node: nodes.Expr) -> None:
        if isinstance(node, nodes.TemplateData):
            self.feed(node.data)
            return
        if not self.pending and (not self.stack or self.stack[-1] not in _TEXTS):
            self.outside.append(self.expressions)
        self.expressions += 1
        self.feed(_VALUE)

    def _block(self, body: list[nodes.Node], loop: str = "") -> bool:
        before, in_tag, first = list(self.stack), self.pending, len(self.texts)
        if not in_tag:
            self.feed(_BEGIN.format(loop))
        inside = self.walk(body)
        if in_tag:
            added = "".join(self.texts[first:])
            return inside and not any(char in added for char in "<>\"'=")
        self.feed(_END)
        self.followed &= self.stack == before
        return inside and self.stack == before and not self.pending

    def feed(self, text: str) -> None:
        """Read a piece of XML; what is left of a tag that isn't whole yet waits for the next piece."""
        self.texts.append(text)
        text = self.pending + text
        end = 0
        while (start := text.find("<", end)) >= 0:
            found = _TAG.match(text, start)
            if found is None:
                break
            end = _skip(text, start) if found[1] else found.end()
            if found[2]:
                self._close(found[3])
            elif found[3] and not found[4]:
                self.stack.append(found[3])
        self.pending = text[start:] if start >= 0 else ""

    def _close(self, name: str) -> None:
        if self.stack and self.stack[-1] == name:
            self.stack.pop()
        else:
            self.followed = False


def _skip(text: str, start: int) -> int:
    closer = "?>" if text[start + 1] == "?" else "-->"
    end = text.find(closer, start)
    return end + len(closer) if end >= 0 else len(text)


def _parsed(whole: str) -> etree._Element | None:
    try:
        return etree.fromstring(whole.encode(), xml_parser())
    except etree.XMLSyntaxError:
        return None


def _nothing_to_mend(root: etree._Element) -> bool:
    depths = {node: len(blocks) for node, blocks in blocks_around(root).items()}
    fixed = all(not depths[found] and _VALUE not in found.get("id", "") for found in root.iter(f"{_WP}docPr"))
    return fixed and all(_is_regular(table, depths) for table in root.iter(f"{_W}tbl"))


def blocks_around(root: etree._Element) -> dict[etree._Element, tuple[str, ...]]:
    """The blocks that each element of an outline stands in, outermost first."""
    around: dict[etree._Element, tuple[str, ...]] = {}
    blocks: tuple[str, ...] = ()
    for node in root.iter():
        if not isinstance(node, etree._ProcessingInstruction):
            around[node] = blocks
        elif node.target == "begin":
            blocks = (*blocks, (node.text or "").strip())
        elif node.target == "end":
            blocks = blocks[:-1]
    return around


def dotted(node: nodes.Node) -> str:
    """A name as a template writes it; nothing for any other expression."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=owner, attr=attribute):
            return f"{dotted(owner)}.{attribute}"
    return ""


def _is_regular(table: etree._Element, depths: dict[etree._Element, int]) -> bool:
    """Whether docxtpl's mending of the columns leaves a table alone, however often its rows are repeated."""
    grid = table.find(f"{_W}tblGrid")
    if grid is None:
        return False
    columns = len(grid.findall(f"{_W}gridCol"))
    certain = 0
    for row in table.iter(f"{_W}tr"):
        cells = row.findall(f"{_W}tc")
        spans = [span for cell in cells if (span := _span(cell)) and depths[cell] == depths[row]]
        if len(spans) < len(cells) or len(cells) > columns:
            return False
        if depths[row] == depths[table]:
            certain = max(certain, sum(spans))
    return certain >= columns


def _span(cell: etree._Element) -> int | None:
    """The columns that a cell spans; nothing if that depends on the data."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = "1" if span is None else span.get(f"{_W}val", "")
    return int(value) if value.isdecimal() else None
