"""The metadata files beside each letter: what a records system files it by, as JSON and as XML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath
from typing import Any

from hoering_plugin.delivery.manifest import MadeLetter
from hoering_plugin.model.case import Case
from hoering_plugin.model.metadata import DOCX, METADATA_FORMAT, FiledFile, LetterMetadata, Recipient
from hoering_plugin.xml_form import xml_bytes

METADATA_NAMESPACE = "urn:hoering-plugin:metadata:1"
METADATA_ROOT = "brev"


def metadata_files(case: Case, made: Iterable[MadeLetter], version: str) -> dict[str, bytes]:
    """For each letter its metadata as JSON and as XML: ``….metadata.json`` and ``….metadata.xml``."""
    files: dict[str, bytes] = {}
    for one in made:
        files |= as_files(letter_metadata(case, one, version), one.file)
    return files


def as_files(metadata: LetterMetadata, letter: str) -> dict[str, bytes]:
    """The metadata of a letter of that name as its two files."""
    plain = metadata.model_dump(mode="json", by_alias=True, exclude_none=True)
    stem = PurePath(letter).stem
    return {
        f"{stem}.metadata.json": (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode(),
        f"{stem}.metadata.xml": xml_bytes(plain, _schema(), METADATA_ROOT, METADATA_NAMESPACE),
    }


@cache
def _schema() -> dict[str, Any]:
    return LetterMetadata.model_json_schema(by_alias=True)


def letter_metadata(case: Case, made: MadeLetter, version: str) -> LetterMetadata:
    """A letter's metadata. Its external id names the case, the municipality and the version."""
    municipality = case.municipality(made.letter.code)
    return LetterMetadata(
        format=METADATA_FORMAT,
        external_id=f"{case.external_id}/{municipality.code}/{version}",
        case_number=case.case_number,
        case_title=case.title,
        case_external_id=case.external_id,
        document_number=case.document_number,
        document_title=made.letter.title,
        letter_date=case.letter_date,
        reply_deadline=case.reply_deadline,
        direction="udgaaende",
        sender=case.sender.name,
        recipients=(
            Recipient(name=f"{municipality.name} Kommune", cvr=municipality.cvr, code=municipality.code),
        ),
        caseworker=case.caseworker,
        classification=case.classification,
        access=case.access,
        example=case.example,
        files=(
            FiledFile(
                name=made.file,
                mime_type=DOCX,
                role="hoveddokument",
                contains=("Høringsbrev", "Bilag 1: Udkast til tilladelse"),
                sha256=made.letter.sha256,
            ),
        ),
    )
