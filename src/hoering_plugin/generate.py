"""The whole way of a case: ask the ministries, draft, merge, prove, deliver.

This is what the command, the export hook and a Python caller all use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hoering_plugin.asking import ask_ministries
from hoering_plugin.delivery.history import Earlier, earlier_versions, edited, replaced
from hoering_plugin.delivery.key import RunKey, run_key
from hoering_plugin.delivery.manifest import MadeLetter, as_bytes, manifest
from hoering_plugin.delivery.names import letter_file, slug
from hoering_plugin.delivery.versions import MANIFEST, locked, next_version, publish
from hoering_plugin.draft import case_findings, make_draft
from hoering_plugin.findings import CaseError, ExitCode, Finding, Place, SetupError, error, warning
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.letter.errors import LetterError
from hoering_plugin.letter.letter import make_letter
from hoering_plugin.letter.lint import check_template
from hoering_plugin.letter.template import Template
from hoering_plugin.model.answer import Asked, LoadedMinistry
from hoering_plugin.model.case import Case, Municipality
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.result import LetterResult, RunResult, Status
from hoering_plugin.model.settings import Settings

NO_SLUG = error(
    "navn-uden-bogstaver",
    "»{tekst}« har hverken bogstaver eller cifre og kan ikke blive til et filnavn.",
    "Ret teksten i sagen.",
)
TWO_LETTERS = error(
    "to-breve-til-en-kommune",
    "{kommune} er med i mere end ét samarbejde og ville få to breve med samme filnavn.",
    "Del sagen i én sag for hvert samarbejde.",
)
EDITED = warning(
    "brev-rettet",
    "Brevet {fil} er rettet, siden det blev dannet.",
    "Det er ikke rørt; en ny version skrives altid i sin egen mappe.",
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A case's drafts, one for each cooperation, with what concerns all of them."""

    asked: Asked
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    def is_held(self, draft: Draft) -> bool:
        """Whether an error in the draft, or in the case as a whole, holds its letters."""
        return draft.held or any(finding.is_error for finding in self.findings)


def draft_case(case: Case, ministries: Sequence[LoadedMinistry], settings: Settings) -> Drafted:
    """Ask the ministries and draft the dispensation of each cooperation.

    Raises :class:`~hoering_plugin.findings.SetupError` if a required package is missing.
    """
    asked = ask_ministries(case, settings, ministries)
    drafts = tuple(make_draft(case, c.key, asked, ministries, settings) for c in case.cooperations)
    of_all = (*case_findings(case, ministries), *(f for f in asked.findings if not f.cooperation))
    return Drafted(asked, drafts, tuple(dict.fromkeys(of_all)))


def letter_template(path: Path | str) -> Template:
    """A template for letters, checked and compiled.

    Raises :class:`~hoering_plugin.findings.SetupError` with all that is wrong in it.
    """
    wrong = [found for found in check_template(path, LETTER_CONTRACT, restricted=True) if found.is_error]
    if wrong:
        raise SetupError(wrong)
    return Template(path, restricted=True)


def generate(
    case: Case,
    ministries: Sequence[LoadedMinistry],
    template: Template | Path | str,
    out: Path | str,
    *,
    settings: Settings | None = None,
    only: Iterable[str] = (),
    dry_run: bool = False,
) -> RunResult:
    """Make the case's letters in a new version under ``out``, or find that they are there already.

    A template given as a path is checked first. ``only`` are the codes of the municipalities that get a
    letter; none is all of them. A dry run merges and proves the letters and writes nothing. What holds one
    letter stops no other, and is in the result.

    Raises :class:`ValueError` for a code that isn't in the case, and
    :class:`~hoering_plugin.findings.HoeringError` for what stops all of it: a case, a set-up or a folder
    that can't be used.
    """
    policy = settings or Settings()
    merger = template if isinstance(template, Template) else letter_template(template)
    selected = _selected(case, only)
    drafted = draft_case(case, ministries, policy)
    targets = _targets(case, drafted, selected)
    run = _Run(case, drafted, run_key(case, policy, merger.sha256, ministries))
    folder = Path(out) / slug(case.case_number)
    ready = [target for target in targets if not drafted.is_held(target.draft)]

    def merged() -> list[MadeLetter | LetterResult]:
        return [_merged(target, case, merger, ministries, policy) for target in ready]

    if dry_run:
        return _finish(run, targets, merged(), earlier_versions(folder, case.case_number), "")
    if not ready:
        return _finish(run, targets, [], (), "")
    with locked(folder):
        versions = earlier_versions(folder, case.case_number)
        if run.is_on_disk(versions, {target.municipality.code for target in ready}):
            return _unchanged(run, targets, versions[-1])
        letters = merged()
        made = [one for one in letters if isinstance(one, MadeLetter)]
        if not made or run.is_on_disk(versions, {one.letter.code for one in made}):
            there = versions[-1].folder.name if made else ""
            return _finish(run, targets, letters, versions, there, folder)
        version = next_version(folder)
        publish(folder, version, run.files(version, made, versions))
        return _finish(run, targets, letters, versions, version, folder, written=True)


@dataclass(frozen=True, slots=True)
class _Target:
    """One letter to be made."""

    draft: Draft
    municipality: Municipality
    file: str


