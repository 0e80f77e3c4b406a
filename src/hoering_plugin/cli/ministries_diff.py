"""``hoering ministries diff``: what a new version of a package changes in the letters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hoering_plugin.batch import case_files
from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_json
from hoering_plugin.findings import CaseError
from hoering_plugin.impact import Impact, impact


@click.command("diff")
@click.argument("old", metavar="GAMMEL")
@click.argument("new", metavar="NY")
@click.option(
    "--cases",
    "cases",
    type=options.PATH,
    multiple=True,
    required=True,
    metavar="MAPPE",
    help="Sager at prøve på.",
)
@options.as_json
def command(old: str, new: str, cases: tuple[Path, ...], shape: str) -> None:
    """Vis, hvad NY ændrer i brevene i forhold til GAMMEL.

    Hver af dem er et indlæst ministerium, en installeret pakke, en mappe eller et hjul (.whl).
    """
    files = case_files(cases)
    wrong = [finding for refused in files.values() if refused for finding in refused.findings]
    if wrong:
        raise CaseError(wrong)
    found = impact(old, new, list(files))
    if shape == "json":
        print_json(asdict(found))
    else:
        _print(found, len(files))


def _print(found: Impact, cases: int) -> None:
    click.echo(f"{', '.join(found.before)} → {', '.join(found.after)}, {cases} sager")
    click.echo(f"{len(found.letters)} breve ændres, {len(found.conditions)} vilkår.\n")
    for condition in found.conditions:
        what = "kommer til" if not condition.before else "udgår" if not condition.after else "ændres"
        click.echo(f"Sag {condition.case_number}, {condition.cooperation}: vilkåret {condition.key} {what}")
        for mark, text in (("-", condition.before), ("+", condition.after)):
            if text:
                click.echo(f"  {mark} {text}")
    for letter in found.letters:
        status = letter.after if letter.before == letter.after else f"{letter.before} → {letter.after}"
        click.echo(f"\nSag {letter.case_number}, brevet til {letter.name} ({status}):")
        for line in letter.lines:
            click.echo(f"  {line}")
    for line in found.findings:
        click.echo(f"Fund {line}")
