"""Which sheet and column each field of a case stands in: the one table that reading, writing and help share.

What a column holds, whether it must be filled and what its help says come from the case's JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from hoering_plugin.cases.schema import shipped_case_schema
from hoering_plugin.xml_form import resolved

Kind = Literal["text", "date", "time", "flag", "number", "choice", "list", "lines", "free"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its heading, where it is in an entry, what it holds, and what a caseworker is told."""

    heading: str
    path: Path
    kind: Kind
    required: bool
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``path`` is the list its rows are entries of, in the case or in an entry of ``parent``.

    ``key`` is the field that rows of a child sheet name their entry by; ``parent_heading`` is the heading of
    the column in which they do. A ``vertical`` sheet has a row for each field.
    """

    name: str
    path: Path
    columns: tuple[Column, ...]
    required: bool
    parent: str = ""
    parent_heading: str = ""
    key: str = ""
    vertical: bool = False


NUMBER = "nr"
"""The key of sheets whose rows are named by a number in a column »Nr.«, and by nothing in the case."""

SWITCH = "Egne vilkår"
"""The column that says whether a reply has conditions of its own, or the package's apply."""

_LETTERS = {
    "adgang": "Adgang",
    "afgoerelser": "Afgørelser",
    "ansoegninger": "Ansøgninger",
    "bekraeftet": "Bekræftet",
    "begrundelse": "Begrundelse",
    "bemyndiget": "Bemyndiget",
    "borgmester": "Borgmester",
    "cvr": "CVR",
    "doknr": "Dok.nr.",
    "ekstern_id": "Ekstern id",
    "eksempel": "Eksempel",
    "foerste": "Første",
    "id": "Id",
    "klokkeslaet": "Klokkeslæt",
    "kun_den": "Kun den",
    "lov": "Lov",
    "oenske": "Ønske",
    "oensker": "Ønsker",
    "opgaveomraade": "Opgaveområde",
    "opgaveomraader": "Opgaveområder",
    "retter_sig_mod": "Retter sig mod",
    "underskriver": "Underskriver",
    "vaerdier": "Værdier",
    "vilkaar": "Vilkår",
}
_LINES = {"adresse"}
_LISTS: tuple[tuple[str, Path, str, str, str], ...] = (
    ("Kommuner", ("kommuner",), "", "", ""),
    ("Samarbejder", ("samarbejder",), "", "", "id"),
    ("Roller", ("roller",), "Samarbejder", "Samarbejde", ""),
    ("Ønsker", ("oensker",), "", "", "id"),
    ("Ansøgninger", ("ansoegninger",), "Ønsker", "Ønske", ""),
    ("Svarpligt", ("svarpligt",), "", "", ""),
    ("Forhandlinger", ("forhandlinger",), "", "", ""),
    ("Ministersvar", ("ministersvar",), "", "", NUMBER),
    ("Vilkår i ministersvar", ("vilkaar",), "Ministersvar", "Ministersvar nr.", NUMBER),
    ("Værdier i vilkår", ("vaerdier",), "Vilkår i ministersvar", "Vilkår nr.", ""),
    ("Afgørelser", ("afgoerelser",), "", "", ""),
    ("Sammenfatninger", ("sammenfatninger",), "", "", ""),
    ("Datoer", ("datoer",), "", "", ""),
    ("Bestemmelser", ("bestemmelser",), "", "", ""),
)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet, in the order they stand in the workbook."""
    schema = shipped_case_schema()
    case = Sheet("Sag", (), tuple(_columns(schema, schema, ())), required=True, vertical=True)
    made = {"": schema}
    found = [case]
    for name, path, parent, heading, key in _LISTS:
        node = resolved(made[parent]["properties"][path[0]], schema)
        required = path[0] in made[parent].get("required", ())
        if "items" in node:
            entry = resolved(node["items"], schema)
            made[name] = dict(entry)
            columns = tuple(_columns(entry, schema, ()))
        else:
            columns = (
                Column(
                    "Navn", ("navn",), "text", True, "Værdiens navn, som det står i teksten mellem { og }."
                ),
                Column("Værdi", ("vaerdi",), "free", True, "En dato, et helt tal eller en tekst."),
            )
        found.append(Sheet(name, path, columns, required, parent, heading, key))
    return tuple(found)


def children(sheet: Sheet) -> tuple[Sheet, ...]:
    """The sheets whose rows belong to rows of this one."""
    return tuple(one for one in sheets() if one.parent == sheet.name)


def heading(path: Path) -> str:
    """``Afsender: navn`` for ``("afsender", "navn")``."""
    words = [_LETTERS.get(part, part.replace("_", " ").capitalize()) for part in path]
    return words[0] if len(words) == 1 else f"{words[0]}: {' '.join(words[1:]).lower()}"


def _columns(entry: Any, schema: Any, path: Path, *, inside_required: bool = True) -> Iterator[Column]:
    for name, node in entry["properties"].items():
        here = (*path, name)
        required = inside_required and name in entry.get("required", ())
        part = resolved(node, schema)
        if "properties" in part:
            yield from _columns(part, schema, here, inside_required=required)
        elif part.get("type") == "array" and "properties" in resolved(part["items"], schema):
            if "default" in node and node["default"] is None:
                told = "Skriv ja, hvis vilkårene i arket »Vilkår i ministersvar« gælder og ikke pakkens."
                yield Column(SWITCH, here, "flag", False, told)
        elif part.get("type") != "object":
            kind, choices = _kind(name, part, schema)
            told = node.get("description", part.get("description", ""))
            yield Column(heading(here), here, kind, required, told, choices)


def _kind(name: str, node: Any, schema: Any) -> tuple[Kind, tuple[str, ...]]:
    if node.get("type") == "array":
        items = resolved(node["items"], schema)
        return ("lines" if name in _LINES else "list"), tuple(items.get("enum", ()))
    if node.get("type") == "boolean":
        return "flag", ("ja", "nej")
    if node.get("type") == "integer":
        return "number", ()
    if node.get("format") == "date":
        return "date", ()
    if "klokkeslaet" in name:
        return "time", ()
    choices = tuple(node.get("enum", ())) or ((node["const"],) if "const" in node else ())
    return ("choice", choices) if choices else ("text", ())
