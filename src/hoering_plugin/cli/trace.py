"""``hoering trace``: whose each condition of a letter is, and whether its words were changed since."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_json
from hoering_plugin.trace import Traced, trace

_STATES = {"uaendret": "uændret", "aendret": "ÆNDRET", "mangler": "STÅR IKKE I BREVET"}


@click.command("trace")
@click.argument("letter", metavar="BREV.docx", type=options.PATH)
@click.option(
    "--manifest", type=options.PATH, metavar="FIL", help="Manifestet, hvis det ikke ligger ved brevet."
)
@options.as_json
def command(letter: Path, manifest: Path | None, shape: str) -> None:
    """Vis for hvert vilkår i et brev ministerium, pakke og version, og om teksten er ændret siden."""
    traced = trace(letter, manifest)
    if shape == "json":
        print_json([asdict(condition) for condition in traced])
        return
    for condition in traced:
        _print(condition)
    if any(condition.found_by == "tekst" for condition in traced):
        click.echo(
            "Nogle vilkår er fundet på deres ord: brevets mærker er væk, fx fordi det er gemt i LibreOffice.",
            err=True,
        )


def _print(condition: Traced) -> None:
    source = f"{condition.package} {condition.version}".strip()
    if condition.document:
        source = f"{source}, dokument {condition.document}".strip(", ")
    by = " (fundet på teksten)" if condition.found_by == "tekst" else ""
    state = _STATES[condition.state] + by
    click.echo(f"{condition.number}. {condition.key}: {condition.ministry}, {source}: {state}")
    if condition.now:
        click.echo(f"   Nu: {condition.now}")
