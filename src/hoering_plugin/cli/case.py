"""``hoering case``: case files themselves: an empty workbook, and from one format to another."""

from __future__ import annotations

from pathlib import Path

import click

from hoering_plugin.case_files import convert_case, new_workbook
from hoering_plugin.cli import options
from hoering_plugin.cli.groups import Group
from hoering_plugin.cli.output import say


@click.group("case", cls=Group)
def command() -> None:
    """Sagens fil: et tomt regneark, og fra ét format til et andet."""


@command.command("new")
@click.argument("target", type=options.PATH, metavar="FIL.xlsx")
def new(target: Path) -> None:
    """Skriv et tomt regneark, som en sag udfyldes i."""
    new_workbook(target)
    say("Skrevet: {fil}", fil=target)


@command.command("convert")
@click.argument("source", type=options.PATH, metavar="IND")
@click.argument("target", type=options.PATH, metavar="UD")
@click.option("--force", is_flag=True, help="Erstat UD, hvis filen findes.")
def convert(source: Path, target: Path, force: bool) -> None:
    """Skriv sagen i IND som UD; endelserne .json, .xml og .xlsx siger formatet. Intet går tabt."""
    convert_case(source, target, force=force)
    say("Skrevet: {fil}", fil=target)
