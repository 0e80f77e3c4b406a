"""The Jinja environment of every template: sandboxed, autoescaped, and loud about what is undefined.

The lint, the list of placeholders and the rendering all use the environments made here, so that they can't
disagree about what a template means. What is met while one letter is rendered is kept in its :class:`Run`.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from jinja2 import Undefined, UndefinedError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from hoering_plugin.findings import Finding, Kind, Place, error
from hoering_plugin.letter.ids import ID_FILTER, Ids

UNDEFINED = error(
    "felt-ukendt", "{pladsholder} bruger »{navn}«, som ikke findes i brevets data.", "{forslag}"
)
UNSAFE = error(
    "felt-forbudt", "{pladsholder} bruger »{navn}«, som en skabelon ikke har adgang til.", "Fjern det."
)
NO_VALUE = error(
    "felt-uden-vaerdi",
    "{pladsholder} har ingen værdi (None).",
    "Udfyld feltet i sagen, eller betinget med if.",
)
LOST_MARKUP = error(
    "felt-tekst-udenfor",
    "{pladsholder} er en almindelig tekst, men står dér, hvor kun RichText vises, og ville ikke kunne ses.",
    "Fjern r eller p foran navnet.",
)
STRAY_MARKUP = error(
    "felt-richtext",
    "{pladsholder} er RichText, men står inde i en tekst.",
    "Skriv r foran navnet (p, hvis det er hele afsnit).",
)
BAD_CHARACTERS = error(
    "felt-tegn",
    "{pladsholder} indeholder {tegn}, som ikke kan stå i en Word-fil.",
    "Ret teksten i sagen. Tegnet er typisk kommet med, da teksten blev kopieret.",
)
FOREIGN_LINK = error(
    "felt-henvisning",
    "{pladsholder} har et link ({id}), som ikke findes i skabelonen.",
    "Lav linket med tpl.build_url_id i prepare.",
)

RICH_FILTER = "_rich"  # harmless in a template's own hands
_LIVE = frozenset({"InlineImage", "Subdoc"})
_RELATION = re.compile(r'\br:(?:id|embed|link)="([^"]*)"')
_RICH = frozenset({"RichText", "RichTextParagraph"})


class NeedsDocxtpl(BaseException):
    """Something in the data needs a live docxtpl object: the letter must be rendered by docxtpl in full.

    It is no :class:`Exception`, so that nothing on the way out of a template takes it for an error.
    """


@dataclass(slots=True)
class Run:
    """What is known of the letter that is being rendered.

    ``locate`` gives the placeholder and place of a line of the current part's Jinja source. ``markup`` says
    whether anything but plain text was printed; ``inspect`` asks for a close look at every text; ``bind``
    ties an image to the docxtpl object that renders this letter, if one does.
    """

    names: tuple[str, ...]
    ids: Ids
    locate: Callable[[int], tuple[str, Place]]
    relations: frozenset[str] = frozenset()
    bind: Callable[[Any], Any] | None = None
    restricted: bool = False
    markup: bool = False
    inspect: bool = False
    findings: dict[Finding, None] = field(default_factory=dict)

    def report(self, kind: Kind, **values: str) -> None:
        """Note a finding at the tag that is being rendered."""
        tag, place = self.locate(rendered_line(sys._getframe()))
        self.findings[kind.at(place, pladsholder=tag or "Et felt", **values)] = None


RUN: ContextVar[Run] = ContextVar("RUN")
_NO_OBJECT = Undefined()._undefined_obj


def rendered_line(frame: FrameType | None) -> int:
    """The line of the Jinja source that a frame, or the nearest one that called it, is at; 0 if none is."""
    while frame is not None:
        if line := source_line(frame, frame.f_lineno):
            return line
        frame = frame.f_back
    return 0


def source_line(frame: FrameType, number: int) -> int:
    """The line of the Jinja source behind a line of a frame; 0 if the frame is not a template's."""
    template = frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(number)) if template is not None else 0


