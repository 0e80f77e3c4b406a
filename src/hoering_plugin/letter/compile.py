"""A template's parts as compiled Jinja, each able to render itself and to say where it went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

import jinja2
from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from lxml import etree

from hoering_plugin.findings import Finding, Place, SetupError, error
from hoering_plugin.language import Phrase
from hoering_plugin.letter.environment import EMPTY, EMPTY_TEXT, STRICT, STRICT_TEXT, Environment
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.finish import break_lines, mend_body, mend_margin
from hoering_plugin.letter.ids import Taken, make_unique
from hoering_plugin.letter.jinja_words import in_danish
from hoering_plugin.letter.marks import Line, place_of
from hoering_plugin.letter.package import xml_parser
from hoering_plugin.letter.printed import RICH_FILTER
from hoering_plugin.letter.restricted import NOT_ALLOWED, refusals
from hoering_plugin.letter.run import Run, source_line
from hoering_plugin.letter.shape import number_drawings, shape_of
from hoering_plugin.letter.source import Part, Role

SYNTAX = error("skabelon-syntaks", "{pladsholder} kan ikke forstås: {grund}.", "Ret mærket i skabelonen.")
FAILED = error(
    "flet-fejl", "{pladsholder} kan ikke udregnes: {grund}.", "Ret mærket i skabelonen eller feltet i sagen."
)
NOT_WHOLE = error(
    "flet-xml",
    "Resultatet ville være en ødelagt Word-fil: {grund}.",
    "Se efter værdier med |safe og betingelser, der begynder og slutter forskellige steder.",
)
Mode = Literal["strict", "empty"]

_LITERAL_DELIMITERS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NEVER = ("\ufffe".encode(), "\uffff".encode())


class UncleanError(Exception):
    """The data hold characters that no XML can hold."""


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part ready to render.

    ``sound``: plain data always makes whole XML of it (see :mod:`.shape`). ``fixed``: its text, if no data
    change it.
    """

    part: Part
    template: jinja2.Template
    lines: tuple[Line, ...]
    sound: bool
    taken: Taken
    fixed: str | None

    def text(self, names: Mapping[str, object], run: Run) -> str:
        """What the Jinja source renders to, with line breaks made of those in data.

        What goes wrong is put in ``run``. Raises :class:`NeedsDocxtpl`.
        """
        if self.fixed is not None:
            return self.fixed
        run.locate, run.relations = self.locate, self.part.relations
        context = self.template.new_context(dict(names))
        try:
            text = "".join(self.template.root_render_func(context))
        except Exception as exc:  # noqa: BLE001 - a template is a program: whatever it raises is about the template
            if not (isinstance(exc, UndefinedError) and run.findings):
                tag, place = self.locate(_line_of(exc.__traceback__))
                run.findings[FAILED.at(place, pladsholder=tag or Phrase("Et mærke"), grund=_reason(exc))] = (
                    None
                )
            return ""
        return text if self.part.role is Role.PROPERTY else break_lines(text)

    def xml(self, text: str, *, markup: bool) -> bytes:
        """The part's XML of its text. ``markup``: anything but plain text was put into it.

        Raises :class:`UncleanError` for characters that no XML can hold, and :class:`RenderError` for XML
        that isn't whole.
        """
        xml = check_characters(self.part.document(text))
        return xml if self.sound and not markup else self._mended(xml)

    def _mended(self, xml: bytes) -> bytes:
        try:
            match self.part.role:
                case Role.BODY:
                    return mend_body(xml)
                case Role.MARGIN:
                    return mend_margin(xml)
                case _:
                    etree.fromstring(xml, xml_parser())
                    return xml
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise RenderError(
                [NOT_WHOLE.at(Place(path=self.part.story), grund=getattr(exc, "msg", exc))]
            ) from exc

    def locate(self, number: int) -> tuple[str, Place]:
        """The tag and place in Word of a line of the Jinja source."""
        line = place_of(self.lines, number)
        return (line.tag, Place(path=line.place)) if line else ("", Place(path=self.part.story))


