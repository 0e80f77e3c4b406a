"""What is known of the letter that is being rendered, where the code that Jinja calls can reach it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from hoering_plugin.findings import Finding, Kind, Place
from hoering_plugin.language import Phrase
from hoering_plugin.letter.ids import Ids


class NeedsDocxtpl(BaseException):
    """Something in the data needs a live docxtpl object: the letter must be rendered by docxtpl in full.

    It is no :class:`Exception`, so that nothing on the way out of a template takes it for an error.
    """


@dataclass(slots=True)
class Run:
    """What is known of the letter that is being rendered.

    ``locate`` gives the placeholder and place of a line of the current part's Jinja source. ``markup`` says
    whether anything but plain text was printed; ``inspect`` asks for a close look at every text; ``bind``
    ties an image to the docxtpl object that renders this letter, if one does.
    """

    names: tuple[str, ...]
    ids: Ids
    locate: Callable[[int], tuple[str, Place]]
    relations: frozenset[str] = frozenset()
    bind: Callable[[Any], Any] | None = None
    restricted: bool = False
    markup: bool = False
    inspect: bool = False
    findings: dict[Finding, None] = field(default_factory=dict)

    def report(self, kind: Kind, **values: str) -> None:
        """Note a finding at the tag that is being rendered."""
        tag, place = self.locate(rendered_line(sys._getframe()))
        self.findings[kind.at(place, pladsholder=tag or Phrase("Et felt"), **values)] = None


RUN: ContextVar[Run] = ContextVar("RUN")


def rendered_line(frame: FrameType | None) -> int:
    """The line of the Jinja source that a frame, or the nearest one that called it, is at; 0 if none is."""
    while frame is not None:
        if line := source_line(frame, frame.f_lineno):
            return line
        frame = frame.f_back
    return 0


def source_line(frame: FrameType, number: int) -> int:
    """The line of the Jinja source behind a line of a frame; 0 if the frame is not a template's."""
    template = frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(number)) if template is not None else 0
