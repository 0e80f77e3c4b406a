"""A look at each value as a template prints it: text passes; what would be lost or do harm is reported."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from hoering_plugin.findings import error
from hoering_plugin.language import Phrase, joined
from hoering_plugin.letter.run import RUN, NeedsDocxtpl, Run

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


def bad_characters(text: str) -> str:
    r"""The characters of a text that XML 1.0 (section 2.2) has no place for, named; empty if there are none.

    ``\a`` and ``\f`` are left out: docxtpl makes paragraphs and page breaks of them.
    """
    bad = sorted({char for char in text if not _is_xml(char)})
    return (
        joined((_NAMES.get(char, Phrase("tegnet {tegn}", tegn=f"U+{ord(char):04X}")) for char in bad), ", ")
        if bad
        else ""
    )


_NAMES = {"\x0b": Phrase("et lodret linjeskift (U+000B)"), "\x00": Phrase("et nul-tegn (U+0000)")}


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
