"""What every reader of case files gives: plain data with Danish keys, and where each part of it stood."""

from __future__ import annotations

from typing import Protocol

from hoering_plugin.findings import Finding, Place
from hoering_plugin.validation import Loc


class Tree(Protocol):
    """A case file as plain data, whatever its format.

    ``readable`` is False where the file couldn't be understood at all; ``findings`` are the faults of the
    file itself, and ``notes`` what is worth telling and stops nothing.
    """

    @property
    def value(self) -> object:
        """The data, as the JSON format has them."""

    @property
    def readable(self) -> bool:
        """Whether there are data to be checked."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the file."""

    @property
    def notes(self) -> list[Finding]:
        """Warnings."""

    def place(self, loc: Loc) -> Place:
        """Where a part is; for one that isn't there, the nearest around it."""
