"""Whether what a template makes can be broken Word: tables without rows, cells without paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from lxml import etree

from hoering_plugin.findings import Finding, Place, error, warning
from hoering_plugin.letter.contract_type import Contract, Field
from hoering_plugin.letter.environment import STRICT
from hoering_plugin.letter.ids import TAGGED
from hoering_plugin.letter.places import BODY
from hoering_plugin.letter.shape import blocks_around, shape_of
from hoering_plugin.letter.source import Part

NO_ROWS = error(
    "skabelon-tabel-tom",
    "Tabellen kan ende uden rækker, og så må Word reparere brevet.",
    "Giv tabellen en overskriftsrække uden for løkken, eller sæt {{%p if … %}} om hele tabellen.",
)
NO_PARAGRAPH = error(
    "skabelon-celle-tom",
    "En celle kan ende uden afsnit, og så må Word reparere brevet.",
    "Sæt et tomt afsnit sidst i cellen, uden for betingelsen.",
)
NOT_FOLLOWED = warning(
    "skabelon-uoverskuelig",
    "Det kan ikke afgøres, om resultatet altid er en hel Word-fil.",
    "Lad hver if og for begynde og slutte samme sted: i samme afsnit, eller med {{%p … %}} om hele afsnit.",
)
NO_CONTROLS = error(
    "skabelon-uden-kontroller",
    "Skabelonen har ingen indholdskontrol med mærket »{maerke}«, så brevet kan ikke efterprøves.",
    "Sæt en indholdskontrol om teksten (Udvikler > RTF-indholdskontrol), og giv den mærket »{maerke}«.",
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check_structure(part: Part, contract: Contract | None) -> Iterator[Finding]:
    """What could be broken in one part for some data. A syntax error is not ours to find."""
    try:
        outline = shape_of(STRICT.parse(part.plain), part.head, part.tail).outline
    except TemplateSyntaxError:
        return
    if outline is None:
        yield NOT_FOLLOWED.at(Place(path=part.story or BODY))
        return
    around = blocks_around(outline)
    for number, table in enumerate(outline.iter(f"{_W}tbl"), 1):
        place = Place(path=", ".join(filter(None, (part.story, f"tabel {number} (indlejrede talt med)"))))
        inside = len(around[table])
        rows = list(table.iter(f"{_W}tr"))
        if not any(_always(around[row], inside, contract) for row in rows):
            yield NO_ROWS.at(place)
        cells = [cell for row in rows for cell in row.iter(f"{_W}tc") if _owner(cell, "tbl") is table]
        if not all(_ends_whole(cell, around) for cell in cells):
            yield NO_PARAGRAPH.at(place)


def check_controls(document: bytes) -> Iterator[Finding]:
    """Whether a letter's template has the content controls by which its letters are proved."""
    root = etree.fromstring(document)
    tags = {tag.get(f"{_W}val") for tag in root.iter(f"{_W}tag")}
    for needed in TAGGED:
        if needed not in tags:
            yield NO_CONTROLS.at(maerke=needed)


def _owner(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(f"{_W}{name}"), None)


def _ends_whole(cell: etree._Element, around: dict[etree._Element, tuple[str, ...]]) -> bool:
    """Whether a cell always ends with a paragraph (ISO 29500-1, 17.4.65)."""
    inside = len(around[cell])
    paragraphs = [p for p in cell.iter(f"{_W}p") if _owner(p, "tc") is cell]
    return any(len(around[p]) == inside for p in paragraphs)


def _always(blocks: tuple[str, ...], inside: int, contract: Contract | None) -> bool:
    """Whether what stands in these blocks is always there: all are loops over lists never empty."""
    meanings: dict[str, Field] = {field.name: field for field in contract.fields} if contract else {}
    for number, block in enumerate(blocks):
        name, _, listed = block.partition(" in ")
        field = _find(meanings, listed)
        if number >= inside and not (field and field.never_empty):
            return False
        if field:
            meanings[name] = field
    return True


def _find(meanings: dict[str, Field], path: str) -> Field | None:
    first, *rest = path.split(".")
    field = meanings.get(first)
    for name in rest:
        field = field.field(name) if field else None
    return field
