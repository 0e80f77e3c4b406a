"""``hoering export``: the records system's export hook; one case in, one JSON object on standard output."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hoering_plugin.cases import MAX_BYTES
from hoering_plugin.cli import options
from hoering_plugin.disk import reason
from hoering_plugin.exporting import export
from hoering_plugin.findings import CaseError, Finding, HoeringError, Place, Severity, error
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.many import apart
from hoering_plugin.model.result import RunResult
from hoering_plugin.model.run_answer import as_json
from hoering_plugin.outcome import stopped

UNREADABLE = error(
    "eksport-ulaeselig", "Sagen kan ikke læses: {grund}.", "Se efter, hvad ESDH-systemet har afleveret."
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


@click.command("export")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True), default="-", metavar="[FIL|-]")
@click.option("--out", required=True, type=options.PATH, metavar="MAPPE", help="Hvor brevene skrives.")
@options.hooks_dir
@options.settings_file
@options.template_file
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Hvordan der tales på standard error: tekst eller en JSON-linje ad gangen.",
)
@click.option("--adapter", metavar="NAVN", help="Læs sagen med en adapter, fx public360.")
@options.isolate
@options.quiet
def command(
    source: Path,
    out: Path,
    hooks_dirs: tuple[Path, ...],
    settings_path: Path | None,
    template_path: Path | None,
    log_format: str,
    adapter: str | None,
    isolate: bool,
    quiet: bool,
) -> int:
    """Dan brevene i én sag, som ESDH-systemet afleverer som JSON eller XML.

    Svaret er ét JSON-objekt på standard output, også når noget er galt.
    """
    with _own_output() as answer:
        try:
            result = _exported(source, out, hooks_dirs, settings_path, template_path, adapter, isolate)
        except HoeringError as fault:
            result = stopped(fault)
        if not quiet:
            _tell(result, log_format)
        answer(result)
    return result.exit_code


def print_answer(result: RunResult) -> None:
    """The answer alone, where the command itself never came to run."""
    with _own_output() as answer:
        answer(result)


def _exported(
    source: Path,
    out: Path,
    hooks_dirs: tuple[Path, ...],
    settings_path: Path | None,
    template: Path | None,
    adapter: str | None,
    isolate: bool,
) -> RunResult:
    data = _read(source)
    ministries, settings = options.setup(hooks_dirs, settings_path)
    payload: bytes | dict[str, object] = data
    if adapter:
        from hoering_plugin.adapters import load_adapter, read_foreign

        read = read_foreign(
            load_adapter(adapter), data, spoken(Phrase("sagen")) if str(source) == "-" else str(source)
        )
        payload = read.case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    with apart(ministries, isolate) as asked:
        return export(
            payload,
            out,
            ministries=asked,
            template=options.letter_template(options.chosen_template(template, settings, settings_path)),
            settings=settings,
            name="" if str(source) == "-" else str(source),
        )


def _read(source: Path) -> bytes:
    """The case's bytes, never more than one too many."""
    try:
        if str(source) == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with source.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as fault:
        place = Place("" if str(source) == "-" else str(source))
        raise CaseError([UNREADABLE.at(place, grund=reason(fault))]) from fault


class _Answer:
    """Where the answer goes: the standard output as it was when the command began."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, result: RunResult) -> None:
        text = json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n"
        left = memoryview(text.encode("utf-8", "replace"))
        while left:
            left = left[os.write(self._descriptor, left) :]


@contextmanager
def _own_output() -> Iterator[_Answer]:
    """Standard output for the answer alone: what anything else prints there goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield _Answer(kept)
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def _tell(result: RunResult, log_format: str) -> None:
    """What happened, for whoever reads the log: each finding, then the outcome."""
    run = uuid.uuid4().hex[:12]
    findings = dict.fromkeys([*result.findings, *(f for letter in result.letters for f in letter.findings)])
    lines = [*((_LEVELS[f.severity], f) for f in findings), ("info" if result.success else "error", None)]
    for level, finding in lines:
        if log_format == "json":
            click.echo(_log_line(run, result, level, finding), err=True)
        else:
            click.echo(
                f"[{run}] {result.case_number or '-'} {level}: {finding or spoken(result.message)}", err=True
            )


def _log_line(run: str, result: RunResult, level: str, finding: Finding | None) -> str:
    line = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "level": level,
        "run": run,
        "case_number": result.case_number,
        "message": spoken(finding.message if finding else result.message),
    }
    if finding:
        line |= {"id": finding.id, "place": str(finding.place)}
    return json.dumps(line, ensure_ascii=False)
