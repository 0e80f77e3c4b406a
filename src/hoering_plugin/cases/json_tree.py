"""JSON with the line of everything in it, and every fault that can be told without giving up.

The standard library's reader forgets where a value stood, keeps the last of two equal keys without a word,
and takes NaN for a number. RFC 8259 is followed but for one thing: a control character in a text is let
through here, so that it is named as a fault of that text and not of the file.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable

from hoering_plugin.cases.tree import LinedTree
from hoering_plugin.findings import Kind, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.validation import Loc, shown

MAX_DEPTH = 40
"""How deep lists and groups may lie in one another; a case needs eight."""

MAX_DIGITS = 30
"""How long a number may be."""

SYNTAX = error(
    "json-fejl",
    "Filen er ikke gyldig JSON: på tegn {tegn} i linjen mangler {ventet}.",
    "Ret stedet. Tit er det et komma eller et anførselstegn lige før.",
)
TOO_DEEP = error(
    "json-for-dyb", "Lister og grupper ligger mere end {antal} lag inde i hinanden.", "Ret filens opbygning."
)
DUPLICATE = error("json-noegle-dobbelt", "Feltet »{felt}« står to gange i samme gruppe.", "Slet det ene.")
NOT_FINITE = error("json-ikke-et-tal", "{tal} er ikke et tal.", "Skriv et tal, eller fjern feltet.")
LONG_NUMBER = error(
    "json-tal-for-langt", "Tallet har mere end {antal} tegn.", "Skriv det som tekst, hvis det er et nummer."
)
HALF_CHARACTER = error(
    "tegn-halvt",
    "Teksten indeholder et halvt tegn ({tegn}), som ikke er et tegn i sig selv.",
    "Skriv tegnet igen. Systemet, der har skrevet filen, har delt det i to.",
)

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE+-])")
_WORD = re.compile(r"-?[A-Za-z]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXT = json.JSONDecoder(strict=False)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class _UnreadableError(Exception):
    """What follows can't be read; the finding has been noted."""


class JsonTree(LinedTree):
    """What a JSON text holds: the value (None if it can't be read), the line of each part, and the faults."""

    def path(self, loc: Loc) -> str:
        """``$.kommuner[0].kode``."""
        return json_path(loc)


def json_path(loc: Loc) -> str:
    """``$.kommuner[0].kode``."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{shown(part)[1:-1]}" for part in loc)


def read_json(text: str) -> JsonTree:
    """Read a JSON text; never raises, whatever the text."""
    reader = _Reader(text)
    try:
        reader.tree.value = reader.value((), 0)
        reader.space()
        if reader.at < len(text):
            raise reader.expected(Phrase("filens slutning"))
    except _UnreadableError:
        reader.tree.readable = False
    return reader.tree


class _Reader:
    """One reading of one text, from its beginning to its end or to where it can't be understood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tree = JsonTree()
        self.starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def note(self, kind: Kind, loc: Loc, at: int, **values: str) -> None:
        self.tree.findings.append(kind.at(Place(line=self.line(at), path=json_path(loc)), **values))

    def expected(self, what: str) -> _UnreadableError:
        line = self.line(self.at)
        column = self.at - self.starts[line - 1] + 1
        self.tree.findings.append(SYNTAX.at(Place(line=line), tegn=column, ventet=what))
        return _UnreadableError()

    def space(self) -> str:
        """Skip white space; the character that follows, or nothing at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self, loc: Loc, depth: int) -> object:
        first = self.space()
        self.tree.lines[loc] = self.line(self.at)
        if depth > MAX_DEPTH:
            self.note(TOO_DEEP, (), self.at, antal=str(MAX_DEPTH))
            raise _UnreadableError
        if first == "{":
            return self.group(loc, depth)
        if first == "[":
            items: list[object] = []
            self.parts("]", lambda: items.append(self.value((*loc, len(items)), depth + 1)))
            return items
        if first == '"':
            return self.string(loc)
        return self.word(loc)

    def parts(self, closing: str, one: Callable[[], None]) -> None:
        """What stands between two brackets, with commas between."""
        self.at += 1
        if self.space() == closing:
            self.at += 1
            return
        while True:
            one()
            following = self.space()
            if following not in (",", closing):
                raise self.expected(Phrase("et komma eller »{tegn}«", tegn=closing))
            self.at += 1
            if following == closing:
                return

    def group(self, loc: Loc, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}

        def member() -> None:
            if self.space() != '"':
                raise self.expected(Phrase("et feltnavn i anførselstegn"))
            start = self.at
            key = self.string(loc)
            if self.space() != ":":
                raise self.expected(Phrase("et kolon"))
            self.at += 1
            if key in found:
                self.note(DUPLICATE, (*loc, key), start, felt=shown(key)[1:-1])
            found[key] = self.value((*loc, key), depth + 1)

        self.parts("}", member)
        return found

    def string(self, loc: Loc) -> str:
        start = self.at
        try:
            value, self.at = _TEXT.raw_decode(self.text, start)
        except json.JSONDecodeError as fault:
            self.at = min(fault.pos, len(self.text))
            raise self.expected(
                Phrase("resten af en tekst: et anførselstegn eller et gyldigt tegn efter »\\«")
            ) from None
        half = _SURROGATE.search(value)
        if half:
            self.note(HALF_CHARACTER, loc, start, tegn=f"U+{ord(half[0]):04X}")
            return _SURROGATE.sub("?", value)
        return str(value)

    def word(self, loc: Loc) -> object:
        start = self.at
        if number := _NUMBER.match(self.text, start):
            self.at = number.end()
            if len(number[0]) > MAX_DIGITS:
                self.note(LONG_NUMBER, loc, start, antal=str(MAX_DIGITS))
                return 0
            return self.number(number[0], loc, start)
        if (word := _WORD.match(self.text, start)) and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        if word and word[0].lstrip("-") in ("NaN", "Infinity"):
            self.at = word.end()
            self.note(NOT_FINITE, loc, start, tal=word[0])
            return 0
        raise self.expected(Phrase("en værdi"))

    def number(self, digits: str, loc: Loc, start: int) -> float:
        if re.fullmatch(r"-?[0-9]+", digits):
            return int(digits)
        value = float(digits)
        if value in (float("inf"), float("-inf")):
            self.note(NOT_FINITE, loc, start, tal=digits)
            return 0
        return value
