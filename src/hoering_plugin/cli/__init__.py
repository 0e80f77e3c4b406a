"""The command ``hoering``: it asks the library, prints the answer and gives the exit code."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from hoering_plugin.findings import ExitCode, HoeringError

_COMMANDS = {
    "case": ("case", "Sagens fil: fra ét format til et andet."),
    "check": ("check", "Udkast og fund; intet skrives."),
    "letters": ("letters", "Ét brev til hver kommune."),
    "ministries": ("ministries", "Ministeriernes pakker: hvem, hvad og hvilke vilkår."),
    "template": ("template", "Word-skabeloner: kontrol og pladsholdere."),
    "trace": ("trace", "Hvor hvert vilkår i et brev kommer fra."),
    "verify": ("verify", "Det, der ligger på disken, mod manifestet."),
}


class _Lazy(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"hoering_plugin.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandoer"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in sorted(_COMMANDS.items())])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hoering-plugin", message="hoering %(version)s", help="Vis versionen.")
def hoering() -> None:
    """Høringsbreve med udkast til tilladelse, ud fra hvad hvert ministerium svarer."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command and end the process with the exit code that the documentation promises."""
    for stream in (sys.stdout, sys.stderr):
        # What the console believes of itself is no reason to lose the letters æ, ø and å.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    try:
        ended = hoering.main(args, prog_name="hoering", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as exc:
        click.echo(exc.format_message())
        return ExitCode.COMPLETE
    except click.ClickException as exc:
        command = exc.ctx.command_path if isinstance(exc, click.UsageError) and exc.ctx else "hoering"
        click.echo(f"Forkert brug: {exc.format_message()}\nSe »{command} --help«.", err=True)
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("Afbrudt. Der er ikke efterladt en halv version.", err=True)
        return ExitCode.INTERRUPTED
    except HoeringError as exc:
        click.echo("\n".join(map(str, exc.findings)), err=True)
        return exc.exit_code
    except Exception as exc:  # noqa: BLE001 - a fault of ours must reach the user as a message, not a traceback
        click.echo(_fault(exc), err=True)
        return ExitCode.FAULT
    return ended if isinstance(ended, int) else ExitCode.COMPLETE


def _fault(exc: Exception) -> str:
    """What is told of a fault in the program: its type and place, and an id that is the same each time."""
    last = exc.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_globals.get('__name__', '')}:{last.tb_lineno}" if last else ""
    what = f"{type(exc).__name__} i {place}"
    number = hashlib.sha256(what.encode()).hexdigest()[:8]
    return (
        f"Der er en fejl i programmet: {what}: {exc}\n"
        f"Fejl-id {number}. Send denne besked til dem, der vedligeholder programmet."
    )
