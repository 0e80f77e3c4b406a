"""The whole way of a case: ask the ministries, draft, merge, prove, deliver.

This is what the command, the export hook and a Python caller all use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hoering_plugin import outcome
from hoering_plugin.cases.check import check_case
from hoering_plugin.delivery.history import Earlier, earlier_versions, edited, newest_letters, replaced
from hoering_plugin.delivery.key import RunKey, run_key
from hoering_plugin.delivery.manifest import MadeLetter, as_bytes, manifest, recorded
from hoering_plugin.delivery.metadata import metadata_files
from hoering_plugin.delivery.names import letter_file, slug
from hoering_plugin.delivery.versions import MANIFEST, locked, next_version, publish
from hoering_plugin.drafting import Drafted, draft_case
from hoering_plugin.findings import CaseError, Place, SetupError, error
from hoering_plugin.internal import has_overview, write_internal
from hoering_plugin.internal.overview_book import LeftOut
from hoering_plugin.letter.cache import is_kept_as_checked, keep_as_checked
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.letter.errors import LetterError
from hoering_plugin.letter.letter import letter_orders, make_letters, open_places
from hoering_plugin.letter.package import read_file
from hoering_plugin.letter.template import Template
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case, Municipality
from hoering_plugin.model.letter import Letter
from hoering_plugin.model.result import LetterResult, RunResult
from hoering_plugin.model.settings import Settings
from hoering_plugin.outcome import Target

if TYPE_CHECKING:
    from concurrent.futures import Executor

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


def letter_template(path: Path | str, cache: Path | None = None) -> Template:
    """A template for letters, checked and compiled. ``cache`` is a folder for what a later process can use.

    Raises :class:`~hoering_plugin.findings.SetupError` with all that is wrong in it.
    """
    digest = hashlib.sha256(read_file(Path(path))).hexdigest()
    contract = repr(LETTER_CONTRACT)
    if cache is None or not is_kept_as_checked(cache, digest, contract):
        from hoering_plugin.letter.lint import check_template

        wrong = [found for found in check_template(path, LETTER_CONTRACT, restricted=True) if found.is_error]
        if wrong:
            raise SetupError(wrong)
        if cache is not None:
            keep_as_checked(cache, digest, contract)
    return Template(path, restricted=True, cache=cache)


def generate(
    case: Case,
    ministries: Sequence[LoadedMinistry],
    template: Template | Path | str,
    out: Path | str,
    *,
    settings: Settings | None = None,
    only: Iterable[str] = (),
    dry_run: bool = False,
    executor: Executor | None = None,
) -> RunResult:
    """Make the case's letters in a new version under ``out``, or find that they are there already.

    A template given as a path is checked first. ``only`` are the codes of the municipalities that get a
    letter; none is all of them. A dry run merges and proves the letters and writes nothing. What holds one
    letter stops no other, and is in the result. With an ``executor`` the letters are merged and proved by its
    workers, which get plain data and the template's bytes.

    Raises :class:`ValueError` for a code that isn't in the case, and
    :class:`~hoering_plugin.findings.HoeringError` for what stops all of it: a case, a set-up or a folder
    that can't be used.
    """
    faults = check_case(case)
    if faults:
        raise CaseError(faults)
    policy = settings or Settings()
    merger = template if isinstance(template, Template) else letter_template(template)
    selected = _selected(case, only)
    drafted = draft_case(case, ministries, policy)
    targets = _targets(case, drafted, selected)
    run = _Run(case, drafted, run_key(case, policy, merger.sha256, ministries))
    folder = Path(out) / slug(case.case_number)
    ready = [target for target in targets if not drafted.is_held(target.draft)]

    def merged() -> list[MadeLetter | LetterResult]:
        orders = letter_orders([(t.draft, t.code) for t in ready], case, ministries, policy)
        letters = make_letters(merger, orders, executor)
        return [_made(target, letter) for target, letter in zip(ready, letters, strict=True)]

    if dry_run:
        return run.merged(targets, merged(), earlier_versions(folder, case.case_number), None)
    if not ready and not has_overview(folder):
        return run.merged(targets, [], (), None)

    def delivered() -> RunResult:
        versions = earlier_versions(folder, case.case_number)
        if not ready:
            return run.merged(targets, [], (), None)
        if run.is_on_disk(versions, {target.code for target in ready}):
            return run.unchanged(targets, versions[-1])
        letters = merged()
        made = [one for one in letters if isinstance(one, MadeLetter)]
        if not made or run.is_on_disk(versions, {one.letter.code for one in made}):
            return run.merged(targets, letters, versions, versions[-1].folder if made else None)
        version = next_version(folder)
        written = publish(folder, version, run.files(version, made, versions))
        return run.merged(targets, letters, versions, written, is_new=True)

    with locked(folder):
        result = delivered()
        left_out = _left_out(case, drafted, selected, folder)
        told = write_internal(folder, case, drafted.drafts, result, left_out)
        return replace(result, findings=(*result.findings, *told))


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
        metadata = metadata_files(self.case, made, version)
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
        return {
            **{one.file: one.letter.data for one in made},
            **metadata,
            MANIFEST: as_bytes({**state, "metadata": recorded(metadata)}),
        }

    def unchanged(self, targets: Sequence[Target], newest: Earlier) -> RunResult:
        """The result where the newest version is this run's already: nothing was merged."""
        results = [
            outcome.held(t)
            if self.drafted.is_held(t.draft)
            else outcome.unchanged(t, newest, open_places(self.case, t.draft, t.municipality.name))
            for t in targets
        ]
        return outcome.summed(self.case, self.drafted, results, newest, newest.folder)

    def merged(
        self,
        targets: Sequence[Target],
        letters: Sequence[MadeLetter | LetterResult],
        versions: Sequence[Earlier],
        folder: Path | None,
        *,
        is_new: bool = False,
    ) -> RunResult:
        """The result of a run that merged letters, or held them all."""
        on_disk = {code for one in versions[-1:] if one.key == self.key.sha256 for code in one.letters}
        results: dict[str, LetterResult] = {}
        for one in letters:
            if isinstance(one, MadeLetter):
                code = one.letter.code
                results[code] = outcome.made(
                    one, "written" if is_new else "unchanged" if code in on_disk else "ready"
                )
            else:
                results[one.municipality] = one
        every = [results.get(target.code) or outcome.held(target) for target in targets]
        newest = versions[-1] if versions else None
        return outcome.summed(self.case, self.drafted, every, newest, folder)


