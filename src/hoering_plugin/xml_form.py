"""Values as XML: one rule for every value that has a JSON Schema, both ways, and the same rule as an XSD.

A group is an element with an element for each field, under the field's Danish name. A list is an element
with a ``post`` for each entry; an empty list is an empty element, and a field that isn't there has none. Free
names (``vaerdier``) are entries with the attribute ``navn``; a number among them has ``type="tal"``. Truth
is ``true`` or ``false``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

ENTRY = "post"
NAME = "navn"
TYPE = "type"
NUMBER = "tal"
_XS = "http://www.w3.org/2001/XMLSchema"
_PATTERNS = {"date": "[0-9]{4}-[0-9]{2}-[0-9]{2}"}

Schema = Mapping[str, Any]


def resolved(node: Schema, root: Schema) -> Schema:
    """A part of a JSON Schema with its reference followed, and without ``null``: XML leaves the field out."""
    if "$ref" in node:
        return resolved(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    if "allOf" in node and len(node["allOf"]) == 1:
        return resolved(node["allOf"][0], root)
    real = [part for part in node.get("anyOf", ()) if part.get("type") != "null"]
    return resolved(real[0], root) if len(real) == 1 else node


def xml_bytes(value: Mapping[str, Any], schema: Schema, name: str, namespace: str) -> bytes:
    """Plain data as an XML file in UTF-8. The same data give the same bytes."""
    root = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]
    _fill(root, value, schema, schema, namespace)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _fill(element: etree._Element, value: Any, node: Schema, root: Schema, namespace: str) -> None:
    node = resolved(node, root)
    if isinstance(value, Mapping):
        known = node.get("properties")
        for name, part in value.items():
            child = etree.SubElement(element, f"{{{namespace}}}{name if known else ENTRY}")
            if known:
                _fill(child, part, known[name], root, namespace)
                continue
            child.set(NAME, name)
            if isinstance(part, int):
                child.set(TYPE, NUMBER)
            child.text = str(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _fill(etree.SubElement(element, f"{{{namespace}}}{ENTRY}"), part, node["items"], root, namespace)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    else:
        element.text = str(value)


def xsd_text(schema: Schema, name: str, namespace: str) -> str:
    """The XML Schema (1.0) of the files that :func:`xml_bytes` writes."""
    root = etree.Element(
        f"{{{_XS}}}schema",
        attrib={"targetNamespace": namespace, "elementFormDefault": "qualified"},
        nsmap={"xs": _XS, None: namespace},  # type: ignore[dict-item]
    )
    top = etree.SubElement(root, f"{{{_XS}}}element", name=name)
    _declare(top, schema, schema)
    for key, definition in sorted(schema.get("$defs", {}).items()):
        kind = "complexType" if definition.get("type") == "object" else "simpleType"
        named = etree.SubElement(root, f"{{{_XS}}}{kind}", name=key)
        if kind == "complexType":
            _group(named, definition, schema)
        else:
            _restrict(named, definition)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def _declare(element: etree._Element, node: Schema, root: Schema) -> None:
    """Say what may stand in an element: by name where the type has one, else in place."""
    real = [part for part in node.get("anyOf", ()) if part.get("type") != "null"]
    if "$ref" in node:
        element.set(TYPE, node["$ref"].rpartition("/")[2])
    elif len(real) == 1:
        _declare(element, real[0], root)
    elif node.get("type") == "array":
        sequence = etree.SubElement(etree.SubElement(element, f"{{{_XS}}}complexType"), f"{{{_XS}}}sequence")
        entry = _entries(sequence, node.get("minItems", 0))
        _declare(entry, node["items"], root)
    elif "properties" in node:
        _group(etree.SubElement(element, f"{{{_XS}}}complexType"), node, root)
    elif node.get("type") == "object":
        sequence = etree.SubElement(etree.SubElement(element, f"{{{_XS}}}complexType"), f"{{{_XS}}}sequence")
        free = etree.SubElement(_entries(sequence, 0), f"{{{_XS}}}complexType")
        content = etree.SubElement(free, f"{{{_XS}}}simpleContent")
        extension = etree.SubElement(content, f"{{{_XS}}}extension", base="xs:string")
        etree.SubElement(extension, f"{{{_XS}}}attribute", name=NAME, type="xs:string", use="required")
        number = etree.SubElement(extension, f"{{{_XS}}}attribute", name=TYPE)
        _restrict(etree.SubElement(number, f"{{{_XS}}}simpleType"), {"const": NUMBER})
    else:
        _restrict(etree.SubElement(element, f"{{{_XS}}}simpleType"), node)


def _entries(sequence: etree._Element, least: int) -> etree._Element:
    return etree.SubElement(
        sequence, f"{{{_XS}}}element", name=ENTRY, minOccurs=str(least), maxOccurs="unbounded"
    )


def _group(kind: etree._Element, node: Schema, root: Schema) -> None:
    """The fields of a group, in any order."""
    every = etree.SubElement(kind, f"{{{_XS}}}all")
    for name, part in node["properties"].items():
        field = etree.SubElement(every, f"{{{_XS}}}element", name=name)
        if name not in node.get("required", ()):
            field.set("minOccurs", "0")
        if "description" in part:
            note = etree.SubElement(
                etree.SubElement(field, f"{{{_XS}}}annotation"), f"{{{_XS}}}documentation"
            )
            note.set("{http://www.w3.org/XML/1998/namespace}lang", "da")
            note.text = part["description"]
        _declare(field, part, root)


def _restrict(kind: etree._Element, node: Schema) -> None:
    """A simple type: text with its limits, one of some words, a number, or truth."""
    base = {"integer": "xs:integer", "boolean": "xs:token"}.get(str(node.get("type")), "xs:token")
    facets: list[tuple[str, object]] = []
    choices = node.get("enum") or ([node["const"]] if "const" in node else [])
    if node.get("type") == "boolean":
        choices = ["true", "false"]
    facets += [("enumeration", choice) for choice in choices]
    pattern = node.get("pattern") or _PATTERNS.get(node.get("format", ""))
    if pattern:
        facets.append(("pattern", pattern.removeprefix("^").removesuffix("$").replace(r"\d", "[0-9]")))
    for ours, theirs in (("minLength", "minLength"), ("maxLength", "maxLength")):
        if ours in node:
            facets.append((theirs, node[ours]))
    for ours, theirs in (("minimum", "minInclusive"), ("maximum", "maxInclusive")):
        if ours in node:
            facets.append((theirs, node[ours]))
    if not facets and "anyOf" in node:
        base = "xs:string"
    restriction = etree.SubElement(kind, f"{{{_XS}}}restriction", base=base)
    for name, value in facets:
        etree.SubElement(restriction, f"{{{_XS}}}{name}", value=str(value))
