"""``hoering ministries new``: a package of a ministry's own, ready to be edited."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.output import print_findings, say
from hoering_plugin.findings import Finding, SetupError
from hoering_plugin.host import load_ministries
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.model.law import TaskArea
from hoering_plugin.scaffold import KEY_IN_USE, NewMinistry, write_package

_AREAS = [area.value for area in TaskArea]


@click.command("new")
@click.argument("folder", type=options.PATH, metavar="MAPPE")
@click.option("--key", metavar="NØGLE", help="Ministeriets nøgle: små bogstaver og cifre, fx sim.")
@click.option("--name", metavar="NAVN", help="Ministeriets navn, fx »Miljøministeriet«.")
@click.option("--minister", metavar="TITEL", help="Ministerens titel i bestemt form, fx »miljøministeren«.")
@click.option(
    "--area", "areas", multiple=True, type=click.Choice(_AREAS), help="Et opgaveområde. Kan gentages."
)
def command(
    folder: Path, key: str | None, name: str | None, minister: str | None, areas: tuple[str, ...]
) -> None:
    """Skriv en ny pakke for et ministerium i MAPPE. Det, der ikke er givet, spørges der om."""
    ministry = NewMinistry(
        key or _asked("--key", Phrase("Ministeriets nøgle (fx sim)")),
        name or _asked("--name", Phrase("Ministeriets navn")),
        minister or _asked("--minister", Phrase("Ministerens titel i bestemt form")),
        tuple(TaskArea(area) for area in areas or _asked_areas()),
    )
    for file in write_package(folder, ministry):
        click.echo(folder / file)
    print_findings(_in_use(ministry.key), err=True)
    say("\nNæste skridt: hoering ministries check {mappe}", mappe=folder)


def _in_use(key: str) -> list[Finding]:
    """A warning where an installed package has the key already."""
    try:
        installed = load_ministries()
    except SetupError:
        return []  # what is wrong with other packages is told where they are used
    return [
        KEY_IN_USE.at(noegle=key, pakke=one.package, version=one.version)
        for one in installed
        if one.key == key
    ]


def _asked(option: str, question: str) -> str:
    """The answer of the person at the terminal; without one, the option is missing."""
    if not sys.stdin.isatty():
        raise click.UsageError(Phrase("Optionen {option} mangler.", option=option))
    answer: str = click.prompt(spoken(question), err=True)
    return answer


def _asked_areas() -> list[str]:
    if not sys.stdin.isatty():
        raise click.UsageError(Phrase("Optionen {option} mangler.", option="--area"))
    chosen: str = click.prompt(spoken(Phrase("Opgaveområde")), type=click.Choice(_AREAS), err=True)
    return [chosen]
