"""What stands in a cell, as the plain data of its column; and what is wrong where it isn't that."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from hoering_plugin.cases.workbook.layout import Column
from hoering_plugin.findings import Kind, error
from hoering_plugin.model.law import shipped_law
from hoering_plugin.validation import field_folded

NUMBER_FOR_TEXT = error(
    "celle-tal",
    "Cellen rummer tallet {tal}, og her skal stå tekst; foranstillede nuller er gået tabt.",
    "Formatér cellen som tekst, og skriv værdien igen, fx {forslag}.",
)
DATE_FOR_TEXT = error(
    "celle-dato-som-tekst",
    "Cellen rummer datoen {dato}, og her skal stå tekst.",
    "Formatér cellen som tekst, og skriv værdien igen.",
)
NO_DATE = error(
    "celle-dato",
    "»{vaerdi}« er ikke en dato.",
    "Skriv datoen som 01-12-2020.",
)
NUMBER_FOR_DATE = error(
    "celle-dato-tal",
    "Cellen rummer tallet {tal} og er ikke formateret som en dato.",
    "Formatér cellen som dato, eller skriv datoen som 01-12-2020.",
)
NO_TIME = error(
    "celle-klokkeslaet",
    "Cellen rummer tallet {tal}, og her skal stå et klokkeslæt.",
    "Skriv klokkeslættet som 12.00.",
)
NO_FLAG = error("celle-ja-nej", "»{vaerdi}« er hverken »ja« eller »nej«.", "Skriv ja eller nej.")
NO_NUMBER = error("celle-helt-tal", "»{vaerdi}« er ikke et helt tal.", "Skriv et helt tal.")

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4})", re.ASCII)
_IN_WORDS = re.compile(r"(?:den )?(\d{1,2})\.?\s*([a-z]+)\s+(\d{4})", re.ASCII | re.IGNORECASE)
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FLAGS = {"ja": True, "nej": False, "sand": True, "falsk": False, "true": True, "false": False, "x": True}


class WrongCell(Exception):  # noqa: N818 - it carries a finding's kind and is no error of ours
    """A cell that doesn't hold what its column wants.

    ``meant`` is what it was probably meant to be, so that one fault isn't told again wherever others refer to
    the cell.
    """

    def __init__(self, kind: Kind, meant: str | None = None, **values: object) -> None:
        super().__init__(kind.id)
        self.kind = kind
        self.meant = meant
        self.values = values


def plain(value: Any, column: Column) -> Any:
    """The value of a filled cell as the column's plain data. Raises WrongCell."""
    if column.kind == "free":
        return _free(value)
    if column.kind == "date":
        return _date(value)
    if column.kind == "time" and not isinstance(value, str):
        return _time(value)
    if column.kind == "flag":
        return _flag(value)
    if column.kind == "number":
        return _number(value)
    text = _text(value, column)
    if column.kind == "choice":
        return _choices(column.choices).get(field_folded(text), text)
    if column.kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if column.kind == "list":
        return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    return text


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        digits = str(int(value)) if value == int(value) else str(value)
        wanted = digits.zfill(8 if "cvr" in column.path else 4)
        raise WrongCell(NUMBER_FOR_TEXT, wanted, tal=digits, forslag=wanted)
    if isinstance(value, dt.date | dt.time):
        raise WrongCell(DATE_FOR_TEXT, dato=value.isoformat())
    return str(value).strip()


def _date(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise WrongCell(NUMBER_FOR_DATE, tal=value)
    text = str(value).strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _day(year, month, day, text)
    if (words := _IN_WORDS.fullmatch(text)) and words[2].lower() in _MONTHS:
        return _day(int(words[3]), _MONTHS.index(words[2].lower()) + 1, int(words[1]), text)
    if _ISO.fullmatch(text):
        return text
    raise WrongCell(NO_DATE, vaerdi=text[:80])


def _day(year: int, month: int, day: int, text: str) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise WrongCell(NO_DATE, vaerdi=text) from None


def _time(value: Any) -> str:
    """A time of day; a number is hours and minutes, as ``12.30`` is where Excel sees no time in it."""
    if isinstance(value, dt.time | dt.datetime):
        return f"{value:%H.%M}"
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < 24:
        hours, minutes = divmod(round(value * 100), 100)
        if minutes < 60 and abs(value * 100 - round(value * 100)) < 1e-6:
            return f"{hours:02d}.{minutes:02d}"
    raise WrongCell(NO_TIME, tal=value)


@cache
def _choices(choices: tuple[str, ...]) -> dict[str, str]:
    """Each choice by the ways in which people write it: also a task area as the law's heading has it."""
    headings = {text.heading: text.area.value for text in shipped_law().areas}
    names = {field_folded(heading): area for heading, area in headings.items() if area in choices}
    return names | {field_folded(choice): choice for choice in choices}


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _FLAGS.get(str(value).strip().casefold())
    if found is None:
        raise WrongCell(NO_FLAG, vaerdi=str(value)[:80])
    return found


def _number(value: Any) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip(), re.ASCII):
        return int(value)
    raise WrongCell(NO_NUMBER, vaerdi=str(value)[:80])


def _free(value: Any) -> Any:
    """A date, a whole number or a text, as the cell has it."""
    if isinstance(value, dt.date):
        return _date(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return str(value)
