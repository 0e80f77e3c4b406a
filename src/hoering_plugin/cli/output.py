"""How results and findings are printed: results on standard output, talk on standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click

from hoering_plugin.findings import Finding, Severity

_WEIGHTS = {Severity.ERROR: "FEJL", Severity.WARNING: "Advarsel"}


def print_json(value: object) -> None:
    """A result for a machine."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def finding_line(finding: Finding) -> str:
    """``FEJL sag.json, linje 3: Datoen … [dato]``, with the cooperation it concerns, if it is about one."""
    about = f" ({finding.cooperation})" if finding.cooperation else ""
    return f"{_WEIGHTS[finding.severity]}{about} {finding}"


def print_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """Each finding once, errors first."""
    for finding in sorted(dict.fromkeys(findings), key=lambda finding: not finding.is_error):
        click.echo(finding_line(finding), err=err)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns as wide as their widest cell; the first row is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            click.echo("  ".join("-" * width for width in widths))
