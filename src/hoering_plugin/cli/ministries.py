"""``hoering ministries``: which ministries answer, from which packages, and with which conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from hoering_plugin.cli import options
from hoering_plugin.cli.groups import Group
from hoering_plugin.cli.output import print_json
from hoering_plugin.cli.readers import for_reader
from hoering_plugin.host import load_ministries
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.ministries_view import conditions_view, list_view, show_view


class _Group(Group):
    """The group's own commands, and those that are imported when they are used."""

    _LAZY = ("check", "diff", "new")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self._LAZY])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._LAZY:
            return for_reader(import_module(f"hoering_plugin.cli.ministries_{cmd_name}").command)
        return super().get_command(ctx, cmd_name)


_on = click.option(
    "--on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="ÅÅÅÅ-MM-DD",
    help="Datoen, der ses fra. Uden den: i dag.",
)


@click.group("ministries", cls=_Group)
def command() -> None:
    """Ministeriernes pakker: hvem, hvad og hvilke vilkår."""


@command.command("list")
@_on
@options.hooks_dir
@options.as_json
def list_(on: dt.datetime | None, hooks_dirs: tuple[Path, ...], shape: str) -> None:
    """Vis hvert ministerium med navn på datoen, pakke, version og ressort."""
    _print_all(list_view(load_ministries(hooks_dirs), _day(on)), shape)


@command.command("show")
@click.argument("key", metavar="MINISTERIUM")
@_on
@options.hooks_dir
@options.as_json
def show(key: str, on: dt.datetime | None, hooks_dirs: tuple[Path, ...], shape: str) -> None:
    """Vis alt, hvad et ministerium siger på datoen."""
    ministries = load_ministries(hooks_dirs)
    found = next((ministry for ministry in ministries if ministry.key == key), None)
    if found is None:
        known = ", ".join(ministry.key for ministry in ministries) or Phrase("ingen")
        raise click.UsageError(
            Phrase("»{navn}« er ikke indlæst. Indlæste ministerier: {kendte}.", navn=key, kendte=known)
        )
    view = show_view(found, _day(on))
    if shape == "json":
        print_json(view)
    else:
        _print(view, 0)


@command.command("conditions")
@_on
@options.hooks_dir
@options.as_json
def conditions(on: dt.datetime | None, hooks_dirs: tuple[Path, ...], shape: str) -> None:
    """Vis alle vilkår, der gælder på datoen."""
    _print_all(conditions_view(load_ministries(hooks_dirs), _day(on)), shape)


def _day(on: dt.datetime | None) -> dt.date:
    return on.date() if on else dt.date.today()  # noqa: DTZ011 - the person's own day, when none is given


def _print_all(views: list[dict[str, object]], shape: str) -> None:
    if shape == "json":
        print_json(views)
        return
    for number, view in enumerate(views):
        if number:
            click.echo()
        _print(view, 0)


def _print(view: Mapping[str, object], depth: int) -> None:
    """A record as indented lines; what is empty is left out."""
    pad = "  " * depth
    for name, value in view.items():
        if isinstance(value, Mapping):
            click.echo(f"{pad}{name}:")
            _print(value, depth + 1)
        elif isinstance(value, (list, tuple)) and any(isinstance(one, Mapping) for one in value):
            click.echo(f"{pad}{name}:")
            for one in value:
                _print(one, depth + 1)
                click.echo()
        elif isinstance(value, (list, tuple)):
            click.echo(f"{pad}{name}: {', '.join(map(str, value)) or '–'}")
        elif value not in (None, ""):
            shown = spoken(Phrase("ja") if value else Phrase("nej")) if isinstance(value, bool) else value
            click.echo(f"{pad}{name}: {shown}")
