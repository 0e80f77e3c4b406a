"""What a run did: the answer to the program or person that started it."""

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

    ``exit_code`` is what a command on this case alone ends with; ``message`` is the outcome in a sentence or
    two, for a caseworker.
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
