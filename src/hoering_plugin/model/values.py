"""What every value in the model is made of: frozen, checked, and the same text on every machine.

A value is read from Danish keys (its aliases) and used by English names. Text is normalised to NFC and holds
no character that a Word letter can't show.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

# Control characters, lone surrogates, the replacement character and byte-order mark, the controls that turn
# the direction of writing, and noncharacters: none of them is text, and several are no XML.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff]"
)
MAX_TEXT = 20_000
"""The longest text a value may hold, in characters: some six pages."""


class Value(BaseModel):
    """A frozen value with Danish keys. An unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        loc_by_alias=True,
    )


def clean_text(value: Any) -> Any:
    """Text in NFC without white space around it; anything but text is left for the type check to refuse."""
    if not isinstance(value, str):
        return value
    found = _UNPRINTABLE.search(value)
    if found:
        raise PydanticCustomError(
            "tegn",
            "Teksten indeholder tegnet {tegn} på plads {plads}, som ikke kan stå i et brev.",
            {"tegn": f"U+{ord(found[0]):04X}", "plads": str(found.start() + 1)},
        )
    if len(value) > MAX_TEXT:
        raise PydanticCustomError(
            "for-lang",
            "Teksten er på {antal} tegn; der er plads til {plads}.",
            {"antal": str(len(value)), "plads": str(MAX_TEXT)},
        )
    return unicodedata.normalize("NFC", value).strip()


def _date(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        raise PydanticCustomError("dato", "{vaerdi} er et tidspunkt, ikke en dato.", {"vaerdi": str(value)})
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError("dato", "Datoen {vaerdi} findes ikke.", {"vaerdi": value}) from None
    raise PydanticCustomError(
        "dato", "{vaerdi} er ikke en dato skrevet som åååå-mm-dd.", {"vaerdi": repr(value)[:80]}
    )


def _time(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3])[.:][0-5]\d", value.strip(), re.ASCII):
        return dt.time.fromisoformat(value.strip().replace(".", ":"))
    raise PydanticCustomError(
        "klokkeslaet", "{vaerdi} er ikke et klokkeslæt skrevet som tt.mm.", {"vaerdi": repr(value)[:80]}
    )


def _digits(count: int, what: str) -> Any:
    def check(value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(rf"\d{{{count}}}", value.strip(), re.ASCII):
            return value.strip()
        shown = value if isinstance(value, str) else repr(value)
        raise PydanticCustomError(
            what,
            "{vaerdi} er ikke {antal} cifre skrevet som tekst.",
            {"vaerdi": shown[:80], "antal": str(count)},
        )

    return check


def _cvr_check(value: str) -> str:
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    if sum(w * int(digit) for w, digit in zip(weights, value, strict=True)) % 11:
        raise PydanticCustomError(
            "cvr", "CVR-nummeret {vaerdi} har et forkert kontrolciffer.", {"vaerdi": value}
        )
    return value


def _cvr(value: Any) -> str:
    return _cvr_check(_digits(8, "cvr")(value))


Text = Annotated[str, BeforeValidator(clean_text), StringConstraints(min_length=1)]
"""One paragraph of printable text, NFC, never empty."""

Key = Annotated[str, BeforeValidator(clean_text), StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
"""A stable ASCII name for something, in small letters: ``dragoer-taarnby``, ``serviceloven-85``."""

MunicipalityCode = Annotated[
    str,
    BeforeValidator(_digits(4, "kommunekode")),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}$"}),
]
"""Four digits as text, for example ``"0155"``."""

Cvr = Annotated[str, BeforeValidator(_cvr), WithJsonSchema({"type": "string", "pattern": r"^\d{8}$"})]
"""Eight digits as text with a valid check digit (modulus 11)."""

Date = Annotated[dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date, written ``2020-12-01``."""

Time = Annotated[
    dt.time,
    BeforeValidator(_time),
    PlainSerializer(lambda time: f"{time:%H.%M}", when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3])[.:][0-5]\d$"}),
]
"""A time of the day in Denmark, written ``12.00`` or ``12:00``."""

Flag = StrictBool