def _selected(case: Case, only: Iterable[str]) -> frozenset[str]:
    known = frozenset(m.code for m in case.municipalities)
    chosen = frozenset(only)
    if chosen - known:
        raise ValueError(f"no such municipality in the case: {', '.join(sorted(chosen - known))}")
    return chosen or known


def _left_out(case: Case, drafted: Drafted, selected: frozenset[str], folder: Path) -> list[LeftOut]:
    """The municipalities that a run doesn't make letters for, with the newest that each has."""
    others = [(draft, m) for draft in drafted.drafts for m in draft.municipalities if m.code not in selected]
    newest = newest_letters(earlier_versions(folder, case.case_number)) if others else {}
    return [
        LeftOut(m.code, m.name, newest.get(m.code, ""), (*draft.findings, *open_places(case, draft, m.name)))
        for draft, m in others
    ]


def _targets(case: Case, drafted: Drafted, selected: frozenset[str]) -> list[Target]:
    targets = [
        Target(draft, municipality, _file_name(case, municipality))
        for draft in drafted.drafts
        for municipality in draft.municipalities
        if municipality.code in selected
    ]
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


def _made(target: Target, letter: Letter | LetterError) -> MadeLetter | LetterResult:
    """The letter with its name, or the result of one that couldn't be made whole."""
    if isinstance(letter, LetterError):
        return outcome.failed(target, letter.findings)
    findings = tuple(dict.fromkeys((*target.draft.findings, *letter.findings)))
    return MadeLetter(letter, target.draft, target.file, findings)