def compile_part(part: Part, mode: Mode, *, restricted: bool = False) -> CompiledPart:
    """Compile a part. Raises :class:`SetupError` for what Jinja can't read or is not allowed."""
    plain_text = part.role is Role.PROPERTY
    environment = {
        ("strict", False): STRICT,
        ("strict", True): STRICT_TEXT,
        ("empty", False): EMPTY,
        ("empty", True): EMPTY_TEXT,
    }[mode, plain_text]
    lines = part.lines
    try:
        tree = environment.parse(part.source)
        if part.plain != part.source and environment.parse(part.plain) != tree:
            tree, lines = environment.parse(part.plain), ()
        return _compiled(part, environment, tree, lines, restricted)
    except TemplateSyntaxError as exc:
        line = place_of(lines, exc.lineno)
        place = Place(path=line.place if line else part.story)
        tag = line.tag if line else Phrase("Et mærke")
        raise SetupError([SYNTAX.at(place, pladsholder=tag, grund=in_danish(exc.message or ""))]) from exc


def _compiled(
    part: Part, environment: Environment, tree: nodes.Template, lines: tuple[Line, ...], restricted: bool
) -> CompiledPart:
    if restricted and (findings := [_refusal(part, lines, node, what) for node, what in refusals(tree)]):
        raise SetupError(findings)
    if part.role is Role.PROPERTY:
        return CompiledPart(part, environment.from_string(tree), lines, True, frozenset(), _fixed(tree))
    for data in tree.find_all(nodes.TemplateData):
        for written, meant in _LITERAL_DELIMITERS:
            data.data = data.data.replace(written, meant)
    shape = shape_of(tree, part.head, part.tail)
    _expect_markup(tree, shape.outside)
    if shape.sound and part.role is Role.BODY:
        number_drawings(tree)
    taken = make_unique(tree, tagged=restricted)
    fixed = _fixed(tree)
    text = break_lines(fixed) if fixed is not None else None
    return CompiledPart(part, environment.from_string(tree), lines, shape.sound, taken, text)


def _fixed(tree: nodes.Template) -> str | None:
    """The text of a template without tags."""
    pieces = [node for output in tree.body if isinstance(output, nodes.Output) for node in output.nodes]
    literal = [node.data for node in pieces if isinstance(node, nodes.TemplateData)]
    only_text = len(literal) == len(pieces) and all(isinstance(node, nodes.Output) for node in tree.body)
    return "".join(literal) if only_text else None


def _refusal(part: Part, lines: tuple[Line, ...], node: nodes.Node, what: str) -> Finding:
    line = place_of(lines, node.lineno or 1)
    place = Place(path=line.place if line else part.story)
    return NOT_ALLOWED.at(place, pladsholder=line.tag if line else Phrase("Et mærke"), konstruktion=what)


def check_characters(xml: str) -> bytes:
    """XML as UTF-8. Raises :class:`UncleanError` for what XML 1.0 has no place for (section 2.2)."""
    try:
        encoded = xml.encode()
    except UnicodeEncodeError as exc:
        raise UncleanError from exc
    clean = len(encoded.translate(None, _CONTROLS)) == len(encoded)
    if not clean or any(never in encoded for never in _NEVER):
        raise UncleanError
    return encoded


def _expect_markup(tree: nodes.Template, outside: frozenset[int]) -> None:
    """Put the filter for markup on the printed expressions that stand outside text."""
    number = 0
    for output in tree.find_all(nodes.Output):
        for index, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                continue
            if number in outside:
                output.nodes[index] = nodes.Filter(node, RICH_FILTER, [], [], None, None, lineno=node.lineno)
            number += 1


def _line_of(trace: TracebackType | None) -> int:
    """The line of the Jinja source where an error arose."""
    lines = [line for frame, number in traceback.walk_tb(trace) if (line := source_line(frame, number))]
    return lines[-1] if lines else 0


def _reason(exc: Exception) -> str:
    return in_danish(str(exc)) or type(exc).__name__
