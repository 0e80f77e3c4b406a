"""``hoering ministries diff``: what a new version of a package changes in the letters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hoering_plugin.batch import case_files
from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_json, say
from hoering_plugin.findings import CaseError
from hoering_plugin.impact import Impact, impact
from hoering_plugin.language import marked


@click.command("diff")
@click.argument("old", metavar="GAMMEL")
@click.argument("new", metavar="NY")
@click.option(
    "--cases",
    "cases",
    type=options.PATH,
    multiple=True,
    required=True,
    metavar="MAPPE",
    help="Sager at prøve på.",
)
@options.as_json
def command(old: str, new: str, cases: tuple[Path, ...], shape: str) -> None:
    """Vis, hvad NY ændrer i brevene i forhold til GAMMEL.

    Hver af dem er et indlæst ministerium, en installeret pakke, en mappe eller et hjul (.whl).
    """
    files = case_files(cases)
    wrong = [finding for refused in files.values() if refused for finding in refused.findings]
    if wrong:
        raise CaseError(wrong)
    found = impact(old, new, list(files))
    if shape == "json":
        print_json(asdict(found))
    else:
        _print(found, len(files))


_BECOMES = {
    (False, True): marked("Sag {nummer}, {samarbejde}: vilkåret {vilkaar} kommer til"),
    (True, False): marked("Sag {nummer}, {samarbejde}: vilkåret {vilkaar} udgår"),
    (True, True): marked("Sag {nummer}, {samarbejde}: vilkåret {vilkaar} ændres"),
}


def _print(found: Impact, cases: int) -> None:
    before, after = ", ".join(found.before), ", ".join(found.after)
    say("{foer} → {efter}, {antal} sager", foer=before, efter=after, antal=cases)
    say("{breve} breve ændres, {antal} vilkår.\n", breve=len(found.letters), antal=len(found.conditions))
    for condition in found.conditions:
        what = _BECOMES[bool(condition.before), bool(condition.after)]
        say(what, nummer=condition.case_number, samarbejde=condition.cooperation, vilkaar=condition.key)
        for mark, text in (("-", condition.before), ("+", condition.after)):
            if text:
                click.echo(f"  {mark} {text}")
    for letter in found.letters:
        status = letter.after if letter.before == letter.after else f"{letter.before} → {letter.after}"
        say(
            "\nSag {nummer}, brevet til {navn} ({status}):",
            nummer=letter.case_number,
            navn=letter.name,
            status=status,
        )
        for line in letter.lines:
            click.echo(f"  {line}")
    for line in found.findings:
        say("Fund {fund}", fund=line)
