"""``hoering check``: what the drafts say and what is wrong or missing, with nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from hoering_plugin.batch import highest, read_batch
from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_findings, print_json, print_table, say
from hoering_plugin.conflicts import Conflict, conflicts
from hoering_plugin.drafting import Drafted, draft_case
from hoering_plugin.findings import ExitCode, Finding, HoeringError
from hoering_plugin.language import Phrase, joined, spoken
from hoering_plugin.letter.letter import letter_order, make_letter
from hoering_plugin.letter.text import letter_text
from hoering_plugin.many import apart
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.law import TaskArea, shipped_law
from hoering_plugin.model.run_answer import finding_as_json
from hoering_plugin.model.settings import Settings
from hoering_plugin.overview import Cell, Row, overview


@click.command("check")
@options.reads_case
@options.template_file
@options.isolate
@options.mark
@click.option(
    "--conflicts", "differing", is_flag=True, help="Vis, hvor ministerierne er uenige, med begge sider."
)
@click.option("--show", metavar="KODE", help="Vis teksten i brevet til den kommune.")
@click.pass_context
def command(
    ctx: click.Context,
    cases: tuple[Path, ...],
    hooks_dirs: tuple[Path, ...],
    settings_path: Path | None,
    shape: str,
    quiet: bool,
    template_path: Path | None,
    isolate: bool,
    mark: bool,
    differing: bool,
    show: str | None,
) -> int:
    """Vis for hver SAG, hvad der imødekommes, hvor mange vilkår der stilles, og hvad der mangler."""
    ministries, settings = options.setup(hooks_dirs, settings_path)
    codes: list[ExitCode] = []
    answers: list[dict[str, object]] = []
    shown = False
    for entry in read_batch(cases):
        try:
            if entry.error:
                raise entry.error
            if entry.case is None:
                continue
            with apart(ministries, isolate) as asked:
                drafted = draft_case(entry.case, asked, settings)
            drafted = replace(drafted, findings=(*entry.notes, *drafted.findings))
            if mark:
                options.told_in_copy(entry.path, entry.notes)
            held = any(drafted.is_held(draft) for draft in drafted.drafts)
            codes.append(ExitCode.INCOMPLETE if held else ExitCode.COMPLETE)
            if show and any(m.code == show for m in entry.case.municipalities):
                path = options.chosen_template(template_path, settings, settings_path)
                click.echo(_text(entry.case, drafted, show, path, ministries, settings), nl=False)
                shown = True
            elif differing:
                found = conflicts(entry.case, drafted.asked)
                answers.append(
                    {"case_number": entry.case.case_number, "conflicts": [asdict(one) for one in found]}
                )
                if shape == "text":
                    _print_conflicts(entry.case, found)
            elif shape == "json" and not show:
                answers.append(_as_json(entry.case, drafted))
            elif not show:
                _print(entry.case, drafted)
        except HoeringError as exc:
            codes.append(exc.exit_code)
            if mark:
                options.told_in_copy(entry.path, exc.findings)
            print_findings(exc.findings, err=True)
            answers.append({"case_number": "", "rows": [], "findings": [*map(finding_as_json, exc.findings)]})
    if show and not shown and max(codes, default=0) <= ExitCode.INCOMPLETE:
        raise click.UsageError(Phrase("--show: ingen kommune i sagen har koden {kode}.", kode=show), ctx)
    if shape == "json" and not show:
        print_json(answers[0] if len(cases) == 1 and len(answers) == 1 else answers)
    return highest(codes)


def _text(
    case: Case,
    drafted: Drafted,
    code: str,
    template: Path,
    ministries: Sequence[LoadedMinistry],
    settings: Settings,
) -> str:
    draft = next(d for d in drafted.drafts if any(m.code == code for m in d.municipalities))
    order = letter_order(draft, case, code, ministries, settings)
    return letter_text(make_letter(options.letter_template(template), order).data)


def _findings(drafted: Drafted) -> tuple[Finding, ...]:
    return (*drafted.findings, *(finding for draft in drafted.drafts for finding in draft.findings))


def _print(case: Case, drafted: Drafted) -> None:
    say("Sag {nummer}: {titel}\n", nummer=case.case_number, titel=case.title)
    law = shipped_law()
    heading = ["", *(law.area_text(area).heading for area in TaskArea)]
    print_table([heading, *([_name(row), *map(_cell, row.cells)] for row in overview(drafted.drafts))])
    click.echo()
    print_findings(_findings(drafted))


_MATTERS = {
    "vurdering": Phrase("Forskellige vurderinger af"),
    "opgave": Phrase("Vilkår for en opgave, der ikke imødekommes:"),
    "ordlyd": Phrase("Ét vilkår med to ordlyde:"),
    "vindue": Phrase("Ingen dato opfylder begge vilkår for"),
}


def _print_conflicts(case: Case, found: Sequence[Conflict]) -> None:
    say("Sag {nummer}: {antal} uenigheder\n", nummer=case.case_number, antal=len(found) or Phrase("ingen"))
    for one in found:
        click.echo(f"{spoken(_MATTERS[one.kind])} {one.about} ({one.cooperation})")
        for side in one.sides:
            click.echo(f"  {side.ministry} [{side.source}]\n    {side.says}")
        say("  Afgjort i sagen: {hvor}\n", hvor=one.decision or Phrase("nej"))


def _name(row: Row) -> str:
    return (
        f"  {row.code} {row.name}"
        if row.code
        else joined([row.name, Phrase("TILBAGEHOLDT")], " – ")
        if row.held
        else row.name
    )


_OUTCOMES = {
    "fuldt": Phrase("fuldt"),
    "delvist": Phrase("delvist"),
    "ikke": Phrase("ikke"),
    "mangler": Phrase("[svar mangler]"),
    "bemyndiget": Phrase("bemyndiget"),
    "delegerende": Phrase("delegerende"),
}


def _cell(cell: Cell) -> str:
    if not cell.outcome:
        return "–"
    what = _OUTCOMES[cell.role or cell.outcome]
    return Phrase("{hvad}, {antal} vilkår", hvad=what, antal=cell.conditions)


def _as_json(case: Case, drafted: Drafted) -> dict[str, object]:
    return {
        "case_number": case.case_number,
        "rows": [asdict(row) for row in overview(drafted.drafts)],
        "findings": [finding_as_json(finding) for finding in dict.fromkeys(_findings(drafted))],
    }
