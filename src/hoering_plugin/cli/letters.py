"""``hoering letters``: the letters of one case or many, each case in a new version of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from hoering_plugin.batch import Entry, highest, read_batch
from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_findings, print_json
from hoering_plugin.findings import ExitCode, HoeringError
from hoering_plugin.generate import generate, letter_template
from hoering_plugin.model.case import Case
from hoering_plugin.model.result import RunResult, as_json

_STATUS = {
    "written": "skrevet",
    "unchanged": "uændret",
    "ready": "klar",
    "held": "TILBAGEHOLDT",
    "failed": "MISLYKKET",
}


@click.command("letters")
@options.reads_case
@options.template_file
@click.option("--out", required=True, type=options.PATH, metavar="MAPPE", help="Hvor brevene skrives.")
@click.option("--only", multiple=True, metavar="KODE", help="Kun brevet til den kommune. Kan gentages.")
@click.option("--dry-run", is_flag=True, help="Dan og bevis brevene, men skriv intet.")
@click.pass_context
def command(
    ctx: click.Context,
    cases: tuple[Path, ...],
    hooks_dirs: tuple[Path, ...],
    settings_path: Path | None,
    shape: str,
    quiet: bool,
    template_path: Path | None,
    out: Path,
    only: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Skriv ét brev til hver kommune i SAG, med manifest, i en ny version under --out.

    SAG er en fil eller en mappe med sager.
    """
    ministries, settings = options.setup(hooks_dirs, settings_path)
    template = letter_template(options.chosen_template(template_path, settings, settings_path))
    batch = read_batch(cases)
    _known(ctx, batch, only)

    def make(case: Case) -> RunResult:
        own = {m.code for m in case.municipalities}.intersection(only)
        return generate(case, ministries, template, out, settings=settings, only=sorted(own), dry_run=dry_run)

    chosen = [entry for entry in batch if not only or entry.case is None or _has(entry.case, only)]
    results = [_result(entry, make) for entry in chosen]
    if shape == "json":
        shown = [as_json(result) for result in results]
        print_json(shown[0] if len(cases) == 1 and len(shown) == 1 and not cases[0].is_dir() else shown)
    for result in results:
        if shape == "text":
            _print(result)
        if not quiet or not result.success:
            findings = (*result.findings, *(f for letter in result.letters for f in letter.findings))
            print_findings(findings, err=True)
    return highest([result.exit_code for result in results])


def _known(ctx: click.Context, batch: tuple[Entry, ...], only: tuple[str, ...]) -> None:
    """A code that no case knows is a slip of the hand; where a case can't be read, nobody can tell."""
    if any(entry.case is None for entry in batch):
        return
    codes = {m.code for entry in batch if entry.case for m in entry.case.municipalities}
    unknown = [code for code in only if code not in codes]
    if unknown:
        raise click.UsageError(f"--only: ingen kommune i sagen har koden {', '.join(unknown)}.", ctx)


def _has(case: Case, only: tuple[str, ...]) -> bool:
    return any(m.code in only for m in case.municipalities)


def _result(entry: Entry, make: Callable[[Case], RunResult]) -> RunResult:
    """The result of one case; what stops it is told in it and doesn't stop the others."""
    try:
        if entry.error:
            raise entry.error
        if entry.case:
            return make(entry.case)
    except HoeringError as exc:
        case = entry.case
        return RunResult(
            exc.exit_code,
            f"{entry.path}: ingen breve.",
            case.case_number if case else "",
            case.external_id if case else "",
            findings=exc.findings,
        )
    return RunResult(ExitCode.COMPLETE, f"{entry.path}: ingen breve.")


def _print(result: RunResult) -> None:
    click.echo(result.message)
    if result.folder:
        click.echo(f"Mappe: {result.folder}")
    for letter in result.letters:
        click.echo(f"  {letter.municipality} {letter.name}: {_STATUS[letter.status]} {letter.file}".rstrip())