@dataclass(frozen=True, slots=True)
class _Run:
    """What all the letters of a run share."""

    case: Case
    drafted: Drafted
    key: RunKey

    def is_on_disk(self, versions: Sequence[Earlier], codes: set[str]) -> bool:
        """Whether the newest version was made from the same and has those letters still."""
        if not versions or versions[-1].key != self.key.sha256:
            return False
        newest = versions[-1]
        there = {code for code, letter in newest.letters.items() if newest.state(letter) != "mangler"}
        return codes <= there

    def files(
        self, version: str, made: Sequence[MadeLetter], versions: Sequence[Earlier]
    ) -> dict[str, bytes]:
        """The files of a new version by name, the manifest last."""
        state = manifest(
            version,
            self.case,
            self.key,
            made,
            self.drafted.drafts,
            self.drafted.asked,
            self.drafted.findings,
            {m.letter.code: replaced(m.letter.code, m.letter.sha256, self.key, versions) for m in made},
            edited(versions),
        )
        return {**{one.file: one.letter.data for one in made}, MANIFEST: as_bytes(state)}


def _selected(case: Case, only: Iterable[str]) -> frozenset[str]:
    known = frozenset(m.code for m in case.municipalities)
    chosen = frozenset(only)
    if chosen - known:
        raise ValueError(f"no such municipality in the case: {', '.join(sorted(chosen - known))}")
    return chosen or known


def _targets(case: Case, drafted: Drafted, selected: frozenset[str]) -> list[_Target]:
    targets = []
    for draft in drafted.drafts:
        for municipality in draft.municipalities:
            if municipality.code in selected:
                name = _file_name(case, municipality)
                targets.append(_Target(draft, municipality, name))
    files = [target.file for target in targets]
    twice = {t.municipality.name for t in targets if files.count(t.file) > 1}
    if twice:
        raise CaseError(TWO_LETTERS.at(Place(path="$.samarbejder"), kommune=name) for name in sorted(twice))
    return targets


def _file_name(case: Case, municipality: Municipality) -> str:
    for text, path in ((case.case_number, "$.sagsnummer"), (municipality.name, "$.kommuner")):
        try:
            slug(text)
        except ValueError:
            raise CaseError([NO_SLUG.at(Place(path=path), tekst=text)]) from None
    return letter_file(case.case_number, municipality.code, municipality.name)


def _merged(
    target: _Target,
    case: Case,
    template: Template,
    ministries: Sequence[LoadedMinistry],
    settings: Settings,
) -> MadeLetter | LetterResult:
    """The letter, proved; or the result of one that couldn't be made whole."""
    try:
        letter = make_letter(template, target.draft, case, target.municipality.code, ministries, settings)
    except LetterError as exc:
        findings = (*target.draft.findings, *exc.findings)
        return replace(_result(target, "failed"), findings=tuple(dict.fromkeys(findings)))
    findings = tuple(dict.fromkeys((*target.draft.findings, *letter.findings)))
    return MadeLetter(letter, target.draft, target.file, findings)


def _result(target: _Target, status: Status) -> LetterResult:
    municipality = target.municipality
    return LetterResult(municipality.code, municipality.name, status, findings=target.draft.findings)


def _unchanged(run: _Run, targets: Sequence[_Target], newest: Earlier) -> RunResult:
    """The result where the newest version is this run's already: nothing was merged."""
    results: list[LetterResult] = []
    for target in targets:
        letter = newest.letters.get(target.municipality.code)
        if run.drafted.is_held(target.draft) or letter is None:
            results.append(_result(target, "held"))
            continue
        state = newest.state(letter)
        told = (EDITED.at(Place(str(newest.folder / letter["fil"])), fil=letter["fil"]),)
        results.append(
            LetterResult(
                letter["kommune"],
                letter["navn"],
                "unchanged",
                letter["fil"],
                letter["sha256"],
                letter["indhold_sha256"],
                letter["titel"],
                target.draft.findings + (told if state == "rettet" else ()),
            )
        )
    return _summed(run, results, newest.folder.name, str(newest.folder))


def _finish(
    run: _Run,
    targets: Sequence[_Target],
    letters: Sequence[MadeLetter | LetterResult],
    versions: Sequence[Earlier],
    version: str,
    folder: Path | None = None,
    *,
    written: bool = False,
) -> RunResult:
    """The result of a run that merged letters, or held them all."""
    by_code: dict[str, LetterResult] = {}
    on_disk = {code for one in versions[-1:] if one.key == run.key.sha256 for code in one.letters}
    for one in letters:
        if isinstance(one, LetterResult):
            by_code[one.municipality] = one
            continue
        letter = one.letter
        status: Status = "written" if written else "unchanged" if letter.code in on_disk else "ready"
        by_code[letter.code] = LetterResult(
            letter.code,
            letter.name,
            status,
            one.file,
            letter.sha256,
            letter.content_sha256,
            letter.title,
            one.findings,
        )
    results = [by_code.get(t.municipality.code) or _result(t, "held") for t in targets]
    return _summed(run, results, version, str(folder / version) if folder and version else "")


_WORDS: dict[Status, str] = {
    "written": "skrevet",
    "unchanged": "uændret",
    "ready": "klar (intet er skrevet)",
    "held": "tilbageholdt",
    "failed": "mislykket",
}


def _summed(run: _Run, results: Sequence[LetterResult], version: str, folder: str) -> RunResult:
    counts = {status: sum(r.status == status for r in results) for status in _WORDS}
    told = ", ".join(f"{count} {_WORDS[status]}" for status, count in counts.items() if count)
    whole = not counts["held"] and not counts["failed"]
    return RunResult(
        ExitCode.COMPLETE if whole else ExitCode.INCOMPLETE,
        f"Sag {run.case.case_number}: {told or 'ingen breve'}.",
        run.case.case_number,
        run.case.external_id,
        version,
        folder,
        tuple(results),
        run.drafted.findings,
    )
