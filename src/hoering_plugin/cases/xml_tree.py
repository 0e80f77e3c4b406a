"""XML with the line of everything in it, read as the plain data that the JSON format has.

The rule between the two is that of ``xml_form``; the case's JSON Schema says which element is a list, a group
or a value. A DOCTYPE is refused, so that no entity is ever expanded; nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from hoering_plugin.cases.json_tree import MAX_DEPTH, TOO_DEEP
from hoering_plugin.cases.schema import shipped_case_schema
from hoering_plugin.cases.tree import LinedTree
from hoering_plugin.findings import Kind, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.validation import Loc, shown
from hoering_plugin.xml_form import ENTRY, NAME, NUMBER, TYPE, Schema, resolved

NAMESPACE = "urn:hoering-plugin:sag:1"
ROOT = "sag"

SYNTAX = error(
    "xml-fejl",
    "Filen er ikke gyldig XML: på tegn {tegn} i linjen {fejl}.",
    "Ret stedet, eller eksportér sagen igen.",
)
DOCTYPE = error(
    "xml-doctype",
    "Filen har en DOCTYPE eller en ENTITY, og dem læser programmet ikke.",
    "Fjern den fra filen.",
)
OTHER_ROOT = error(
    "xml-rod",
    "Filens yderste element er {fundet} og ikke »sag« i navnerummet »{navnerum}«.",
    'Begynd filen med <sag xmlns="{navnerum}">.',
)
OTHER_NAMESPACE = error(
    "xml-navnerum",
    "Elementet {fundet} er ikke i navnerummet »{navnerum}«.",
    "Fjern præfikset eller xmlns på elementet.",
)
TWICE = error("xml-dobbelt", "Elementet »{felt}« står to gange i samme gruppe.", "Slet det ene.")
NO_ENTRY = error(
    "xml-ikke-post",
    "Listen »{felt}« har elementet »{fundet}«.",
    "Skriv hver post i listen som <post>…</post>.",
)
STRAY_TEXT = error(
    "xml-loes-tekst",
    "Teksten {tekst} står uden for felterne i »{felt}«.",
    "Flyt den ind i et felt, eller slet den.",
)
ATTRIBUTE = error("xml-attribut", "Attributten »{navn}« på »{felt}« kendes ikke.", "Fjern den.")
NO_NAME = error("xml-uden-navn", "En post i »{felt}« har ikke attributten »navn«.", 'Skriv <post navn="…">.')
INNER = error(
    "xml-element-i-tekst",
    "Feltet »{felt}« rummer elementet »{fundet}« og ikke kun tekst.",
    "Skriv kun tekst.",
)

_SAID = {
    4: Phrase("er der ingen XML"),
    5: Phrase("står der noget efter det yderste element"),
    9: Phrase("står der et tegn, som ikke må stå i XML"),
    26: Phrase("står der et & med et ukendt navn; et &-tegn skrives &amp;"),
    42: Phrase("står den samme attribut to gange"),
    68: Phrase("mangler der et navn efter < eller &; de to tegn skrives &lt; og &amp;"),
    76: Phrase("lukkes et element med et andet navn, end det begynder med"),
    77: Phrase("er et element ikke lukket"),
    201: Phrase("bruges et præfiks, som ikke er erklæret"),
}
_FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_SPACE = " \t\r\n"


class XmlTree(LinedTree):
    """What an XML file holds; see :class:`~hoering_plugin.cases.tree.Tree`."""

    def path(self, loc: Loc) -> str:
        """``/sag/kommuner/post[1]/kode``."""
        return xml_path(loc)


def xml_path(loc: Loc) -> str:
    """``/sag/kommuner/post[1]/kode``."""
    return f"/{ROOT}" + "".join(
        f"/{ENTRY}[{part + 1}]" if isinstance(part, int) else f"/{shown(part)[1:-1]}" for part in loc
    )


def read_xml(text: str) -> XmlTree:
    """Read an XML text; never raises, whatever the text."""
    tree = XmlTree(readable=False)
    data = text.encode("utf-8", "replace")
    if (found := _FORBIDDEN.search(data)) is not None:
        tree.findings.append(DOCTYPE.at(Place(line=data.count(b"\n", 0, found.start()) + 1)))
        return tree
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.lineno or 1, fault.offset or 1
        said = _SAID.get(getattr(fault, "code", 0), Phrase("kan den ikke læses"))
        tree.findings.append(SYNTAX.at(Place(line=line), tegn=column, fejl=said))
        return tree
    if root.tag != f"{{{NAMESPACE}}}{ROOT}":
        place = Place(line=_line(root), path="/")
        tree.findings.append(OTHER_ROOT.at(place, fundet=shown(str(root.tag)), navnerum=NAMESPACE))
        return tree
    tree.readable = True
    schema = shipped_case_schema()
    tree.value = _Reader(tree, schema).part(root, schema, ())
    return tree


class _Reader:
    """One reading of one file."""

    def __init__(self, tree: XmlTree, schema: Schema) -> None:
        self.tree = tree
        self.schema = schema

    def note(self, kind: Kind, element: etree._Element, loc: Loc, **values: str) -> None:
        self.tree.findings.append(kind.at(Place(line=_line(element), path=xml_path(loc)), **values))

    def part(self, element: etree._Element, node: Schema, loc: Loc) -> Any:
        """What stands in an element, as the schema's node says it is to be read."""
        self.tree.lines[loc] = _line(element)
        node = resolved(node, self.schema)
        if len(loc) > MAX_DEPTH:
            self.note(TOO_DEEP, element, loc, antal=str(MAX_DEPTH))
            return None
        if node.get("type") == "array":
            return self.entries(element, node, loc)
        if "properties" in node:
            return self.group(element, node, loc)
        if node.get("type") == "object":
            return self.free(element, loc)
        self.attributes(element, loc)
        return self.plain(element, node, loc)

    def group(self, element: etree._Element, node: Schema, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.attributes(element, loc)
        for child, name in self.children(element, loc):
            if name in found:
                self.note(TWICE, child, (*loc, name), felt=shown(name)[1:-1])
            found[name] = self.part(child, node["properties"].get(name, {}), (*loc, name))
        return found

    def entries(self, element: etree._Element, node: Schema, loc: Loc) -> list[Any]:
        found: list[Any] = []
        self.attributes(element, loc)
        for child, name in self.children(element, loc):
            if name != ENTRY:
                self.note(NO_ENTRY, child, loc, felt=_last(loc), fundet=shown(name)[1:-1])
            else:
                found.append(self.part(child, node["items"], (*loc, len(found))))
        return found

    def free(self, element: etree._Element, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.attributes(element, loc)
        for child, tag in self.children(element, loc):
            name = child.get(NAME)
            if tag != ENTRY:
                self.note(NO_ENTRY, child, loc, felt=_last(loc), fundet=shown(tag)[1:-1])
            elif name is None:
                self.note(NO_NAME, child, loc, felt=_last(loc))
            else:
                at = (*loc, name)
                if name in found:
                    self.note(TWICE, child, at, felt=shown(name)[1:-1])
                self.tree.lines[at] = _line(child)
                self.attributes(child, at, NAME, TYPE)
                kind = {"type": "integer"} if child.get(TYPE) == NUMBER else {}
                found[name] = self.plain(child, kind, at)
        return found

    def plain(self, element: etree._Element, node: Schema, loc: Loc) -> Any:
        """The text of an element, as a number or truth where the schema wants one and it is one."""
        for child in element:
            self.note(INNER, child, loc, felt=_last(loc), fundet=shown(etree.QName(child).localname)[1:-1])
        text = (element.text or "").strip(_SPACE)
        if node.get("type") == "boolean" and text in ("true", "false"):
            return text == "true"
        if node.get("type") == "integer" and re.fullmatch(r"-?[0-9]{1,18}", text):
            return int(text)
        return text

    def children(self, element: etree._Element, loc: Loc) -> list[tuple[etree._Element, str]]:
        """The elements in a group or list by their names, and nothing else may stand there."""
        texts = [element.text, *(child.tail for child in element)]
        stray = " ".join(text.strip(_SPACE) for text in texts if text and text.strip(_SPACE))
        if stray:
            self.note(STRAY_TEXT, element, loc, tekst=shown(stray), felt=_last(loc))
        found = []
        for child in element:
            name = etree.QName(child)
            if name.namespace != NAMESPACE:
                self.note(OTHER_NAMESPACE, child, loc, fundet=shown(str(child.tag)), navnerum=NAMESPACE)
            else:
                found.append((child, name.localname))
        return found

    def attributes(self, element: etree._Element, loc: Loc, *known: str) -> None:
        for name in element.attrib:
            if name not in known and not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                self.note(ATTRIBUTE, element, loc, navn=shown(str(name))[1:-1], felt=_last(loc))


def _line(element: etree._Element) -> int:
    line: int = element.sourceline  # type: ignore[assignment]
    return line


def _last(loc: Loc) -> str:
    return next((shown(part)[1:-1] for part in reversed(loc) if isinstance(part, str)), ROOT)
