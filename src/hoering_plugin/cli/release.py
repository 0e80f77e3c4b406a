"""``hoering release``: a letter named final by an office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import say
from hoering_plugin.language import Phrase
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
    edited = Phrase("rettet, siden det blev dannet") if made.edited else Phrase("som det blev dannet")
    say(
        "Frigivet af {kontor} {tid}: {brev} ({hvordan})",
        kontor=made.by,
        tid=made.at,
        brev=letter,
        hvordan=edited,
    )
