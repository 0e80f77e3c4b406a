"""What a records system files a letter by: the neutral metadata (metadata) that lie beside each letter.

The set is the one that the known records systems have in common. What the ministry's settings hide is not
among it: who contributed which condition, findings, the manifest's hashes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from hoering_plugin.model.case import Classification, Deadline
from hoering_plugin.model.values import Cvr, Date, MunicipalityCode, Text, Value

METADATA_FORMAT = "hoering-metadata/1"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_TITLE = 255
"""The longest title of a document that the records systems keep, in characters."""


class Recipient(Value):
    """Whom the letter is to."""

    name: Text = Field(alias="navn", description="Modtagerens navn, fx »Dragør Kommune«.")
    cvr: Cvr = Field(alias="cvr", description="CVR-nummeret, otte cifre som tekst.")
    code: MunicipalityCode = Field(alias="kommunekode", description="Kommunekoden, fire cifre som tekst.")


class FiledFile(Value):
    """One file of the document, and what stands in it."""

    name: Text = Field(alias="navn", description="Filens navn i samme mappe.")
    mime_type: Text = Field(alias="mimetype", description="Filens MIME-type.")
    role: Literal["hoveddokument", "bilag"] = Field(alias="rolle", description="Hoveddokument eller bilag.")
    contains: tuple[Text, ...] = Field(
        alias="indhold", min_length=1, description="Hvad der står i filen: brevet og dets bilag."
    )
    sha256: Text = Field(alias="sha256", pattern="^[0-9a-f]{64}$", description="Filens SHA-256.")


class LetterMetadata(Value):
    """One letter as a records system files it: an outgoing document with its recipient and files."""

    format: Literal["hoering-metadata/1"] = Field(alias="format", description="Formatets navn og version.")
    external_id: Text = Field(
        alias="ekstern_id",
        max_length=255,
        description="Brevets egen nøgle: den samme for samme brev, så det kun oprettes én gang.",
    )
    case_number: Text = Field(alias="sagsnummer", description="Sagsnummeret i ESDH.")
    case_title: Text = Field(alias="sagstitel", description="Sagens titel.")
    case_external_id: Text = Field(alias="sag_ekstern_id", description="ESDH-systemets nøgle for sagen.")
    document_number: Text = Field(alias="doknr", description="Dokumentnummeret for brevet.")
    document_title: Text = Field(
        alias="dokumenttitel", max_length=MAX_TITLE, description="Brevets titel, højst 255 tegn."
    )
    letter_date: Date = Field(alias="brevdato", description="Brevets dato.")
    reply_deadline: Deadline = Field(alias="svarfrist", description="Høringsfristen, dansk tid.")
    direction: Literal["udgaaende"] = Field(alias="retning", description="Brevet er udgående.")
    sender: Text = Field(alias="afsender", description="Ministeriet, der sender brevet.")
    recipients: tuple[Recipient, ...] = Field(alias="modtagere", min_length=1, description="Modtagerne.")
    caseworker: Text = Field(alias="sagsbehandler", description="Kontoret, der behandler sagen.")
    classification: Classification = Field(alias="klassifikation", description="Journalisering.")
    access: Text = Field(alias="adgang", description="Adgangsklassen i ESDH.")
    example: bool = Field(alias="eksempel", description="Sand for et brev, der ikke er sendt af ministeriet.")
    files: tuple[FiledFile, ...] = Field(alias="filer", min_length=1, description="Filerne.")