class Missing(Undefined):
    """An undefined name that is reported where it is used, and then lets the rendering go on to the next."""

    def _report(self) -> None:
        run = RUN.get(None)
        if run is None:
            raise UndefinedError(self._undefined_message)
        name = str(self._undefined_name)
        if self._undefined_exception is SecurityError:
            run.report(UNSAFE, navn=name)
            return
        run.report(UNDEFINED, navn=name, forslag=nearest(name, self._near(run)))

    def _near(self, run: Run) -> tuple[str, ...]:
        if self._undefined_obj is _NO_OBJECT:
            return run.names
        return tuple(map(str, self._undefined_obj)) if isinstance(self._undefined_obj, Mapping) else ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        self._report()
        return super()._fail_with_undefined_error(*args, **kwargs)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __call__ = _fail_with_undefined_error
    __int__ = __float__ = __complex__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        self._report()
        return self

    def __getitem__(self, key: object) -> Any:
        self._report()
        return self

    def __str__(self) -> str:
        self._report()
        return ""

    def __bool__(self) -> bool:
        self._report()
        return False

    def __len__(self) -> int:
        self._report()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self._report()
        return iter(())

    def __eq__(self, other: object) -> bool:
        self._report()
        return False

    def __contains__(self, item: object) -> bool:
        self._report()
        return False

    __hash__ = Undefined.__hash__


def nearest(name: str, known: tuple[str, ...]) -> str:
    """What to do about an unknown name: the nearest known one, if any is near."""
    near = difflib.get_close_matches(name, known, 1)
    return f"Mente du »{near[0]}«?" if near else "Ret navnet i skabelonen, eller giv feltet en værdi."


def bad_characters(text: str) -> str:
    r"""The characters of a text that XML 1.0 (section 2.2) has no place for, named; empty if there are none.

    ``\a`` and ``\f`` are left out: docxtpl makes paragraphs and page breaks of them.
    """
    bad = sorted({char for char in text if not _is_xml(char)})
    return ", ".join(_NAMES.get(char, f"tegnet U+{ord(char):04X}") for char in bad)


_NAMES = {"\x0b": "et lodret linjeskift (U+000B)", "\x00": "et nul-tegn (U+0000)"}


def _is_xml(char: str) -> bool:
    code = ord(char)
    return char in "\t\n\r\a\f" or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def finalize(value: Any) -> Any:
    """Look at each value as it is printed. Plain text, which is nearly all of it, passes at once."""
    run = RUN.get(None)
    if run is None or isinstance(value, Undefined):
        return value
    kind = type(value).__name__
    if run.inspect and kind not in _LIVE and (bad := bad_characters(str(value))):
        run.report(BAD_CHARACTERS, tegn=bad)
    if kind == "str":
        return value
    if value is None and run.restricted:
        run.report(NO_VALUE)
    elif hasattr(value, "__html__"):
        return _markup(value, kind, run)
    return value


@pass_context
def rich(context: Context, value: Any) -> Any:
    """Let RichText through where only markup can stand, and report a plain text that would not be seen there.

    The compiler puts this filter on ``{{r }}``, ``{{p }}`` and other tags outside text. It takes the context
    so that Jinja doesn't work it out beforehand.
    """
    run = RUN.get(None)
    if run is None or isinstance(value, Undefined):
        return value
    if type(value).__name__ in _RICH:
        return _linked(Markup(value.__html__()), run)  # noqa: S704 - RichText is markup
    if not hasattr(value, "__html__") and str(value).strip():
        run.report(LOST_MARKUP)
    return value


@pass_context
def give_id(context: Context, original: str, kind: str) -> str:
    """The id to write where the template has ``original``. Only the compiler puts this filter in."""
    run = RUN.get(None)
    return run.ids.give(kind, original) if run else original


def _markup(value: Any, kind: str, run: Run) -> Any:
    if kind in _LIVE:
        if run.bind is None:
            raise NeedsDocxtpl
        return run.bind(value)
    run.markup = True
    if kind in _RICH:
        run.report(STRAY_MARKUP)
    return value


def _linked(markup: Markup, run: Run) -> Markup:
    for found in _RELATION.findall(markup):
        if found not in run.relations:
            run.report(FOREIGN_LINK, id=found)
    return markup


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox without loaders, in which everything printed is escaped for XML, except in a plain text.

    A key of a mapping goes before a method of the same name, so that data called ``items`` can be printed.
    """

    def __init__(self, undefined: type[Undefined], *, autoescape: bool = True) -> None:
        super().__init__(autoescape=autoescape, undefined=undefined, finalize=finalize)
        self.filters |= {RICH_FILTER: rich, ID_FILTER: give_id}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of ``obj.attribute`` in a template."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


STRICT, STRICT_TEXT = Environment(Missing), Environment(Missing, autoescape=False)
EMPTY, EMPTY_TEXT = Environment(Undefined), Environment(Undefined, autoescape=False)
