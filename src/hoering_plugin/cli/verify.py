"""``hoering verify``: the letters on disk against their manifests."""

from __future__ import annotations

from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_findings, print_json, say
from hoering_plugin.findings import ExitCode
from hoering_plugin.model.run_answer import finding_as_json
from hoering_plugin.verify import verify


@click.command("verify")
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.as_json
@options.quiet
def command(folder: Path, shape: str, quiet: bool) -> int:
    """Hold brevene i MAPPE op mod manifestet, og vis rettelser, kommentarer, skjult tekst og åbne steder."""
    findings = verify(folder)
    changed = any(finding.is_error for finding in findings)
    if shape == "json":
        print_json({"success": not changed, "findings": [finding_as_json(finding) for finding in findings]})
    else:
        print_findings(f for f in findings if f.is_error or not quiet)
        say(
            "Det, der ligger her, er ikke det, der blev dannet."
            if changed
            else "Alt er, som det blev dannet."
        )
    return ExitCode.CHANGED if changed else ExitCode.COMPLETE
