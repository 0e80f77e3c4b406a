"""What became of each letter of a run, told as the run's result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.delivery.history import Earlier
from hoering_plugin.delivery.manifest import MadeLetter
from hoering_plugin.drafting import Drafted
from hoering_plugin.findings import ExitCode, Finding, HoeringError, Place, warning
from hoering_plugin.language import Phrase, joined, marked
from hoering_plugin.model.case import Case, Municipality
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.result import LetterResult, RunResult, Status

EDITED = warning(
    "brev-rettet",
    "Brevet {fil} er rettet, siden det blev dannet.",
    "Det er ikke rørt; en ny version skrives altid i sin egen mappe.",
)

_WORDS: dict[Status, str] = {
    "written": marked("{antal} skrevet"),
    "unchanged": marked("{antal} uændret"),
    "ready": marked("{antal} klar (intet er skrevet)"),
    "held": marked("{antal} tilbageholdt"),
    "failed": marked("{antal} mislykket"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """One letter to be made."""

    draft: Draft
    municipality: Municipality
    file: str

    @property
    def code(self) -> str:
        """The municipality's code."""
        return self.municipality.code


def held(target: Target) -> LetterResult:
    """A letter that something in the draft or the case stands in the way of."""
    return LetterResult(target.code, target.municipality.name, "held", findings=target.draft.findings)


def failed(target: Target, findings: Iterable[Finding]) -> LetterResult:
    """A letter that couldn't be merged whole, or whose proof failed."""
    every = tuple(dict.fromkeys((*target.draft.findings, *findings)))
    return LetterResult(target.code, target.municipality.name, "failed", findings=every)


def made(letter: MadeLetter, status: Status) -> LetterResult:
    """A letter that is whole and proved."""
    one = letter.letter
    return LetterResult(
        one.code, one.name, status, letter.file, one.sha256, one.content_sha256, one.title, letter.findings
    )


def unchanged(target: Target, newest: Earlier, findings: Iterable[Finding]) -> LetterResult:
    """A letter of the newest version, which was made from the same; held, if that version hasn't got it.

    ``findings`` are what was found when it was made.
    """
    letter = newest.letters.get(target.code)
    if letter is None:
        return held(target)
    return LetterResult(
        letter["kommune"],
        letter["navn"],
        "unchanged",
        letter["fil"],
        letter["sha256"],
        letter["indhold_sha256"],
        letter["titel"],
        tuple(dict.fromkeys((*target.draft.findings, *findings))),
    )


def edited_letters(newest: Earlier | None) -> tuple[Finding, ...]:
    """A warning for each letter of the newest version that a person has edited since."""
    if newest is None:
        return ()
    files = [one["fil"] for one in newest.letters.values() if newest.state(one) == "rettet"]
    return tuple(EDITED.at(Place(str(newest.folder / file)), fil=file) for file in files)


def stopped(fault: HoeringError, case: Case | None = None) -> RunResult:
    """The result of a case that gave no letters at all."""
    return RunResult(
        fault.exit_code,
        _with_first_error(
            Phrase("Sag {nummer}: ingen breve.", nummer=case.case_number) if case else Phrase("Ingen breve."),
            fault.findings,
        ),
        case.case_number if case else "",
        case.external_id if case else "",
        findings=fault.findings,
    )


def _with_first_error(message: Phrase, findings: Iterable[Finding]) -> Phrase:
    """The message with what is wrong, or the first of it: what a caseworker must know to go on."""
    errors = [finding for finding in dict.fromkeys(findings) if finding.is_error]
    if not errors:
        return message
    more = [Phrase("Der er {antal} fejl mere.", antal=len(errors) - 1)] if len(errors) > 1 else []
    return joined([message, errors[0].message, *more])


def summed(
    case: Case, drafted: Drafted, results: Sequence[LetterResult], newest: Earlier | None, folder: Path | None
) -> RunResult:
    """The result of a run. ``folder`` is the version with its letters; None where nothing is on disk."""
    counts = {status: sum(r.status == status for r in results) for status in _WORDS}
    told = [Phrase(_WORDS[status], antal=count) for status, count in counts.items() if count]
    letters = joined(told, ", ") if told else Phrase("ingen breve")
    whole = not counts["held"] and not counts["failed"]
    return RunResult(
        ExitCode.COMPLETE if whole else ExitCode.INCOMPLETE,
        _with_first_error(
            Phrase("Sag {nummer}: {breve}.", nummer=case.case_number, breve=letters),
            [*drafted.findings, *(finding for result in results for finding in result.findings)],
        ),
        case.case_number,
        case.external_id,
        folder.name if folder else "",
        str(folder) if folder else "",
        tuple(results),
        (*drafted.findings, *edited_letters(newest)),
    )
