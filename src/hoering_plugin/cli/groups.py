"""A group of commands, each listed with its first sentence, whole."""

from __future__ import annotations

import click

from hoering_plugin.language import Phrase, spoken

_WHOLE = 1000
"""Longer than any first sentence, in characters; click would cut it at 45."""


class Group(click.Group):
    """A group whose list of commands can be read."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(_WHOLE)) for name, command in commands if command]
        with formatter.section(spoken(Phrase("Kommandoer"))):
            formatter.write_dl(rows)
