"""``hoering trace``: whose each condition of a letter is, and whether its words were changed since."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_json, say
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.trace import Traced, trace

_STATES = {
    "uaendret": Phrase("uændret"),
    "aendret": Phrase("ÆNDRET"),
    "mangler": Phrase("STÅR IKKE I BREVET"),
}


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
        say(
            "Nogle vilkår er fundet på deres ord: brevets mærker er væk, fx fordi det er gemt i LibreOffice.",
            err=True,
        )


def _print(condition: Traced) -> None:
    source = f"{condition.package} {condition.version}".strip()
    if condition.document:
        source = spoken(
            Phrase("{kilde}, dokument {dokument}", kilde=source, dokument=condition.document)
        ).strip(", ")
    by = f" ({spoken(Phrase('fundet på teksten'))})" if condition.found_by == "tekst" else ""
    state = spoken(_STATES[condition.state]) + by
    click.echo(f"{condition.number}. {condition.key}: {condition.ministry}, {source}: {state}")
    if condition.now:
        say("   Nu: {tekst}", tekst=condition.now)
