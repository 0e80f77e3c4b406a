"""A Word file as the zip that it is: read with care, written the same way every time.

A letter is mostly members that are the same in every letter. A :class:`Member` is compressed once and can be
written into any number of files; :func:`pack` joins members to a file with fixed timestamps.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, Place, SetupError, error

UNREADABLE = error("skabelon-ulaeselig", "Filen kan ikke læses: {grund}.", "Kontrollér navn og rettigheder.")
NOT_ZIP = error(
    "skabelon-ikke-docx",
    "Filen er ikke en Word-fil i formatet .docx.",
    "Åbn den i Word, og gem den som Word-dokument (*.docx).",
)
STRICT = error(
    "skabelon-strict",
    "Filen er gemt som »Strict Open XML-dokument«, som programmet ikke læser.",
    "Gem den i Word som Word-dokument (*.docx).",
)
PROTECTED = error(
    "skabelon-adgangskode",
    "Filen er beskyttet med adgangskode eller gemt i det gamle .doc-format.",
    "Åbn den i Word, fjern adgangskoden, og gem den som Word-dokument (*.docx).",
)
DAMAGED = error(
    "skabelon-beskadiget", "Filen er ikke hel: {grund}.", "Hent filen igen, eller åbn og gem den i Word."
)
TOO_BIG = error(
    "skabelon-for-stor",
    "Filen fylder for meget, når den er pakket ud (mere end {graense} MB).",
    "Fjern store billeder og indlejrede filer.",
)
DOCTYPE = error(
    "skabelon-doctype",
    "Filen indeholder en dokumenttype-erklæring (DOCTYPE), som Word aldrig skriver.",
    "Brug en fil, der er gemt i Word.",
)

MEGABYTE = 1024 * 1024
MAX_BYTES = 128 * MEGABYTE
MAX_MEMBERS = 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE_1980 = 0x21  # the earliest date a zip can hold: 1 January 1980
_UTF8 = 0x800
_VERSION = 20
_DEFLATED = 8


_STRICT = b"http://purl.oclc.org/ooxml/"
"""The beginning of every name space of ISO 29500 Strict."""
BODY = "word/document.xml"
"""The member with the text of the document."""


def xml_parser() -> etree.XMLParser:
    """A strict parser for XML from outside: no entities, no network, no huge trees."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def read_file(source: Path) -> bytes:
    """The bytes of a file. Raises :class:`SetupError` if it can't be read."""
    try:
        return source.read_bytes()
    except OSError as exc:
        raise SetupError([UNREADABLE.at(Place(str(source)), grund=reason(exc))]) from exc


def read_members(data: bytes) -> dict[str, bytes]:
    """The members of a Word file, by name, in the order of the file.

    Sizes are looked at before anything is unpacked, and every XML member is parsed once, so that what comes
    later meets only whole XML without entities. Raises :class:`SetupError` with what is wrong.
    """
    members = _members(data)
    if any(_STRICT in members.get(name, b"") for name in ("_rels/.rels", BODY)):
        raise SetupError([STRICT.at()])
    findings = [found for name, blob in members.items() if (found := _check_xml(name, blob))]
    if findings:
        raise SetupError(findings)
    return members


def read_letter(data: bytes) -> tuple[dict[str, bytes], etree._Element | None]:
    """The same, with the body of the document as it was parsed; None where there is none."""
    members = _members(data)
    body = _parsed(BODY, members[BODY]) if BODY in members else None
    others = ((name, blob) for name, blob in members.items() if name != BODY)
    findings = [found for name, blob in others if (found := _check_xml(name, blob))]
    findings += [body] if isinstance(body, Finding) else []
    if findings:
        raise SetupError(findings)
    return members, None if isinstance(body, Finding) else body


def _members(data: bytes) -> dict[str, bytes]:
    if data.startswith(_OLE):
        raise SetupError([PROTECTED.at()])
    if not data.startswith(b"PK"):
        raise SetupError([NOT_ZIP.at()])
    try:
        members = _unpack(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as exc:
        raise SetupError([DAMAGED.at(grund=exc)]) from exc
    if "[Content_Types].xml" not in members:
        raise SetupError([NOT_ZIP.at()])
    return members


def _unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_BYTES:
            raise SetupError([TOO_BIG.at(graense=MAX_BYTES // MEGABYTE)])
        if any(info.flag_bits & 1 for info in infos):
            raise SetupError([PROTECTED.at()])
        return {info.filename: archive.read(info) for info in infos if not info.is_dir()}


@lru_cache(maxsize=32)
def _check_xml(name: str, blob: bytes) -> Finding | None:
    """What is wrong with a member as XML.

    The same bytes have the same verdict: most members of a letter are its template's, and are parsed once.
    """
    parsed = _parsed(name, blob) if name.endswith((".xml", ".rels")) else None
    return parsed if isinstance(parsed, Finding) else None


def _parsed(name: str, blob: bytes) -> etree._Element | Finding:
    try:
        root = etree.fromstring(blob, xml_parser())
    except etree.XMLSyntaxError as exc:
        return DAMAGED.at(Place(path=name), grund=exc.msg)
    return DOCTYPE.at(Place(path=name)) if root.getroottree().docinfo.internalDTD is not None else root


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a zip, compressed. ``crc`` and ``size`` are of the uncompressed bytes."""

    name: str
    crc: int
    size: int
    deflated: bytes


def deflate(name: str, blob: bytes, level: int = 6) -> Member:
    """Compress one member. ``level`` is zlib's: 1 is fastest, 9 smallest."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Member(name, zlib.crc32(blob), len(blob), squeezer.compress(blob) + squeezer.flush())


def pack(members: Iterable[Member]) -> bytes:
    """A zip of the members in the order given, every timestamp 1 January 1980 (PKWARE APPNOTE 4.3)."""
    chunks: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode()
        flags = 0 if member.name.isascii() else _UTF8
        same = (flags, _DEFLATED, 0, _DATE_1980, member.crc, len(member.deflated), member.size, len(name))
        chunks += (_LOCAL.pack(b"PK\3\4", _VERSION, *same, 0), name, member.deflated)
        central += (_CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *same, 0, 0, 0, 0, 0, offset), name)
        offset += _LOCAL.size + len(name) + len(member.deflated)
    directory = b"".join(central)
    count = len(central) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*chunks, directory, end))


def content_sha256(members: Mapping[str, bytes]) -> str:
    """The hash of a file's contents: its ordered member names and their uncompressed bytes.

    It is the same wherever the letter is the same, however it was compressed and dated.
    """
    digest = hashlib.sha256()
    for name, blob in members.items():
        for piece in (name.encode(), blob):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()
