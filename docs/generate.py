"""Writes the pages of the docs that follow from the code, so that they can't say anything else.

Run it from the checkout: ``python docs/generate.py``. A test compares what it would write with what is there.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import click

import hoering_plugin
from hoering_plugin.cli import hoering
from hoering_plugin.findings import ExitCode, Kind

DOCS = Path(__file__).resolve().parent

EXIT_CODES = {
    ExitCode.COMPLETE: ("Alt er i orden, også når intet var ændret.", "Intet."),
    ExitCode.INCOMPLETE: (
        "Nogle breve er holdt tilbage eller mislykket, eller nogle sager i en mappe er.",
        "Læs fundene for brevene; resten er skrevet.",
    ),
    ExitCode.USAGE: ("Kommandoen er skrevet forkert.", "Se `hoering --help`."),
    ExitCode.SETUP: (
        "Skabelon, indstillinger eller ministeriernes pakker er ikke i orden.",
        "Intet er skrevet. Ret det, fundene nævner.",
    ),
    ExitCode.CASE: (
        "Sagen kan ikke bruges.",
        "Intet er skrevet for sagen. Ret de steder, fundene nævner.",
    ),
    ExitCode.OUTPUT: (
        "Resultatet kan ikke skrives.",
        "Luk åbne filer, skaf plads eller adgang, og kør igen.",
    ),
    ExitCode.CHANGED: (
        "Det, der ligger på disken, er ikke det, manifestet siger.",
        "Se, hvilke filer `hoering verify` nævner.",
    ),
    ExitCode.FAULT: ("En fejl i programmet.", "Meld den, med sagen og beskeden."),
    ExitCode.INTERRUPTED: ("Afbrudt af brugeren.", "Kør igen: færdige sager er hele."),
}


def kinds() -> list[tuple[str, Kind]]:
    """Every kind of finding in the package with the module that declares it, by id."""
    found: dict[str, tuple[str, Kind]] = {}
    for info in pkgutil.walk_packages(hoering_plugin.__path__, "hoering_plugin."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        values = list(vars(module).values())
        values += [kind for value in values if isinstance(value, dict) for kind in value.values()]
        for kind in values:
            if isinstance(kind, Kind):
                earlier = found.setdefault(kind.id, (info.name, kind))
                if earlier[1] != kind:
                    raise SystemExit(f"{kind.id} is declared in {earlier[0]} and, otherwise, in {info.name}")
    return [found[key] for key in sorted(found)]


def cell(text: str) -> str:
    """The text as one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def findings_page() -> str:
    """The page of every finding and every exit code."""
    lines = [
        "# Fund og slutkoder",
        "",
        "Skrevet af `docs/generate.py` ud fra programmet. Et *fund* er en besked med en fast nøgle.",
        "En fejl holder det brev, den sag eller den kørsel tilbage, som den handler om; en advarsel",
        "fortælles og noteres i manifestet.",
        "",
        "## Slutkoder",
        "",
        "| Kode | Betyder | Gør |",
        "|---|---|---|",
    ]
    for code, (meaning, remedy) in EXIT_CODES.items():
        lines.append(f"| {code.value} | {meaning} | {remedy} |")
    lines += ["", "## Fund", "", "| Nøgle | Vægt | Hvad der er galt | Hvad man gør |", "|---|---|---|---|"]
    for _, kind in kinds():
        weight = "fejl" if kind.severity == "error" else "advarsel"
        lines.append(f"| `{kind.id}` | {weight} | {cell(kind.text)} | {cell(kind.remedy)} |")
    return "\n".join(lines) + "\n"


def shipped_files() -> None:
    """Write the files of the package that follow from its models: schemas, and workbooks without rows."""
    from hoering_plugin.internal.overview_book import overview_frame
    from hoering_plugin.internal.replies_book import replies_frame
    from hoering_plugin.schemas import published

    data = DOCS.parent / "src" / "hoering_plugin" / "data"
    for name, text in published().items():
        (data / name).write_text(text, "utf-8")
    (data / "oversigt.xlsx").write_bytes(overview_frame())
    (data / "svar.xlsx").write_bytes(replies_frame())


def commands(group: click.Group, *path: str) -> list[list[str]]:
    """Every command of a group as the words that are typed, the group itself first."""
    found = [list(path)]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
        elif command is not None:
            found.append([*path, name])
    return found


def commands_page() -> str:
    """The page of every command, in the words of its own help."""
    lines = [
        "# Kommandoer",
        "",
        "Skrevet af `docs/generate.py` ud fra programmets egen hjælp. Slutkoderne står i",
        "[findings.md](findings.md).",
    ]
    for words in commands(hoering):
        typed = " ".join(["hoering", *words])
        shown = subprocess.run(
            [sys.executable, "-m", "hoering_plugin", *words, "--help"],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", "HOERING_LANG": "da"},
        ).stdout.strip()
        lines += ["", f"## `{typed}`", "", "```console", f"$ {typed} --help", shown, "```"]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands_page, "findings.md": findings_page}


def main() -> None:
    """Write every page, and every shipped file that follows from the code."""
    shipped_files()
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
