"""Wrong usage in Danish: what click says of a command line, in the words of the program."""

from __future__ import annotations

import re

import click

_WORDS = (
    (r"Missing option '?(.+?)'?\.?$", r"optionen \1 mangler."),
    (r"Missing argument '?(.+?)'?\.?$", r"\1 mangler."),
    (r"Missing command\.$", "kommandoen mangler."),
    (r"No such option:? '?(.+?)'?\.? Did you mean '?(.+?)'?\?$", r"der er ingen option \1. Mente du \2?"),
    (r"No such option:? '?(.+?)'?\.? \(Possible options: (.+)\)$", r"der er ingen option \1. Mente du \2?"),
    (
        r"No such (?:option|command):? '?(.+?)'?\.? \(?Did you mean one of: (.+?)\)?\??\.?$",
        r"\1 findes ikke. Mente du en af \2?",
    ),
    (r"No such option:? '?(.+?)'?\.?$", r"der er ingen option \1."),
    (r"No such command '(.+)'\. Did you mean '?(.+?)'?\?$", r"der er ingen kommando »\1«. Mente du »\2«?"),
    (r"No such command '(.+)'\.$", r"der er ingen kommando »\1«."),
    (r"Option '(.+)' requires an argument\.$", r"optionen \1 skal have en værdi efter sig."),
    (r"Option '(.+)' does not take a value\.$", r"optionen \1 har ingen værdi."),
    (r"Got unexpected extra arguments? \((.+)\)$", r"der står for meget på linjen: \1."),
    (r"Invalid value for '?(.+?)'?: '(.*)' is not one of (.+)\.$", r"\1 kan ikke være »\2«, kun \3."),
    (
        r"Invalid value for '?(.+?)'?: '(.*)' is not a valid integer( range)?\.$",
        r"\1 skal være et helt tal og ikke »\2«.",
    ),
    (r"Invalid value for '?(.+?)'?: (.*) is not in the range (.+)\.$", r"\1 kan ikke være \2, kun \3."),
    (
        r"Invalid value for '?(.+?)'?: '(.*)' does not match the formats? (.+)\.$",
        r"\1 kan ikke være »\2«; datoen skrives som åååå-mm-dd.",
    ),
    (r"Invalid value for '?(.+?)'?: (.*)$", r"\1 kan ikke bruges: \2"),
)


def in_danish(fault: click.ClickException) -> str:
    """What is wrong on the command line; click's own words where this list hasn't got them."""
    said = fault.format_message()
    for pattern, words in _WORDS:
        if re.match(pattern, said, re.DOTALL):
            return re.sub(pattern, words, said, count=1, flags=re.DOTALL)
    return said
