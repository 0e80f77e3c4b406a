"""``hoering release``: a letter named final by an office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.release import release


@click.command("release")
@click.argument("letter", type=options.PATH, metavar="BREV.docx")
@click.option(
    "--by", required=True, metavar="KONTOR", help="Kontoret, der gør brevet endeligt. Aldrig en person."
)
def command(letter: Path, by: str) -> None:
    """Gør BREV endeligt: noter hvem, hvornår og filens hash. En senere ændring ophæver det."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    made = release(letter, by, now)
    edited = "rettet, siden det blev dannet" if made.edited else "som det blev dannet"
    click.echo(f"Frigivet af {made.by} {made.at}: {letter} ({edited})")
