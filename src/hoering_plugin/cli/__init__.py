"""The command ``hoering``: it asks the library, prints the answer and gives the exit code."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from hoering_plugin.cli.own_output import OwnOutput
from hoering_plugin.cli.readers import choose_language, for_reader
from hoering_plugin.findings import ExitCode, HoeringError
from hoering_plugin.language import Phrase, joined, marked, spoken

_COMMANDS = {
    "case": marked("Sagens fil: et tomt regneark, og fra ét format til et andet."),
    "check": marked("Udkast og fund; intet skrives."),
    "deliver": marked("Aflevér et frigivet brev til et ESDH-system."),
    "export": marked("ESDH-systemets kald: én sag ind, ét JSON-svar ud."),
    "letters": marked("Ét brev til hver kommune."),
    "ministries": marked("Ministeriernes pakker: hvem, hvad og hvilke vilkår."),
    "release": marked("Gør et brev endeligt."),
    "template": marked("Word-skabeloner: kontrol og pladsholdere."),
    "trace": marked("Hvor hvert vilkår i et brev kommer fra."),
    "verify": marked("Det, der ligger på disken, mod manifestet."),
}


class _Lazy(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"hoering_plugin.cli.{cmd_name}")
        return for_reader(module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(spoken(Phrase("Kommandoer"))):
            formatter.write_dl([(name, spoken(Phrase(text))) for name, text in sorted(_COMMANDS.items())])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hoering-plugin", message="hoering %(version)s", help="Vis versionen.")
def hoering() -> None:
    """Høringsbreve med udkast til tilladelse, ud fra hvad hvert ministerium svarer.

    \b
    Begynd her:
      hoering case new sag.xlsx                  et tomt regneark, som sagen udfyldes i
      hoering check sag.xlsx                     hvad der imødekommes, og hvad der mangler
      hoering letters sag.xlsx --out breve       ét brev til hver kommune

    Hjælp til en kommando: hoering letters --help.
    """  # noqa: D301 - click reads the backspace that \b is


def main(args: Sequence[str] | None = None) -> None:
    """Run the command and end the process with the exit code that the documentation promises."""
    # What the console believes of itself is no reason to lose the letters æ, ø and å.
    getattr(sys.stderr, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    sys.stdout = OwnOutput(sys.stdout.buffer, bool(sys.stdout.line_buffering))
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if args is None else args)
    choose_language(os.environ)
    try:
        ended = for_reader(hoering).main(words, prog_name="hoering", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as exc:
        click.echo(exc.format_message())
        return ExitCode.COMPLETE
    except click.ClickException as exc:
        command = exc.ctx.command_path if isinstance(exc, click.UsageError) and exc.ctx else "hoering"
        told = Phrase(
            "Forkert brug: {fejl}\nSe »{kommando} --help«.", fejl=exc.format_message(), kommando=command
        )
        return _ended(words, ExitCode.USAGE, told)
    except (KeyboardInterrupt, click.Abort):
        told = Phrase("Afbrudt. Der er ikke efterladt en halv version.")
        return _ended(words, ExitCode.INTERRUPTED, told)
    except HoeringError as exc:
        return _ended(words, exc.exit_code, joined(map(str, exc.findings), "\n"))
    except SystemExit:
        # How click ends when whoever reads the answer has had enough of it; nothing is wrong here.
        return ExitCode.COMPLETE
    except Exception as exc:  # noqa: BLE001 - a fault of ours must reach the user as a message, not a traceback
        return _ended(words, ExitCode.FAULT, _fault(exc))
    return ended if isinstance(ended, int) else ExitCode.COMPLETE


def _ended(words: Sequence[str], code: ExitCode, message: Phrase) -> ExitCode:
    """Tell why the command ended; the export hook's caller gets it as an answer as well."""
    click.echo(spoken(message), err=True)
    if words[:1] == ["export"]:
        from hoering_plugin.cli.export import print_answer
        from hoering_plugin.model.result import RunResult

        print_answer(RunResult(code, message))
    return code


def _fault(exc: Exception) -> Phrase:
    """What is told of a fault in the program: its type and place, and an id that is the same each time."""
    last = exc.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_globals.get('__name__', '')}:{last.tb_lineno}" if last else ""
    what = f"{type(exc).__name__}, {place}"
    return Phrase(
        "Der er en fejl i programmet: {hvad}: {fejl}\n"
        "Fejl-id {nummer}. Send denne besked til dem, der vedligeholder programmet.",
        hvad=what,
        fejl=exc,
        nummer=hashlib.sha256(what.encode()).hexdigest()[:8],
    )
