"""The run's answer as a records system gets it: ``hoering-svar/1``, with a published JSON Schema.

Fields may be added under the same name of the format; none is taken away or changes its meaning without a new
one. A reader ignores fields that it doesn't know.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hoering_plugin.findings import Finding
from hoering_plugin.language import spoken
from hoering_plugin.model.result import LetterResult, RunResult, Status

ANSWER_FORMAT = "hoering-svar/1"


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingAnswer(_Answer):
    """One thing that is wrong or worth knowing."""

    id: str = Field(description="What kind of finding it is: stable, for machines.")
    severity: Literal["error", "warning"] = Field(description="An error holds the letters it concerns.")
    message: str = Field(description="What is wrong and what to do, for a caseworker.")
    place: str = Field(description="Where: file, line, cell or path; empty where there is no place.")
    ministry: str = Field(description="The key of the ministry it is about, or empty.")
    cooperation: str = Field(description="The key of the cooperation it is about, or empty.")
    request: str = Field(description="The key of the request it is about, or empty.")


class LetterAnswer(_Answer):
    """What became of one municipality's letter."""

    municipality: str = Field(description="The municipality's code, four digits.")
    name: str = Field(description="The municipality's name.")
    status: Status = Field(description="written, unchanged, ready (a dry run), held or failed.")
    file: str = Field(description="The file's name in the folder; empty where there is no letter.")
    sha256: str = Field(description="The hash of the file's bytes.")
    content_sha256: str = Field(description="The hash of what is in the file, however compressed.")
    title: str = Field(description="The letter's title, at most 255 characters.")
    findings: tuple[FindingAnswer, ...] = Field(description="What is wrong with the letter or worth knowing.")


class RunAnswer(_Answer):
    """What a run on one case did."""

    format: Literal["hoering-svar/1"] = Field(description="The name and version of this format.")
    success: bool = Field(description="Whether every letter that was asked for is there.")
    exit_code: int = Field(description="What the command ends with.")
    message: str = Field(description="The outcome in a sentence or two, for a caseworker.")
    case_number: str = Field(description="The case number; empty where the case couldn't be read.")
    external_id: str = Field(description="The records system's key of the case; empty as above.")
    version: str = Field(description="The version with the letters, v0001; empty where there is none.")
    folder: str = Field(description="The folder of that version.")
    letters: tuple[LetterAnswer, ...] = Field(description="One entry for each municipality.")
    findings: tuple[FindingAnswer, ...] = Field(description="What concerns the whole case.")


def run_answer(result: RunResult) -> RunAnswer:
    """The result in the published form."""
    return RunAnswer(
        format=ANSWER_FORMAT,
        success=result.success,
        exit_code=int(result.exit_code),
        message=spoken(result.message),
        case_number=result.case_number,
        external_id=result.external_id,
        version=result.version,
        folder=result.folder,
        letters=tuple(map(_letter, result.letters)),
        findings=tuple(map(finding_answer, result.findings)),
    )


def as_json(result: RunResult) -> dict[str, object]:
    """The result as plain data, as ``--format json`` prints it."""
    return run_answer(result).model_dump(mode="json")


def finding_answer(finding: Finding) -> FindingAnswer:
    """A finding in the published form."""
    return FindingAnswer(
        id=finding.id,
        severity=finding.severity.value,
        message=spoken(finding.message),
        place=str(finding.place),
        ministry=finding.ministry,
        cooperation=finding.cooperation,
        request=finding.request,
    )


def finding_as_json(finding: Finding) -> dict[str, object]:
    """A finding as plain data."""
    return finding_answer(finding).model_dump(mode="json")


def _letter(letter: LetterResult) -> LetterAnswer:
    return LetterAnswer(
        municipality=letter.municipality,
        name=letter.name,
        status=letter.status,
        file=letter.file,
        sha256=letter.sha256,
        content_sha256=letter.content_sha256,
        title=letter.title,
        findings=tuple(map(finding_answer, letter.findings)),
    )
