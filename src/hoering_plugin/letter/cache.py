"""What was made of a template, kept on disk, so that a new process need not load docxtpl to make it again.

It is data: Jinja sources, places and compressed members. It is found by the hash of the template and the
versions of what made it, and checked by its own hash; what is damaged or of another make is ignored and made
again. A folder for it must be given, and must be as well guarded as the templates themselves.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hoering_plugin.letter.marks import Line
from hoering_plugin.letter.package import Member
from hoering_plugin.letter.source import Part, Role, Source

_MADE_BY = ("hoering-plugin", "docxtpl", "python-docx", "lxml", "jinja2")
_FORMAT = 1
_HASH = 32


def kept_source(folder: Path, template_sha256: str) -> Source | None:
    """What is kept for a template; nothing if there is nothing, or it can't be trusted."""
    try:
        kept = _file(folder, template_sha256).read_bytes()
    except OSError:
        return None
    checked, packed = kept[:_HASH], kept[_HASH:]
    if hashlib.sha256(packed).digest() != checked:
        return None
    try:
        return _source(json.loads(zlib.decompress(packed)))
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


def keep_source(folder: Path, template_sha256: str, source: Source) -> None:
    """Keep what was made of a template. A folder that can't be written to is no error: it only costs time."""
    packed = zlib.compress(json.dumps(_plain(source)).encode())
    path = _file(folder, template_sha256)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=folder, prefix=".ny-")
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.sha256(packed).digest() + packed)
        Path(name).replace(path)
    except OSError:
        return


def is_kept_as_checked(folder: Path, template_sha256: str, contract: str) -> bool:
    """Whether this template was found without fault before, against this contract and by this program."""
    path = _file(folder, template_sha256, contract).with_suffix(".fejlfri")
    try:
        return path.read_bytes() == path.stem.encode()
    except OSError:
        return False


def keep_as_checked(folder: Path, template_sha256: str, contract: str) -> None:
    """Keep that a template is without fault, as above."""
    path = _file(folder, template_sha256, contract).with_suffix(".fejlfri")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.stem.encode())
    except OSError:
        return


def _file(folder: Path, template_sha256: str, contract: str = "") -> Path:
    import importlib.metadata  # takes as long as all else here, and most programs never come by

    made_by = [f"{name} {importlib.metadata.version(name)}" for name in _MADE_BY]
    key = hashlib.sha256("\n".join([str(_FORMAT), template_sha256, contract, *made_by]).encode())
    return folder / f"{key.hexdigest()}.skabelon"


def _plain(source: Source) -> dict[str, Any]:
    return {
        "parts": [asdict(part) | {"relations": sorted(part.relations)} for part in source.parts],
        "members": [
            [one.name, one.crc, one.size, base64.b64encode(one.deflated).decode()] for one in source.members
        ],
        "properties_member": source.properties_member,
        "properties": source.properties,
    }


def _source(plain: dict[str, Any]) -> Source:
    return Source(
        parts=tuple(map(_part, plain["parts"])),
        members=tuple(
            Member(name, crc, size, base64.b64decode(deflated))
            for name, crc, size, deflated in plain["members"]
        ),
        properties_member=plain["properties_member"],
        properties=tuple(plain["properties"]),
    )


def _part(plain: dict[str, Any]) -> Part:
    made = {
        "role": Role(plain["role"]),
        "lines": tuple(Line(**line) for line in plain["lines"]),
        "relations": frozenset(plain["relations"]),
    }
    return Part(**(plain | made))
