"""On which line of a TOML file something stands: tomllib gives the values, this gives their places."""

from __future__ import annotations

import re
from collections.abc import Callable

from hoering_plugin.findings import Place

Loc = tuple[int | str, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_.\-"' ]+?)\s*=""")
_LONG_QUOTE = re.compile(r'"""|\'\'\'')


def toml_lines(text: str) -> dict[Loc, int]:
    """Line numbers, from 1, of every table and key: ``("vilkaar", 2, "tekst")`` -> 57.

    Keys within inline tables have no line of their own.
    """
    lines: dict[Loc, int] = {(): 1}
    counts: dict[Loc, int] = {}
    table: Loc = ()
    open_quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        was_open = bool(open_quote)
        for quote in _LONG_QUOTE.findall(line):
            if not open_quote:
                open_quote = quote
            elif quote == open_quote:
                open_quote = ""
        if was_open:
            continue
        header = _HEADER.match(line)
        if header:
            *outer, last = _parts(header[2])
            parent = _resolved(outer, counts)
            table = (*parent, last)
            lines.setdefault(table, number)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            names = _parts(key[1])
            for length in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:length]), number)
    return lines


def places_in(text: str, file: str) -> Callable[[Loc], Place]:
    """A function that says where a location is, or the nearest around it that the file has."""
    lines = toml_lines(text)

    def place_of(loc: Loc) -> Place:
        found = next(loc[:length] for length in range(len(loc), -1, -1) if loc[:length] in lines)
        return Place(file, lines[found] if found else None, path_of(loc))

    return place_of


def path_of(loc: Loc) -> str:
    """``vilkaar[2].tekst``; entries are counted from 0, as in a case's paths."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _resolved(names: list[str], counts: dict[Loc, int]) -> Loc:
    """The location of a table that others lie in; an array of tables means its latest entry."""
    loc: Loc = ()
    for name in names:
        loc = (*loc, name)
        if loc in counts:
            loc = (*loc, counts[loc])
    return loc
