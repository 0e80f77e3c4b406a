"""A letter as plain text: what a person reads on its pages, with headings, lists and table rows marked.

It is what ``hoering check --show`` prints, and what the expected letters are kept as.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from hoering_plugin.letter.package import read_members
from hoering_plugin.letter.proof import text_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RULE = "=" * 78
_ITEM = "- "


def letter_text(data: bytes) -> str:
    """The text of a letter, a line to a paragraph or table row, an empty line between blocks.

    A heading begins with ``#`` for each level, a list item with ``- ``, a table row with ``|``. Each section
    begins with a rule and what stands in its header. Raises :class:`~hoering_plugin.findings.SetupError` for
    what is no Word file.
    """
    members = read_members(data)
    trees = {
        name: etree.fromstring(blob) for name, blob in members.items() if name.endswith((".xml", ".rels"))
    }
    return "\n".join(_Reader(trees).lines()).strip("\n") + "\n"


class _Reader:
    def __init__(self, trees: Mapping[str, etree._Element]) -> None:
        self._body = trees["word/document.xml"][0]
        self._trees = trees
        self._kinds = dict(self._styles())

    def _styles(self) -> Iterator[tuple[str, str]]:
        styles = self._trees.get("word/styles.xml")
        for style in () if styles is None else styles.iter(f"{_W}style"):
            name = style.find(f"{_W}name")
            shown = "" if name is None else name.get(f"{_W}val", "").lower()
            if shown.startswith("heading "):
                yield style.get(f"{_W}styleId", ""), "#" * int(shown.split()[1]) + " "
            elif shown == "title":
                yield style.get(f"{_W}styleId", ""), "# "
            elif shown.startswith("list "):
                yield style.get(f"{_W}styleId", ""), _ITEM

    def lines(self) -> Iterator[str]:
        for blocks, section in self._sections():
            header = self._header(section)
            yield from (_RULE, header, "") if header else (_RULE, "")
            listed = False
            for block in blocks:
                item = self._mark(block) == _ITEM
                if listed and not item:
                    yield ""
                listed = item
                yield from self._block(block)

    def _sections(self) -> Iterator[tuple[list[etree._Element], etree._Element | None]]:
        blocks: list[etree._Element] = []
        for block in _blocks(self._body):
            if block.tag == f"{_W}sectPr":
                yield blocks, block
                blocks = []
                continue
            blocks.append(block)
            section = block.find(f"{_W}pPr/{_W}sectPr")
            if section is not None:
                yield blocks, section
                blocks = []
        if blocks:
            yield blocks, None

    def _header(self, section: etree._Element | None) -> str:
        relations = self._trees.get("word/_rels/document.xml.rels")
        if section is None or relations is None:
            return ""
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        shown: list[str] = []
        for reference in section.iter(f"{_W}headerReference"):
            target = targets.get(reference.get(f"{_R}id"), "")
            header = self._trees.get(posixpath.normpath(posixpath.join("word", target)))
            if header is not None:
                shown += [text for p in header.iter(f"{_W}p") if (text := text_of(p).strip())]
        return "\n".join(dict.fromkeys(shown))

    def _block(self, block: etree._Element) -> Iterator[str]:
        if block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = (" ".join(text_of(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc"))
                yield f"| {' | '.join(cells)} |"
            yield ""
            return
        text = text_of(block).strip(" \t\n")
        if not text:
            return
        mark = self._mark(block)
        yield mark + text
        if mark != _ITEM:
            yield ""

    def _mark(self, block: etree._Element) -> str:
        """What a paragraph of its style begins with."""
        style = block.find(f"{_W}pPr/{_W}pStyle")
        return self._kinds.get("" if style is None else style.get(f"{_W}val", ""), "")


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and section ends, also those inside content controls."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl", f"{_W}sectPr"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _blocks(child)
