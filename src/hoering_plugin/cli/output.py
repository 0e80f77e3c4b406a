"""How results and findings are printed: results on standard output, talk on standard error."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from hoering_plugin.findings import Finding, Severity
from hoering_plugin.language import Phrase, spoken

_WEIGHTS = {Severity.ERROR: Phrase("FEJL"), Severity.WARNING: Phrase("Advarsel")}


def say(text: str, /, *, err: bool = False, **values: object) -> None:
    """Print Danish words with their ``{named}`` values, in the reader's language."""
    click.echo(spoken(Phrase(text, **values)), err=err)


def print_json(value: object) -> None:
    """A result for a machine."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


class JsonList:
    """Results printed as they come, as one JSON list; or as one object where there is only one by nature."""

    def __init__(self, *, alone: bool, wanted: bool) -> None:
        self._alone = alone
        self._wanted = wanted
        self._count = 0

    def __enter__(self) -> JsonList:
        return self

    def add(self, value: object) -> None:
        """Print one result."""
        if not self._wanted:
            return
        before = "" if self._alone else ",\n" if self._count else "[\n"
        click.echo(before + json.dumps(value, ensure_ascii=False, indent=2), nl=self._alone)
        self._count += 1

    def __exit__(self, *exc: object) -> None:
        if self._wanted and not self._alone:
            click.echo("\n]" if self._count else "[]")


def finding_line(finding: Finding) -> str:
    """``FEJL sag.json, linje 3: Datoen … [dato]``, with the cooperation it concerns, if it is about one."""
    about = f" ({finding.cooperation})" if finding.cooperation else ""
    return f"{spoken(_WEIGHTS[finding.severity])}{about} {finding}"


_OF_ONE_KIND = 5
"""How many warnings of one kind are shown before the rest are counted; every error is shown."""


def print_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """Each finding once, errors first; of a kind of warning that comes many times, the first ones."""
    warnings: Counter[str] = Counter()
    for finding in sorted(dict.fromkeys(findings), key=lambda finding: not finding.is_error):
        warnings[finding.id] += not finding.is_error
        if warnings[finding.id] <= _OF_ONE_KIND:
            click.echo(finding_line(finding), err=err)
    for name, count in warnings.items():
        if count > _OF_ONE_KIND:
            say(
                "… og {antal} advarsler mere af samme slags [{slags}]",
                err=err,
                antal=count - _OF_ONE_KIND,
                slags=name,
            )


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns as wide as their widest cell; the first row is the heading."""
    rows = [[spoken(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            click.echo("  ".join("-" * width for width in widths))
