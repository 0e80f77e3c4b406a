"""``hoering deliver``: a released letter handed on to a records system."""

from __future__ import annotations

from pathlib import Path

import click

from hoering_plugin.adapters import load_adapter
from hoering_plugin.cli import options
from hoering_plugin.cli.output import say
from hoering_plugin.handing_on import hand_on


@click.command("deliver")
@click.argument("letter", type=options.PATH, metavar="BREV.docx")
@click.option("--adapter", required=True, metavar="NAVN", help="Adapteren, fx importmappe.")
@click.option("--to", "target", required=True, metavar="STED", help="Hvor adapteren afleverer, fx en mappe.")
@click.option("--again", is_flag=True, help="Aflevér igen efter en afbrudt aflevering, der ikke kom frem.")
def command(letter: Path, adapter: str, target: str, again: bool) -> None:
    """Aflevér et frigivet BREV med metadata til et ESDH-system, én gang."""
    place, new = hand_on(letter, load_adapter(adapter), target, again=again)
    if new:
        say("Afleveret: {sted}", sted=place)
    else:
        say("Afleveret tidligere: {sted}", sted=place)
