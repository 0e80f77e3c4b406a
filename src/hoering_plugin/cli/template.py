"""``hoering template``: whether a Word template can be used, and what may stand in it."""

from __future__ import annotations

from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.groups import Group
from hoering_plugin.cli.output import print_findings, print_json, print_table, say
from hoering_plugin.findings import ExitCode
from hoering_plugin.language import Phrase, literal
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.letter.lint import check_template
from hoering_plugin.model.run_answer import finding_as_json


@click.group("template", cls=Group)
def command() -> None:
    """Word-skabeloner: kontrol og pladsholdere."""


@command.command("check")
@click.argument("file", metavar="FIL", type=options.PATH)
@options.as_json
def check(file: Path, shape: str) -> int:
    """Vis alt, hvad der er galt med en skabelon til høringsbreve, og hvor i Word det står."""
    findings = check_template(file, LETTER_CONTRACT, restricted=True)
    wrong = any(finding.is_error for finding in findings)
    if shape == "json":
        print_json({"success": not wrong, "findings": [finding_as_json(finding) for finding in findings]})
    else:
        print_findings(findings)
        say("Skabelonen kan ikke bruges, som den er." if wrong else "Skabelonen kan bruges.")
    return ExitCode.SETUP if wrong else ExitCode.COMPLETE


@command.command("fields")
@options.as_json
def fields(shape: str) -> None:
    """Vis de pladsholdere, en skabelon må bruge, med betydning og eksempel."""
    entries = tuple(LETTER_CONTRACT.entries())
    if shape == "json":
        print_json(
            [
                {"path": e.path, "shape": e.shape.value, "meaning": e.meaning, "example": e.example}
                for e in entries
            ]
        )
        return
    heading = (Phrase("Pladsholder"), Phrase("Slags"), Phrase("Betydning"), Phrase("Eksempel"))
    print_table([heading, *((e.path, Phrase(e.shape.value), literal(e.meaning), e.example) for e in entries)])
