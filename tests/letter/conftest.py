"""Word files built of small expressions, and what docxtpl itself makes of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from xml.sax.saxutils import escape

import pytest
from docxtpl import DocxTemplate
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE = '<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def run(text: str, bold: bool = False) -> str:
    """A run of text."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:r>{properties}<w:t>{escape(text)}</w:t></w:r>"


def paragraph(*texts: str, style: str = "") -> str:
    """A paragraph with a run for each text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(run, texts))}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A table cell; a text is a paragraph."""
    inside = "".join(text if text.startswith("<w:") else paragraph(text) for text in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def row(*cells: str) -> str:
    """A table row; a text is a cell."""
    return f"<w:tr>{''.join(text if text.startswith('<w:') else cell(text) for text in cells)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    """A table with columns of equal width."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def control(tag: str, *inside: str, number: int = 7) -> str:
    """A block content control."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="{number}"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"
    )


def drawing(number: int = 5) -> str:
    """A run with a drawing that has an id."""
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="Logo"/></wp:inline></w:drawing></w:r>'


def text_box(*paragraphs: str) -> str:
    """A paragraph with a text box in it."""
    return "<w:p><w:r><w:pict><w:txbxContent>" + "".join(paragraphs) + "</w:txbxContent></w:pict></w:r></w:p>"


def document(
    *body: str,
    header: str = "",
    footer: str = "",
    footnotes: str = "",
    properties: Mapping[str, str] | None = None,
    members: Mapping[str, str | bytes] | None = None,
    section: str = "",
) -> bytes:
    """A Word file. ``members`` are more members, or other ones."""
    parts: dict[str, tuple[str, str, str]] = {}
    if header:
        parts["header1"] = ("header", "w:hdr", header)
    if footer:
        parts["footer1"] = ("footer", "w:ftr", footer)
    if footnotes:
        parts["footnotes"] = ("footnotes", "w:footnotes", footnotes)
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{name}"/>'
        for name, (kind, _, _) in parts.items()
        if kind != "footnotes"
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(parts, properties is not None),
        "_rels/.rels": _package_rels(properties is not None),
        "word/document.xml": (
            f"<w:document {NAMESPACES}><w:body>{''.join(body)}"
            f"{section or PAGE.format(references=references)}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _rels(
            {name: (f"{OFFICE}/{kind}", f"{name}.xml") for name, (kind, _, _) in parts.items()}
        ),
    }
    for name, (_, element, inside) in parts.items():
        files[f"word/{name}.xml"] = f"<{element} {NAMESPACES}>{inside}</{element}>"
    if properties is not None:
        files["docProps/core.xml"] = _core(properties)
    return zipped(files | dict(members or {}))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _content_types(parts: Mapping[str, tuple[str, str, str]], core: bool) -> str:
    overrides = [("/word/document.xml", f"{WORD}.document.main+xml")]
    overrides += [(f"/word/{name}.xml", f"{WORD}.{kind}+xml") for name, (kind, _, _) in parts.items()]
    if core:
        overrides.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _rels(relations: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _package_rels(core: bool) -> str:
    relations = {"rId1": (f"{OFFICE}/officeDocument", "word/document.xml")}
    if core:
        relations["rId2"] = (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    return _rels(relations)


def _core(properties: Mapping[str, str]) -> str:
    inside = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in properties.items())
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{inside}</cp:coreProperties>"
    )


def members(data: bytes) -> dict[str, bytes]:
    """The members of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(data: bytes) -> dict[str, bytes]:
    """The members of a Word file, XML in canonical form."""
    return {
        name: etree.tostring(etree.fromstring(blob), method="c14n")
        if name.endswith((".xml", ".rels"))
        else blob
        for name, blob in members(data).items()
    }


def by_docxtpl(data: bytes, context: Mapping[str, object]) -> bytes:
    """What docxtpl makes of a template, autoescaped."""
    word = DocxTemplate(io.BytesIO(data))
    word.render(dict(context), autoescape=True)
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


def texts(data: bytes, member: str = "word/document.xml") -> list[str]:
    """The text of each paragraph of a part."""
    root = etree.fromstring(members(data)[member])
    return ["".join(text.text or "" for text in p.iter(f"{{{W}}}t")) for p in root.iter(f"{{{W}}}p")]


@pytest.fixture(scope="session")
def word() -> SimpleNamespace:
    """The builders of this file, by name."""
    builders: tuple[Callable[..., object], ...] = (
        run,
        paragraph,
        cell,
        row,
        table,
        control,
        drawing,
        text_box,
        document,
        zipped,
        members,
        canonical,
        by_docxtpl,
        texts,
    )
    return SimpleNamespace(**{builder.__name__: builder for builder in builders})
