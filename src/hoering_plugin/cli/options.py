"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hoering_plugin.cli.output import say
from hoering_plugin.findings import Finding
from hoering_plugin.host import load_ministries
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.settings import Settings
from hoering_plugin.settings import read_settings

if TYPE_CHECKING:
    from hoering_plugin.letter.template import Template

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


isolate = click.option(
    "--isolate", is_flag=True, help="Spørg hver pakke i en proces for sig, med tidsgrænse."
)
mark = click.option(
    "--mark", is_flag=True, help="Skriv en kopi af regnearket (….fejl.xlsx) med hver fejl i sin celle."
)


def told_in_copy(file: Path, findings: Iterable[Finding]) -> None:
    """Mark the faults in a copy of the workbook, and say where it is."""
    from hoering_plugin.case_files import mark_workbook

    copy = mark_workbook(file, findings)
    if copy:
        say("Fejlene står i {fil}", err=True, fil=copy)


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


def letter_template(path: Path) -> Template:
    """The template, checked; what was made of it is kept for the next time in the user's own cache."""
    from hoering_plugin.generation import letter_template

    return letter_template(path, cache=_cache())


def _cache() -> Path | None:
    """The user's folder for what can be made again (XDG base directories; Local AppData on Windows)."""
    given = os.environ.get("HOERING_CACHE")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "hoering-plugin"
    except RuntimeError:
        return None


def chosen_template(given: Path | None, settings: Settings, settings_path: Path | None) -> Path:
    """The template: the one given, else the settings', seen from their file, else the program's own."""
    from hoering_plugin.letter.templates import template_path

    if given:
        return given
    if settings.template and settings_path:
        return settings_path.parent / settings.template
    return template_path()
