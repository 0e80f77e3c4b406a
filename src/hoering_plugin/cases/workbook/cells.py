"""What stands in a cell, as the plain data of its column; and what is wrong where it isn't that."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from hoering_plugin.cases.workbook.layout import Column
from hoering_plugin.findings import Kind, error

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
NO_FLAG = error("celle-ja-nej", "»{vaerdi}« er hverken »ja« eller »nej«.", "Skriv ja eller nej.")
NO_NUMBER = error("celle-helt-tal", "»{vaerdi}« er ikke et helt tal.", "Skriv et helt tal.")

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FLAGS = {"ja": True, "nej": False, "sand": True, "falsk": False, "true": True, "false": False, "x": True}


class WrongCell(Exception):  # noqa: N818 - it carries a finding's kind and is no error of ours
    """A cell that doesn't hold what its column wants."""

    def __init__(self, kind: Kind, **values: object) -> None:
        super().__init__(kind.id)
        self.kind = kind
        self.values = values


def plain(value: Any, column: Column) -> Any:
    """The value of a filled cell as the column's plain data. Raises WrongCell."""
    if column.kind == "free":
        return _free(value)
    if column.kind == "date":
        return _date(value)
    if column.kind == "time" and isinstance(value, dt.time | dt.datetime):
        return f"{value:%H.%M}"
    if column.kind == "flag":
        return _flag(value)
    if column.kind == "number":
        return _number(value)
    text = _text(value, column)
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
        raise WrongCell(NUMBER_FOR_TEXT, tal=digits, forslag=wanted)
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
        try:
            return dt.date(year, month, day).isoformat()
        except ValueError:
            raise WrongCell(NO_DATE, vaerdi=text) from None
    if _ISO.fullmatch(text):
        return text
    raise WrongCell(NO_DATE, vaerdi=text[:80])


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
