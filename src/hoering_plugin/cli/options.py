"""Options that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from hoering_plugin.host import load_ministries
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.settings import Settings
from hoering_plugin.settings import read_settings

PATH = click.Path(path_type=Path)

hooks_dir = click.option(
    "--hooks-dir",
    "hooks_dirs",
    type=PATH,
    multiple=True,
    metavar="MAPPE",
    help="En mappe med ministerier uden installeret pakke. Kan gentages.",
)
settings_file = click.option(
    "--settings", "settings_path", type=PATH, metavar="FIL", help="Ministeriets indstillinger."
)
template_file = click.option(
    "--template", "template_path", type=PATH, metavar="FIL", help="En anden Word-skabelon."
)
as_json = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Til mennesker eller maskiner.",
)
quiet = click.option("--quiet", is_flag=True, help="Skriv kun resultatet.")


def reads_case(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every command that reads cases takes."""
    for option in (quiet, as_json, settings_file, hooks_dir):
        command = option(command)
    cases = click.argument("cases", nargs=-1, required=True, type=PATH, metavar="SAG...")
    return cases(command)


def setup(
    hooks_dirs: Sequence[Path], settings_path: Path | None
) -> tuple[tuple[LoadedMinistry, ...], Settings]:
    """The ministries and the settings that a command was given."""
    return load_ministries(hooks_dirs), read_settings(settings_path)


def chosen_template(given: Path | None, settings: Settings, settings_path: Path | None) -> Path:
    """The template: the one given, else the settings', seen from their file, else the program's own."""
    from hoering_plugin.letter.templates import template_path

    if given:
        return given
    if settings.template and settings_path:
        return settings_path.parent / settings.template
    return template_path()
