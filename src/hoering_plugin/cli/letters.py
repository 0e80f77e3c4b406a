"""``hoering letters``: the letters of one case or many, each case in a new version of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hoering_plugin.batch import case_files, highest, read_batch
from hoering_plugin.cli import options
from hoering_plugin.cli.output import JsonList, print_findings, say
from hoering_plugin.cli.progress import Done, followed
from hoering_plugin.delivery.key import package_keys
from hoering_plugin.findings import CaseError, ExitCode
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.many import Plan, generate_all, refused
from hoering_plugin.model.result import RunResult
from hoering_plugin.model.run_answer import as_json
from hoering_plugin.pdf import make_pdfs, office

if TYPE_CHECKING:
    from concurrent.futures import Executor

_STATUS = {
    "written": Phrase("skrevet"),
    "unchanged": Phrase("uændret"),
    "ready": Phrase("klar"),
    "held": Phrase("TILBAGEHOLDT"),
    "failed": Phrase("MISLYKKET"),
}


@click.command("letters")
@options.reads_case
@options.template_file
@click.option("--out", required=True, type=options.PATH, metavar="MAPPE", help="Hvor brevene skrives.")
@click.option("--only", multiple=True, metavar="KODE", help="Kun brevet til den kommune. Kan gentages.")
@options.isolate
@options.mark
@click.option("--dry-run", is_flag=True, help="Dan og bevis brevene, men skriv intet.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Hvor mange processer der arbejder."
)
@click.option("--scheduler", metavar="ADRESSE", help="Lad en Dask-klynge arbejde, fx tcp://navn:8786.")
@click.option("--pdf", is_flag=True, help="Dan også brevene som PDF med LibreOffice, i mappen pdf.")
@click.option(
    "--soffice",
    type=options.PATH,
    metavar="FIL",
    help="LibreOffice-programmet, hvis det ikke findes af sig selv.",
)
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
    isolate: bool,
    mark: bool,
    dry_run: bool,
    jobs: int,
    scheduler: str | None,
    pdf: bool,
    soffice: Path | None,
) -> int:
    """Skriv ét brev til hver kommune i SAG, med manifest, i en ny version under --out.

    SAG er en fil eller en mappe med sager.
    """
    ministries, settings = options.setup(hooks_dirs, settings_path)
    template = options.letter_template(options.chosen_template(template_path, settings, settings_path))
    plan = Plan(template, out, settings, hooks_dirs, package_keys(ministries), only, dry_run, isolate)
    files = case_files(cases)
    if only:
        files = _with(ctx, files, cases, only)
    one = len(cases) == 1 and len(files) == 1 and not cases[0].is_dir()
    codes: list[ExitCode] = []
    folders: list[Path] = []
    program = office(soffice) if pdf else None
    with _workers(jobs, scheduler) as executor, JsonList(alone=one, wanted=shape == "json") as shown:
        try:
            for file, result in followed(_results(files, plan, executor), len(files), quiet=quiet):
                codes.append(result.exit_code)
                folders += [Path(result.folder)] if result.folder else []
                shown.add(as_json(result))
                if shape == "text":
                    _print(result)
                if not quiet or not result.success:
                    findings = (*result.findings, *(f for letter in result.letters for f in letter.findings))
                    print_findings(findings, err=True)
                if mark:
                    options.told_in_copy(file, result.findings)
        except KeyboardInterrupt:
            say(
                "Afbrudt, da {antal} af {alle} sager var færdige.",
                err=True,
                antal=len(codes),
                alle=len(files),
            )
            raise
    if program and not dry_run:
        told = make_pdfs(folders, program)
        print_findings(told, err=True)
        codes += [ExitCode.INCOMPLETE] if any(finding.is_error for finding in told) else []
    return highest(codes)


def _results(files: dict[Path, CaseError | None], plan: Plan, executor: Executor | None) -> Iterator[Done]:
    """Every file's result: first of those that aren't used, then of the cases in their order."""
    yield from ((file, refused(file, fault)) for file, fault in files.items() if fault)
    yield from generate_all((file for file, fault in files.items() if not fault), plan, executor)


def _workers(jobs: int, scheduler: str | None) -> AbstractContextManager[Executor | None]:
    if jobs == 1 and not scheduler:
        return nullcontext()
    from hoering_plugin.cli.workers import cluster, workers

    return cluster(scheduler) if scheduler else workers(jobs)


def _with(
    ctx: click.Context,
    files: dict[Path, CaseError | None],
    cases: Iterable[Path],
    only: Sequence[str],
) -> dict[Path, CaseError | None]:
    """The files with one of the municipalities.

    A code that no case knows is a slip of the hand; where a case can't be read, nobody can tell.
    """
    codes = {
        entry.path: {m.code for m in entry.case.municipalities} if entry.case else None
        for entry in read_batch(cases)
    }
    known = [code for known in codes.values() for code in known or ()]
    unknown = [code for code in only if code not in known]
    if unknown and None not in codes.values():
        codes_shown = ", ".join(unknown)
        raise click.UsageError(
            Phrase("--only: ingen kommune i sagen har koden {kode}.", kode=codes_shown), ctx
        )
    wanted = {file for file, own in codes.items() if own is None or own.intersection(only)}
    return {file: fault for file, fault in files.items() if file in wanted}


def _print(result: RunResult) -> None:
    click.echo(spoken(result.message))
    if result.folder:
        say("Mappe: {mappe}", mappe=result.folder)
    for letter in result.letters:
        status = spoken(_STATUS[letter.status])
        click.echo(f"  {letter.municipality} {letter.name}: {status} {letter.file}".rstrip())
