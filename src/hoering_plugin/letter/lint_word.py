"""Whether a template's Word file holds what a letter must not carry, or lacks what it must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from hoering_plugin.findings import Finding, Place, error, warning

MACROS = error(
    "skabelon-makro", "Filen indeholder makroer ({fil}).", "Gem den som Word-dokument uden makroer."
)
ATTACHED = error(
    "skabelon-tilknyttet",
    "Filen henter en Word-skabelon udefra ({maal}).",
    "Fjern tilknytningen: Udvikler > Dokumentskabelon.",
)
EXTERNAL = error(
    "skabelon-ekstern", "Filen henter indhold udefra ({maal}).", "Indsæt indholdet i filen, eller fjern det."
)
EMBEDDED = warning(
    "skabelon-indlejret",
    "Filen indeholder en indlejret fil ({fil}).",
    "Fjern den, hvis brevet ikke skal have den med.",
)
FIELD = warning(
    "skabelon-felt-skifter",
    "Word-feltet {felt} skifter indhold, når brevet åbnes.",
    "Skriv teksten, eller brug en pladsholder.",
)
UPDATES = warning(
    "skabelon-felter-opdateres",
    "Filen beder Word opdatere alle felter, når brevet åbnes, og så spørger Word modtageren.",
    "Slå det fra (updateFields i word/settings.xml).",
)
NOT_RENDERED = error(
    "skabelon-ikke-flettet",
    "{pladsholder} står et sted, hvor der ikke flettes ({fil}).",
    "Flyt den til brødtekst, sidehoved, sidefod, fodnote eller dokumentets titel.",
)
REVISIONS = error(
    "skabelon-rettelser",
    "Skabelonen har sporede ændringer; slettet tekst ville følge med i brevene.",
    "Acceptér eller afvis alle ændringer.",
)
REMARKS = error(
    "skabelon-kommentarer", "Skabelonen har kommentarer, som ville følge med i brevene.", "Slet dem."
)
HIDDEN = warning(
    "skabelon-skjult",
    "Skabelonen har skjult tekst, som følger med i brevene.",
    "Slet teksten, eller vis den.",
)
NO_TITLE = error(
    "skabelon-titel",
    "Filen har ingen titel i dokumentets egenskaber.",
    "Skriv en titel under Filer > Oplysninger; den må indeholde pladsholdere.",
)
NOT_DANISH = error(
    "skabelon-sprog",
    "Filens standardsprog er ikke dansk (da-DK), så en skærmlæser udtaler brevet forkert.",
    "Sæt korrektursproget til dansk for al tekst, og gør det til standard.",
)
NO_STYLE = error(
    "skabelon-typografi",
    "Typografien »{navn}« bruges, men findes ikke i filen.",
    "Opret den, eller vælg en anden.",
)
NO_HEADINGS = error(
    "skabelon-overskrift",
    "Ingen afsnit har en overskriftstypografi, så brevet kan ikke overskues af en skærmlæser.",
    "Brug typografierne Overskrift 1, 2 og 3.",
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CHANGING = re.compile(
    r"\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME|FILENAME|USERNAME|AUTHOR|LASTSAVEDBY|INCLUDETEXT|"
    r"INCLUDEPICTURE|LINK|DDE|DDEAUTO|DATABASE|ASK|FILLIN|MACROBUTTON)\b",
    re.IGNORECASE,
)
_STYLES = ("pStyle", "rStyle", "tblStyle")
_IGNORED = ("customXml/", "word/glossary/")
_CORE_RENDERED = frozenset(
    f"{_DC}{name}" for name in ("title", "creator", "description", "identifier", "language", "subject")
)

Trees = Mapping[str, etree._Element]


def parse_members(members: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """The XML members of a template that has been read with care."""
    return {
        name: etree.fromstring(blob) for name, blob in members.items() if name.endswith((".xml", ".rels"))
    }


def check_file(members: Mapping[str, bytes], trees: Trees, rendered: frozenset[str]) -> Iterator[Finding]:
    """What no template should hold. ``rendered`` are the members in which placeholders are filled in."""
    for name in members:
        if "vbaProject" in name:
            yield MACROS.at(fil=name)
        if name.startswith("word/embeddings/"):
            yield EMBEDDED.at(fil=name)
    for name, root in trees.items():
        if name.endswith(".rels"):
            yield from _links(root)
        elif not name.startswith(_IGNORED):
            yield from _left_over(name, root, rendered)
            yield from _fields(name, root)
            if next(root.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"), None) is not None:
                yield REVISIONS.at(Place(path=name))
            if name != "word/styles.xml" and next(root.iter(f"{_W}vanish"), None) is not None:
                yield HIDDEN.at(Place(path=name))
            if root.tag == f"{_W}comments" and len(root):
                yield REMARKS.at()


def check_letter(trees: Trees) -> Iterator[Finding]:
    """What a letter's own template must have besides: title, language, headings, the styles it uses."""
    title = [
        element.text
        for name, root in trees.items()
        if name.startswith("docProps/")
        for element in root.iter(f"{_DC}title")
    ]
    if not any(text and text.strip() for text in title):
        yield NO_TITLE.at()
    styles = trees.get("word/styles.xml")
    if styles is None:
        yield NOT_DANISH.at()
        return
    language = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if language is None or language.get(f"{_W}val") != "da-DK":
        yield NOT_DANISH.at()
    names = {_attribute(style, "styleId"): style for style in styles.iter(f"{_W}style")}
    used = {
        _attribute(element, "val")
        for name, root in trees.items()
        if name.startswith("word/") and not name.startswith("word/glossary/") and root is not styles
        for element in root.iter(*(f"{_W}{style}" for style in _STYLES))
    }
    for missing in sorted(used - names.keys()):
        yield NO_STYLE.at(navn=missing)
    if not any(_is_heading(names[style]) for style in used & names.keys()):
        yield NO_HEADINGS.at()


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{_W}{name}", "")


def _is_heading(style: etree._Element) -> bool:
    name = style.find(f"{_W}name")
    return name is not None and _attribute(name, "val").lower().startswith("heading ")


def _links(root: etree._Element) -> Iterator[Finding]:
    for relation in root.iter(_RELATION):
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            target = relation.get("Target", "")
            yield (ATTACHED if kind == "attachedTemplate" else EXTERNAL).at(maal=target)


def _left_over(name: str, root: etree._Element, rendered: frozenset[str]) -> Iterator[Finding]:
    if name in rendered:
        return
    if name.startswith("docProps/"):
        texts = [element.text or "" for element in root.iter() if element.tag not in _CORE_RENDERED]
    else:
        texts = [
            "".join(map(str, root.itertext())),
            *(value for e in root.iter(etree.Element) for value in map(str, e.attrib.values())),
        ]
    for text in texts:
        for found in _PLACEHOLDER.finditer(text):
            yield NOT_RENDERED.at(pladsholder=found[0][:60], fil=name)


def _fields(name: str, root: etree._Element) -> Iterator[Finding]:
    codes = [_attribute(field, "instr") for field in root.iter(f"{_W}fldSimple")]
    codes += ["".join(map(str, p.itertext(f"{_W}instrText"))) for p in root.iter(f"{_W}p")]
    for code in codes:
        if found := _CHANGING.match(code):
            yield FIELD.at(Place(path=name), felt=found[1].upper())
    updates = root.find(f"{_W}updateFields") if root.tag == f"{_W}settings" else None
    if updates is not None and updates.get(f"{_W}val", "true") not in ("0", "false", "off"):
        yield UPDATES.at()
