"""The language that people are spoken to in: Danish, or English where it is asked for.

A text is written in Danish where it is needed, and that Danish is the key under which its English is looked
up (GNU gettext). What is kept is Danish whoever made it: manifests, workbooks and letters never depend on the
language of whoever ran the program. Only what is shown is translated, by :func:`spoken`, and only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gettext import GNUTranslations

DOMAIN = "hoering_plugin"
LOCALES = Path(__file__).parent / "locale"

_ENGLISH: ContextVar[bool] = ContextVar("english", default=False)
_NUMBER = re.compile(r"\d+")


class Phrase(str):
    """Danish words with ``{named}`` values: a text like any other, and one that can be said in English.

    ``text`` is the words with the names in them, a brace written twice; ``values`` what stands for the names.
    """

    __slots__ = ("text", "values")
    text: str
    values: dict[str, str]

    def __new__(cls, text: str, /, **values: object) -> Phrase:
        """The words filled in. Raises KeyError for a name without a value."""
        kept = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        phrase = super().__new__(cls, text.format_map(kept))
        phrase.text = text
        phrase.values = kept
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """The phrase as another process makes it again."""
        return (self.text,), self.values


def joined(parts: Iterable[str], separator: str = " ") -> Phrase:
    """Texts one after the other as one phrase; each is translated by itself."""
    values = {f"del{number}": part for number, part in enumerate(parts)}
    between = separator.replace("{", "{{").replace("}", "}}")
    return Phrase(between.join(f"{{{name}}}" for name in values), **values)


def all_of(items: Iterable[str]) -> str:
    """``a, b og c``; empty for no items."""
    *first, last = ("", *items)
    return Phrase("{flere} og {sidste}", flere=", ".join(first[1:]), sidste=last) if len(first) > 1 else last


def marked(text: str) -> str:
    """The text itself: a Danish one that a :class:`Phrase` is made of elsewhere, marked for the catalogue."""
    return text


def literal(text: str) -> Phrase:
    """A Danish text without values as a phrase; braces in it are just braces."""
    return Phrase(text.replace("{", "{{").replace("}", "}}"))


def speak_english(wanted: bool) -> None:
    """Choose the language of what is shown from here on; until somebody does, it is Danish."""
    _ENGLISH.set(wanted)


def is_english() -> bool:
    """Whether people are spoken to in English."""
    return _ENGLISH.get()


def spoken(text: str) -> str:
    """The text as it is to be shown: a phrase in the reader's language, any other text as it is."""
    if not isinstance(text, Phrase):
        return text
    if not is_english():
        return str(text)
    return english(text.text).format_map({name: spoken(value) for name, value in text.values.items()})


def spoken_place(path: str) -> str:
    """A place in Word, such as ``tabel 1, række 3``, in the reader's language; other places as they are."""
    if not is_english():
        return path
    return ", ".join(_spoken_step(step) for step in path.split(", "))


def _spoken_step(step: str) -> str:
    number = _NUMBER.search(step)
    known = english(_NUMBER.sub("{nr}", step, count=1))
    return known.replace("{nr}", number[0] if number else "")


def english(text: str) -> str:
    """What a Danish text is in English, with its names still in it; itself where nobody has translated it."""
    return _catalogue().gettext(text) if text else ""


@lru_cache(maxsize=1)
def _catalogue() -> GNUTranslations | Any:
    import gettext  # only those who read English wait for it

    return gettext.translation(DOMAIN, LOCALES, languages=["en"])
