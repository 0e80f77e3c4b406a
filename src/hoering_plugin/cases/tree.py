"""What every reader of case files gives: plain data with Danish keys, and where each part of it stood."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Protocol

from hoering_plugin.findings import Finding, Place
from hoering_plugin.validation import Loc, field_name


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

    def name(self, loc: Loc) -> str:
        """What a part is called in the file: a field by its key, a cell by its heading."""

    def order(self, place: Place) -> tuple[int, ...]:
        """A key that sorts places as they stand in the file, from the top."""


@dataclass
class LinedTree:
    """A tree read from a text, with the line of each part."""

    value: object = None
    readable: bool = True
    lines: dict[Loc, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def place(self, loc: Loc) -> Place:
        """Where a part is; for one that isn't there, its own path and the line of the nearest around it."""
        around = loc
        while around not in self.lines and around:
            around = around[:-1]
        return Place(line=self.lines.get(around), path=self.path(loc))

    def name(self, loc: Loc) -> str:
        """The key of the innermost field."""
        return field_name(loc)

    def order(self, place: Place) -> tuple[int, ...]:
        """By line."""
        return (place.line or 0,)

    @abstractmethod
    def path(self, loc: Loc) -> str:
        """A location in the notation of the file's own kind."""
