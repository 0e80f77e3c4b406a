"""A question to a ministry and its answer: what passes between the host and a package, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hoering_plugin.findings import Finding
from hoering_plugin.model.case import Case, Cooperation, Request
from hoering_plugin.model.law import Provision
from hoering_plugin.model.ministry import (
    Assessment,
    Condition,
    Grounds,
    Name,
    Remit,
    StandingAssessment,
    Statement,
)
from hoering_plugin.model.values import Flag, Value


@dataclass(frozen=True, slots=True)
class Question:
    """What a ministry is asked: one provision of one cooperation's requests, in one case."""

    case: Case
    cooperation: Cooperation
    request: Request
    provision: Provision

    @property
    def on(self) -> dt.date:
        """The letter's date, on which names, remits and conditions are judged."""
        return self.case.letter_date

    def asks_for(self, provision: str) -> bool:
        """Whether the same cooperation also asks for that provision."""
        return any(provision in r.provisions for r in self.case.requests_of(self.cooperation.key))


class Unused(Value):
    """A condition that was considered and not used, and why."""

    condition: Condition
    reason: Literal["periode", "praedikat"]


class Answer(Value):
    """A ministry's answer for one provision. ``LEFT`` and None alike leave the assessment to others."""

    assessment: Assessment
    grounds: Grounds | None = None
    conditions: tuple[Condition, ...] = ()
    no_conditions: Flag = False
    statements: tuple[Statement, ...] = ()
    unused: tuple[Unused, ...] = ()


Predicate = Callable[[Question], bool]
"""Whether a condition or an assessment applies; it sees the whole case and changes nothing."""

AnswerFunction = Callable[[Question], Answer | None]
"""A ministry's own code in place of the standing answer; None is no answer and holds the letter."""


@dataclass(frozen=True)
class Ministry:
    """What a hook package registers: one ministry, with everything it says.

    ``file`` is where the words are, for messages. ``answer`` is for a ministry that needs real code; without
    it the answer is computed from the standing assessments and conditions.
    """

    key: str
    names: tuple[Name, ...]
    remits: tuple[Remit, ...] = ()
    assessments: tuple[StandingAssessment, ...] = ()
    conditions: tuple[Condition, ...] = ()
    statements: tuple[Statement, ...] = ()
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    answer: AnswerFunction | None = None
    file: Path | None = None

    @property
    def file_shown(self) -> str:
        """The file with the ministry's words, with its folder: the same on every machine."""
        return "/".join(self.file.parts[-2:]) if self.file else ""

    def name_on(self, day: dt.date) -> Name | None:
        """What the ministry is called on that day, or None if it had no name then."""
        return next((name for name in self.names if name.covers(day)), None)


@dataclass(frozen=True)
class LoadedMinistry:
    """A ministry with the package it came in: distribution, version and where that was found."""

    ministry: Ministry
    package: str
    version: str
    origin: str

    @property
    def key(self) -> str:
        """The ministry's key."""
        return self.ministry.key


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: a package in a version, or a document in the case.

    ``kind`` is ``pakke``, ``ministersvar`` or ``afgoerelse``. ``file`` is where the words are.
    """

    kind: Literal["pakke", "ministersvar", "afgoerelse"]
    package: str = ""
    version: str = ""
    file: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with whose it is, what it is about and where it comes from."""

    ministry: str
    cooperation: str
    request: str
    provision: str
    duty: Literal["vurdering", "vilkaar"]
    answer: Answer
    source: Source
    conditions_source: Source


@dataclass(frozen=True, slots=True)
class Asked:
    """Every answer given in a case, and what was wrong or missing in the asking."""

    answers: tuple[GivenAnswer, ...]
    findings: tuple[Finding, ...]


__all__ = [
    "Answer",
    "AnswerFunction",
    "Asked",
    "GivenAnswer",
    "LoadedMinistry",
    "Ministry",
    "Predicate",
    "Question",
    "Source",
    "Unused",
]
