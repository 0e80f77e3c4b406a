"""Keeps the catalogues of translations: what the program says in English, and what click says in Danish.

Run it from the checkout: ``python docs/catalogues.py``. It finds every text, adds the new ones without a
translation, takes away those that nobody says any more, and compiles what is there. A test says which lack a
translation.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import hoering_plugin
from hoering_plugin.cli import hoering
from hoering_plugin.language import DOMAIN, LOCALES
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.model.values import Value

Text = str | tuple[str, str]
"""A text; or two, where one thing is said otherwise than many."""
Said = dict[Text, set[str]]
"""Each text with the files that say it."""

_WORDS_OF = {"Phrase": slice(0, 1), "marked": slice(0, 1), "say": slice(0, 1)}
_WORDS_OF |= {"error": slice(1, 3), "warning": slice(1, 3)}
"""Which arguments of a call are texts for the catalogue."""


def calls(root: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call by a plain name in a package, with its file."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield path.relative_to(root).as_posix(), node


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def texts_in_code() -> Said:
    """The texts that stand in calls."""
    said: Said = {}
    for file, call in calls(Path(hoering_plugin.__file__).parent):
        for argument in call.args[_WORDS_OF.get(call.func.id, slice(0))]:  # type: ignore[attr-defined]
            for text in literals(argument):
                if text.strip():
                    said.setdefault(text, set()).add(file)
    return said


def texts_of_help() -> Said:
    """The texts of the commands' help, with braces written twice, as phrases have them."""
    said: Said = {}

    def add(command: click.Command, name: str) -> None:
        texts = [command.help]
        for parameter in command.params:
            texts += [parameter.metavar, getattr(parameter, "help", None)]
        for text in filter(None, texts):
            said.setdefault(_literal(text), set()).add(name)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                if found is not None:
                    add(found, f"{name} {inner}")

    add(hoering, "hoering")
    return said


def texts_of_fields() -> Said:
    """The descriptions of the fields of a case and the other files, and of what a template may use."""
    for info in pkgutil.walk_packages(hoering_plugin.__path__, "hoering_plugin."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    said: Said = {}
    models = [Value]
    while models:
        model = models.pop()
        models += model.__subclasses__()
        for field in model.model_fields.values():
            if field.description and not inspect.isabstract(model):
                said.setdefault(_literal(field.description), set()).add(model.__name__)
    for entry in LETTER_CONTRACT.entries():
        said.setdefault(_literal(entry.meaning), set()).add("skabelon")
    return said


def texts_of_click() -> Said:
    """What the installed click says."""
    said: Said = {"required": {"click/core.py"}}
    for file, call in calls(Path(click.__file__).parent):
        arguments = [text for argument in call.args for text in literals(argument)]
        if call.func.id == "_":  # type: ignore[attr-defined]
            for text in arguments:
                said.setdefault(text, set()).add(f"click/{file}")
        elif call.func.id == "ngettext":  # type: ignore[attr-defined]
            said.setdefault((arguments[0], arguments[1]), set()).add(f"click/{file}")
    return said


def texts() -> Said:
    """Every text that is shown to a person."""
    every: Said = {}
    for found in (texts_in_code(), texts_of_help(), texts_of_fields()):
        for text, places in found.items():
            every.setdefault(text, set()).update(places)
    return every


def catalogue_file(language: str, domain: str, ending: str = "po") -> Path:
    """Where a catalogue is."""
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.{ending}"


def read_catalogue(language: str, domain: str) -> Catalog:
    """A catalogue as it stands; an empty one where there is none."""
    file = catalogue_file(language, domain)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a program reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def renewed(language: str, domain: str, said: Said) -> Catalog:
    """The catalogue with every text that is said and no other."""
    old = read_catalogue(language, domain)
    known = {message.id: message.string for message in old if message.id}
    made = Catalog(
        language,
        domain,
        header_comment=f"# {domain}, {language}: kept by docs/catalogues.py, translated here.",
        fuzzy=False,
        **_HEADERS,
    )
    for text in sorted(said, key=str):
        untranslated = ("", "") if isinstance(text, tuple) else ""
        places = [(file, None) for file in sorted(said[text])]
        made[text] = Message(text, known.get(text, untranslated), locations=places)
    return made


def missing(catalogue: Catalog) -> list[str]:
    """The texts without a translation."""

    def is_whole(message: Message) -> bool:
        return all(message.string) if isinstance(message.string, tuple) else bool(message.string)

    return [str(message.id) for message in catalogue if message.id and not is_whole(message)]


def kept_click_words() -> Said:
    """What click says, and what an older one said that the catalogue knows already."""
    old = read_catalogue("da", "click")
    kept = {m.id: {place for place, _ in m.locations} for m in old if m.id}
    return kept | texts_of_click()


_WHEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_HEADERS: dict[str, Any] = {
    "project": "hoering-plugin",
    "version": "1",
    "msgid_bugs_address": "hoering-plugin",
    "last_translator": "hoering-plugin",
    "language_team": "hoering-plugin",
    "creation_date": _WHEN,
    "revision_date": _WHEN,
}

CATALOGUES = {("en", DOMAIN): texts, ("da", "click"): kept_click_words}


def main() -> None:
    """Write each catalogue, and its compiled form."""
    for (language, domain), said in CATALOGUES.items():
        made = renewed(language, domain, said())
        file = catalogue_file(language, domain)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, made, width=0, omit_header=False, sort_output=False)
        catalogue_file(language, domain, "mo").write_bytes(compiled(made))
        sys.stdout.write(f"{file}: {len(made)} texts, {len(missing(made))} without a translation\n")


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


if __name__ == "__main__":
    main()
