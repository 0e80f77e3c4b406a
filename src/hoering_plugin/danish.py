"""Danish as officials write it: dates, lists, numbers, alphabetical order, and spaces that must not break.

Dates and lists come from Babel's Danish data. Sources: Dansk Sprognævn's alphabet (aa sorts as å) and the
ministry's own letters (``11-02-2021`` in the header block, the long form in prose).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from hoering_plugin.model.case import Council, Municipality
from hoering_plugin.model.ministry import Notice

NBSP = "\u00a0"
_LOCALE = "da"
_REMEMBERED = 2048
"""How many results of a function are remembered: the letters of a case repeat the same names and texts."""
_UNITS = {"dage": ("dag", "dage"), "uger": ("uge", "uger"), "maaneder": ("måned", "måneder")}
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_MONTH_AND_YEAR = re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)")
_HELD_TOGETHER = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=§) (?=\d)",
        r"(?<=\d) (?=[a-z](?:,|\.|;|\)|$| i | og | eller ))",
        r"(?<=\bstk\.) (?=\d)",
        r"(?<=\bnr\.) (?=\d)",
        r"(?<=\bkl\.) (?=\d)",
        r"(?<=\blitra) (?=[a-zæøå]\b)",
        r"(?<=\bkapitel) (?=\d)",
        r"(?<=\bbilag) (?=\d)",
        r"(?<=\b[Vv]ilkår) (?=\d)",
        rf"(?<=\d\.) (?=(?:{_MONTHS})\b)",
        r"(?<=\d) (?=(?:dag|dage|uge|uger|måned|måneder|år|vilkår|kr\.))",
    )
)


@lru_cache(_REMEMBERED)
def long_date(day: dt.date) -> str:
    """``1. december 2020``, with spaces that don't break."""
    return format_date(day, "d. MMMM y", locale=_LOCALE).replace(" ", NBSP)


@lru_cache(_REMEMBERED)
def numeric_date(day: dt.date) -> str:
    """``01-12-2020``, as in a letter's header block."""
    return format_date(day, "dd-MM-yyyy", locale=_LOCALE)


@lru_cache(_REMEMBERED)
def weekday(day: dt.date) -> str:
    """``mandag``."""
    return format_date(day, "EEEE", locale=_LOCALE)


def clock(time: dt.time) -> str:
    """``12.00``."""
    return format_time(time, "HH.mm", locale=_LOCALE)


def listed(items: Sequence[str]) -> str:
    """``Dragør, Ishøj og Tårnby``; empty for no items."""
    return _listed(tuple(items)) if items else ""


@lru_cache(_REMEMBERED)
def _listed(items: tuple[str, ...]) -> str:
    return format_list(items, style="standard", locale=_LOCALE)


def number(value: int) -> str:
    """``1.000.000``."""
    return format_decimal(value, locale=_LOCALE)


def notice(value: Notice) -> str:
    """``2 måneder``, ``1 uge``."""
    one, many = _UNITS[value.unit]
    return f"{value.count}{NBSP}{one if value.count == 1 else many}"


def year_day(month_day: str) -> str:
    """``1. januar`` from ``01-01``."""
    day = dt.date.fromisoformat(f"2000-{month_day}")
    return format_date(day, "d. MMMM", locale=_LOCALE).replace(" ", NBSP)


def numbers(values: Sequence[int]) -> str:
    """``1-4, 6 og 9``: runs of three and more are drawn together."""
    runs: list[list[int]] = []
    for value in sorted(set(values)):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(value) for value in run]
    return listed(shown)


def capital(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence."""
    return text[:1].upper() + text[1:]


@lru_cache(_REMEMBERED)
def hold_together(text: str) -> str:
    """The text with no-break spaces after §, stk., nr. and the like, in dates, and before units."""
    for pattern in _HELD_TOGETHER:
        text = pattern.sub(NBSP, text)
    return _MONTH_AND_YEAR.sub(rf"\1{NBSP}", text)


@lru_cache(_REMEMBERED)
def sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """A key that sorts names in Danish: æ ø å after z, aa as å, accents and capitals last of all.

    >>> sorted(["Aarhus", "Ærø", "Vejle", "Odense"], key=sort_key)
    ['Odense', 'Vejle', 'Ærø', 'Aarhus']
    """
    plain = text.casefold().replace("aa", "å").replace("ä", "æ").replace("ö", "ø").replace("ü", "y")
    order = {"æ": ord("z") + 1, "ø": ord("z") + 2, "å": ord("z") + 3}
    weights: list[int] = []
    for char in unicodedata.normalize("NFC", plain):
        base = char if char in order else unicodedata.normalize("NFD", char)[0]
        weights.append(order.get(base, ord(base)))
    return tuple(weights), text


def full_name(municipality: Municipality) -> str:
    """``Dragør Kommune``."""
    return f"{municipality.name} Kommune"


def joint_name(municipalities: Sequence[Municipality]) -> str:
    """``Dragør og Tårnby Kommuner``, alphabetically; one alone is ``Dragør Kommune``."""
    names = sorted((m.name for m in municipalities), key=sort_key)
    return f"{listed(names)} {'Kommuner' if len(names) > 1 else 'Kommune'}"


def council(municipality: Municipality) -> str:
    """``kommunalbestyrelsen`` or ``byrådet``: the municipality's own council in the definite form."""
    return "byrådet" if municipality.council is Council.BYRAAD else "kommunalbestyrelsen"


def council_of(municipality: Municipality) -> str:
    """``kommunalbestyrelsen i Dragør Kommune``."""
    return f"{council(municipality)} i {full_name(municipality)}"
