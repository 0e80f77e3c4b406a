"""How far a batch is: a bar on a terminal, plain lines without one, nothing for those who want it quiet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import get_terminal_size

import click

from hoering_plugin.cli.output import say
from hoering_plugin.language import Phrase, spoken
from hoering_plugin.model.result import DONE, RunResult

Done = tuple[Path, RunResult]


def followed(results: Iterable[Done], total: int, *, quiet: bool) -> Iterator[Done]:
    """The results as they come, with what is done told on standard error."""
    if quiet or total < 2:
        yield from results
    elif sys.stderr.isatty():
        yield from _with_bar(results, total)
    else:
        yield from _with_lines(results, total)


class _Count:
    """The letters made and held so far."""

    letters = 0
    held = 0

    def add(self, result: RunResult) -> None:
        made = sum(letter.status in DONE for letter in result.letters)
        self.letters += made
        self.held += len(result.letters) - made

    def __str__(self) -> str:
        return spoken(Phrase("{breve} breve, {holdt} tilbageholdt", breve=self.letters, holdt=self.held))


def _with_bar(results: Iterable[Done], total: int) -> Iterator[Done]:
    count = _Count()
    with click.progressbar(
        results,
        length=total,
        label=spoken(Phrase("Sager")),
        file=sys.stderr,
        item_show_func=lambda _: str(count),
        show_pos=True,
    ) as bar:
        for done in bar:
            count.add(done[1])
            _wipe()
            yield done


def _wipe() -> None:
    """Take the bar's line away, so that what is told of a case has a line of its own."""
    click.echo(f"\r{' ' * (get_terminal_size().columns - 1)}\r", nl=False, err=True)


def _with_lines(results: Iterable[Done], total: int) -> Iterator[Done]:
    count = _Count()
    for number, done in enumerate(results, 1):
        count.add(done[1])
        say("Sag {nr} af {antal}: {breve}", err=True, nr=number, antal=total, breve=str(count))
        yield done
