"""The reader's language: which it is, and click's own words and the help texts in it.

click's words are English and go through GNU gettext, where our catalogue gives them in Danish. Help texts are
Danish, and translated as all that is shown.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping

import click

from hoering_plugin.language import LOCALES, Phrase, is_english, literal, speak_english, spoken

_SAID_IN = ("HOERING_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def asks_for_english(environment: Mapping[str, str]) -> bool:
    """Whether the environment says English: ``HOERING_LANG=en``, or a locale of that language.

    Of the locale's variables the first that is set decides (POSIX, IEEE 1003.1, section 8.2); one that names
    no language, such as ``C``, means Danish.
    """
    said = next((value for name in _SAID_IN if (value := environment.get(name))), "")
    return re.match(r"en(?![a-z])", said, re.IGNORECASE) is not None


def choose_language(environment: Mapping[str, str]) -> None:
    """Speak the language that the environment asks for, click's own words too."""
    speak_english(asks_for_english(environment))
    gettext.bindtextdomain("click", str(LOCALES))
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = "en" if is_english() else "da"  # gettext asks nowhere else


def for_reader(command: click.Command) -> click.Command:
    """The command with its help in the reader's language."""
    command.options_metavar = spoken(Phrase("[OPTIONER]"))
    if isinstance(command, click.Group):
        command.subcommand_metavar = spoken(Phrase("KOMMANDO ..."))
        for inner in command.commands.values():
            for_reader(inner)
    if is_english():
        command.help = command.help and spoken(literal(command.help))
        for parameter in command.params:
            parameter.metavar = parameter.metavar and spoken(literal(parameter.metavar))
            if isinstance(parameter, click.Option):
                parameter.help = parameter.help and spoken(literal(parameter.help))
    return command
