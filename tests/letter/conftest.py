"""Word files built of small expressions, and what docxtpl itself makes of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from xml.sax.saxutils import escape

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from hoering_plugin.danish import sort_key
from hoering_plugin.model.answer import LoadedMinistry, Ministry, Source
from hoering_plugin.model.case import Case, Extent
from hoering_plugin.model.draft import Draft, DraftCondition, DraftRequest, ProvisionOutcome, Window
from hoering_plugin.model.ministry import Assessment, Binds, Category, Grounds, Name, Notice

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


NAMES = {
    "kommunalret": ("Social- og Indenrigsministeriet", "social- og indenrigsministeren"),
    "mim": ("Miljøministeriet", "miljøministeren"),
    "bm": ("Beskæftigelsesministeriet", "beskæftigelsesministeren"),
}
MINISTRIES = tuple(
    LoadedMinistry(
        Ministry(key, (Name(ministry=name, minister=minister, source="test"),)),
        f"hook-{key}",
        "1.0.0",
        "test",
    )
    for key, (name, minister) in NAMES.items()
)
GROUNDS = Grounds(
    rule="En tilladelse beror på en konkret vurdering.",
    considerations="Der er navnlig lagt vægt på sammenhængen i de fælles anlæg.",
    facts="Kommunerne har ét fælles renseanlæg.",
)
PEOPLE = {
    "0155": ("Dragør", "kommunalbestyrelse", "12881517"),
    "0183": ("Ishøj", "byraad", "11931316"),
    "0185": ("Tårnby", "kommunalbestyrelse", "20310413"),
    "0187": ("Vallensbæk", "kommunalbestyrelse", "19583910"),
}
WHERE = {
    "beskaeftigelse": "beskaeftigelse",
    "miljoebeskyttelsesloven-17": "natur_miljoe",
    "spildevandsbetaling": "natur_miljoe",
    "social": "social",
}


def make_case(authorised: Mapping[str, str], codes: tuple[str, ...], **changes: object) -> Case:
    """A case of one cooperation. ``authorised`` gives the authorised municipality of each area."""
    people = [
        {
            "kode": code,
            "navn": PEOPLE[code][0],
            "organ": PEOPLE[code][1],
            "cvr": PEOPLE[code][2],
            "borgmester": f"Borgmester {PEOPLE[code][0]}",
            "adresse": ["Rådhuspladsen 1"],
        }
        for code in codes
    ]
    requests = [
        {
            "id": key,
            "samarbejde": "sammen",
            "opgaveomraade": area,
            "opgave": f"Opgave om {key}",
            "bestemmelser": [key],
            "ansoegninger": [{"kommune": code, "dato": "2020-11-11"} for code in codes],
        }
        for key, area in WHERE.items()
        if area in authorised
    ]
    return Case.model_validate(
        {
            "format": "hoering-sag/1",
            "sagsnummer": "2020 - 1234",
            "doknr": "567",
            "titel": "Ophør",
            "ekstern_id": "X",
            "klassifikation": {"skema": "KLE", "kode": "00.00.00"},
            "adgang": "aaben",
            "sagsbehandler": "Kontoret",
            "lovhenvisning": "lov nr. 541 af 24. juni 2005 med senere ændringer",
            "brevdato": "2020-12-01",
            "henvendelse": {"dato": "2020-11-11", "emne": "muligt ophør af samarbejderne"},
            "svarfrist": {"dato": "2021-02-08", "klokkeslaet": "12.00"},
            "afsender": {
                "ministerium": "kommunalret",
                "navn": "Social- og Indenrigsministeriet",
                "adresse": ["Holmens Kanal 22", "1060 København K"],
                "telefon": "72 28 24 00",
                "email": "sim@sim.dk",
            },
            "underskriver": {"rolle": "embedsmand"},
            "kommuner": people,
            "samarbejder": [
                {
                    "id": "sammen",
                    "kommuner": list(codes),
                    "roller": [{"opgaveomraade": a, "bemyndiget": c} for a, c in authorised.items()],
                }
            ],
            "oensker": requests,
            **changes,
        }
    )


def make_condition(
    number: int, bound: tuple[str, ...], requests: tuple[int, ...], text: str = ""
) -> DraftCondition:
    """A condition with a text of its own."""
    return DraftCondition(
        number=number,
        key=f"vilkaar-{number}",
        ministry="mim",
        category=Category.SUBSTANCE,
        heading="Faglige vilkår",
        text=text
        or f"Kommunerne udveksler senest {number + 1} uger før datoen de oplysninger, der er nødvendige.",
        binds=Binds.BOTH,
        bound=bound,
        authorised=None,
        requests=requests,
        legal_basis="§ 11 a, stk. 3",
        reason="Hensynet til borgerne.",
        sample=False,
        source=Source("pakke", "hook-mim", "1.0.0"),
    )


def make_draft(
    case: Case, *, refused: tuple[str, ...] = (), conditions: tuple[DraftCondition, ...] = ()
) -> Draft:
    """A draft in which everything is met but what is refused; the first request has a window."""
    outcomes = {r.key: Assessment.NONE if r.key in refused else Assessment.FULL for r in case.requests}
    people = sorted(case.municipalities, key=lambda m: sort_key(m.name))
    return Draft(
        cooperation=case.cooperations[0],
        municipalities=tuple(people),
        requests=tuple(
            DraftRequest(
                number,
                request,
                outcomes[request.key],
                tuple(
                    ProvisionOutcome(
                        case.law.provision(key),
                        outcomes[request.key],
                        GROUNDS if request.key in refused else None,
                        ("mim",),
                        (),
                    )
                    for key in request.provisions
                ),
            )
            for number, request in enumerate(case.requests, 1)
        ),
        conditions=conditions,
        windows=(
            Window(1, dt.date(2021, 4, 1), None, Notice(count=2, unit="maaneder"), ("01-01",), (1,), None),
        )
        if conditions
        else (),
        statements=(),
        ministers=("miljøministeren",),
        extent=Extent.FULLY
        if not refused
        else Extent.NOT
        if len(refused) == len(outcomes)
        else Extent.WIDELY,
        computed=None,
        unused=(),
        findings=(),
    )


@pytest.fixture(scope="session")
def paper() -> SimpleNamespace:
    """Cases and drafts made by hand, and the ministries named in them."""
    return SimpleNamespace(case=make_case, condition=make_condition, draft=make_draft, ministries=MINISTRIES)
