"""Letters that need a live docxtpl object: images, sub-documents, links, replaced pictures.

docxtpl renders such a letter in full, with an object of its own, so that no image or relationship of one
letter can be in the next. Only what docxtpl does to data is ours: the same compiled parts are rendered, in
the same environment, and XML that isn't whole is an error.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from hoering_plugin.findings import error
from hoering_plugin.letter.compile import (
    NOT_WHOLE,
    CompiledPart,
    UncleanError,
    check_characters,
    compile_part,
)
from hoering_plugin.letter.environment import STRICT
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.merge import UNCLEAN, Merge
from hoering_plugin.letter.package import deflate, pack, read_members, xml_parser
from hoering_plugin.letter.run import RUN, Run
from hoering_plugin.letter.source import Role

FOREIGN = error(
    "flet-underdokument",
    "{pladsholder} er et underdokument, der er lavet til et andet brev.",
    "Lav det i prepare, som får det nye brevs DocxTemplate.",
)

Prepare = Callable[[DocxTemplate], Mapping[str, object]]


def render_live(data: bytes, merge: Merge, context: Mapping[str, object], prepare: Prepare | None) -> bytes:
    """Render a letter with docxtpl. Raises :class:`RenderError`."""
    word = _Word(data, merge)
    word.init_docx()
    names = {**context, **(prepare(word) if prepare else {})}
    word.merge_in(names)
    saved = io.BytesIO()
    word.save(saved)
    return pack(deflate(name, blob) for name, blob in read_members(saved.getvalue()).items())


class _Word(DocxTemplate):  # type: ignore[misc]
    """docxtpl's object, with our compiled parts for its own."""

    def __init__(self, data: bytes, merge: Merge) -> None:
        super().__init__(io.BytesIO(data))
        self._merge = merge
        self._parts = {part.part.member: part for part in merge.parts}

    def merge_in(self, names: Mapping[str, object]) -> None:
        """Render all parts. Raises :class:`RenderError`."""
        run = self._merge.run(names, bind=self._bind)
        try:
            self._render_as(run, names)
        except UncleanError as exc:
            self._render_as(self._merge.run(names, inspect=True, bind=self._bind), names)
            raise RenderError([UNCLEAN.at()]) from exc
        except etree.XMLSyntaxError as exc:
            raise RenderError([NOT_WHOLE.at(grund=getattr(exc, "msg", exc))]) from exc

    def _render_as(self, run: Run, names: Mapping[str, object]) -> None:
        token = RUN.set(run)
        try:
            self.render(dict(names), STRICT, autoescape=True)
        finally:
            RUN.reset(token)

    def _bind(self, value: Any) -> Any:
        """An image as one of this letter's; a sub-document must be so already."""
        if isinstance(value, InlineImage):
            value = copy.copy(value)
            value.tpl = self
        elif value.tpl is not self:
            RUN.get().report(FOREIGN)
            return ""
        return value

    def _text(self, compiled: CompiledPart, names: Mapping[str, object]) -> str:
        run = RUN.get()
        text = compiled.text(names, run)
        if run.findings:
            raise RenderError(run.findings)
        return text

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """Render one part with ours; one that ``prepare`` has changed is compiled anew."""
        self.current_rendering_part = part
        compiled = self._parts[str(part.partname)[1:]]
        ours = replace(compiled.part, relations=frozenset(part.rels))
        if src_xml == ours.plain:
            compiled = replace(compiled, part=ours)
        else:
            compiled = compile_part(replace(ours, source=src_xml, plain=src_xml, lines=()), self._merge.mode)
        text = self._text(compiled, context)
        check_characters(text)
        return text

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Render the core properties, if the template has any."""
        texts = {
            member: self._text(compiled, context)
            for member, compiled in self._parts.items()
            if compiled.part.role is Role.PROPERTY
        }
        self._merge.check_properties(texts)
        for name, text in texts.items():
            setattr(self.docx.core_properties, name, text)

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """Render the footnotes once, however many sections there are."""
        for part in self.docx.part.package.parts:
            if (compiled := self._parts.get(str(part.partname)[1:])) and compiled.part.role is Role.FOOTNOTES:
                xml = self.patch_xml(part.blob.decode("utf-8-sig"))
                part._blob = self.render_xml_part(xml, part, context).encode()

    def fix_tables(self, xml: str) -> Any:
        """Mend the tables of a body that is whole XML."""
        etree.fromstring(xml, xml_parser())
        return super().fix_tables(xml)
