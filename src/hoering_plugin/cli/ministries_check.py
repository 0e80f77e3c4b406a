"""``hoering ministries check``: a package looked through before it is released."""

from __future__ import annotations

import warnings
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import finding_line, print_json, say
from hoering_plugin.findings import ExitCode, Finding, SetupError, warning
from hoering_plugin.host import load_ministries
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.run_answer import finding_as_json
from hoering_plugin.review import review

DEPRECATED = warning(
    "pakke-foraeldet", "Pakken bruger noget, som forsvinder i en senere version: {besked}", "Se CHANGELOG."
)


@click.command("check")
@click.argument("what", required=False, metavar="[PAKKE|MAPPE]")
@options.as_json
def command(what: str | None, shape: str) -> int:
    """Gennemgå en pakke: ord, perioder, prædikater og prøver. Uden PAKKE gennemgås alle installerede."""
    folder = Path(what) if what and Path(what).is_dir() else None
    findings: list[Finding] = []
    looked: list[str] = []
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", DeprecationWarning)
            ministries = load_ministries([folder] if folder else [], installed=folder is None)
            chosen = [one for one in ministries if folder or what in (None, one.key, one.package)]
            if not chosen:
                known = ", ".join(one.key for one in ministries) or Phrase("ingen")
                raise click.UsageError(
                    Phrase(
                        "»{navn}« er hverken en mappe eller indlæst. Indlæst er: {kendte}.",
                        navn=what,
                        kendte=known,
                    )
                )
            for loaded in chosen:
                looked.append(_shown(loaded))
                findings += review(loaded, [loaded.key, *([str(folder)] if folder else [])])
        findings += (
            DEPRECATED.at(besked=each.message)
            for each in told
            if issubclass(each.category, DeprecationWarning) and "hoering_plugin" in str(each.message)
        )
    except SetupError as fault:
        findings += fault.findings
    wrong = [finding for finding in findings if finding.is_error]
    if shape == "json":
        print_json({"success": not wrong, "packages": looked, "findings": [*map(finding_as_json, findings)]})
    else:
        for finding in findings:
            click.echo(finding_line(finding))
        told_of = ", ".join(looked) or what or Phrase("pakkerne")
        say(
            "{pakker}: {fejl} fejl, {advarsler} advarsler.",
            pakker=told_of,
            fejl=len(wrong),
            advarsler=len(findings) - len(wrong),
        )
    return ExitCode.SETUP if wrong else ExitCode.COMPLETE


def _shown(loaded: LoadedMinistry) -> str:
    return f"{loaded.package} {loaded.version}"
