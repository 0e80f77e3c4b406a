"""What a run did: the answer to the program or person that started it, with keys in English as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hoering_plugin.findings import ExitCode, Finding

Status = Literal["written", "unchanged", "ready", "held", "failed"]
"""What became of a letter. ``ready``: a dry run would have written it. ``held``: an error in the draft or the
case stands in its way. ``failed``: it could not be merged whole, or the proof of it failed."""

DONE: frozenset[Status] = frozenset({"written", "unchanged", "ready"})


@dataclass(frozen=True, slots=True)
class LetterResult:
    """One municipality's letter. ``file`` is its name in the run's folder; hashes are empty without one."""

    municipality: str
    name: str
    status: Status
    file: str = ""
    sha256: str = ""
    content_sha256: str = ""
    title: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RunResult:
    """One case's run. ``version`` is ``v0001`` or empty where nothing is on disk; ``folder`` is where it is.

    ``exit_code`` is what a command on this case alone ends with.
    """

    exit_code: ExitCode
    message: str
    case_number: str = ""
    external_id: str = ""
    version: str = ""
    folder: str = ""
    letters: tuple[LetterResult, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def success(self) -> bool:
        """Whether every letter that was asked for is there."""
        return self.exit_code is ExitCode.COMPLETE


def as_json(result: RunResult) -> dict[str, object]:
    """The result as plain data, as ``--format json`` prints it."""
    return {
        "success": result.success,
        "message": result.message,
        "case_number": result.case_number,
        "external_id": result.external_id,
        "version": result.version,
        "folder": result.folder,
        "letters": [
            {
                "municipality": letter.municipality,
                "name": letter.name,
                "status": letter.status,
                "file": letter.file,
                "sha256": letter.sha256,
                "content_sha256": letter.content_sha256,
                "title": letter.title,
                "findings": [finding_as_json(finding) for finding in letter.findings],
            }
            for letter in result.letters
        ],
        "findings": [finding_as_json(finding) for finding in result.findings],
    }


def finding_as_json(finding: Finding) -> dict[str, str]:
    """A finding as plain data: what it is, how much it weighs, what it says, and what it is about."""
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": str(finding.place),
        "ministry": finding.ministry,
        "cooperation": finding.cooperation,
        "request": finding.request,
    }
