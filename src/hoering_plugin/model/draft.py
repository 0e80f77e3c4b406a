"""A draft dispensation (udkast): one legal act for one cooperation, before it is a letter.

The same draft stands in the letters to every municipality of the cooperation, character by character.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hoering_plugin.findings import Finding
from hoering_plugin.model.answer import Source
from hoering_plugin.model.case import Cooperation, Extent, Municipality, Request
from hoering_plugin.model.law import Provision
from hoering_plugin.model.ministry import Assessment, Binds, Category, Grounds, Notice


@dataclass(frozen=True, slots=True)
class ProvisionOutcome:
    """How far one provision of a request is met, who said so, and on what grounds. None: nobody has yet."""

    provision: Provision
    assessment: Assessment | None
    grounds: Grounds | None
    ministries: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """A request with its number in the table and its outcome (None while an answer is missing)."""

    number: int
    request: Request
    outcome: Assessment | None
    provisions: tuple[ProvisionOutcome, ...]


@dataclass(frozen=True, slots=True)
class DraftCondition:
    """A condition as it stands in the draft: numbered, with its values filled in and its parties named.

    ``bound`` holds the codes of those whom it obliges; ``requests`` the numbers of the requests it concerns;
    ``authorised`` the authorised municipality's code where the condition is told apart by role, else None.
    ``heading`` is what it is grouped under.
    """

    number: int
    key: str
    ministry: str
    category: Category
    heading: str
    text: str
    binds: Binds
    bound: tuple[str, ...]
    authorised: str | None
    requests: tuple[int, ...]
    legal_basis: str
    reason: str | None
    sample: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Window:
    """Within what the councils may choose the date for one request, and the conditions it follows from.

    ``only_on`` holds the days of a year, ``mm-dd``, that are left to choose between; empty is any day.
    ``chosen`` is the date the councils have decided, if they have.
    """

    request: int
    earliest: dt.date | None
    latest: dt.date | None
    notice: Notice | None
    only_on: tuple[str, ...]
    conditions: tuple[int, ...]
    chosen: dt.date | None


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """Restated law printed for information under the conditions; never numbered."""

    key: str
    ministry: str
    text: str
    requests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnusedCondition:
    """A condition that was considered for this cooperation and is not in the draft, and why.

    ``reason`` is one of ``periode``, ``praedikat``, ``ikke_imoedekommet``, ``afgoerelse``, ``erstattet``.
    """

    key: str
    ministry: str
    text: str
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one cooperation, with everything that was found on the way.

    ``municipalities`` are in Danish alphabetical order. ``ministers`` are the titles of those negotiated
    with. ``computed`` is the extent by the documented rule; ``extent`` is the one that is printed.
    """

    cooperation: Cooperation
    municipalities: tuple[Municipality, ...]
    requests: tuple[DraftRequest, ...]
    conditions: tuple[DraftCondition, ...]
    windows: tuple[Window, ...]
    statements: tuple[DraftStatement, ...]
    ministers: tuple[str, ...]
    extent: Extent | None
    computed: Extent | None
    unused: tuple[UnusedCondition, ...]
    findings: tuple[Finding, ...]

    @property
    def held(self) -> bool:
        """Whether an error holds the letters of this cooperation."""
        return any(finding.is_error for finding in self.findings)

    @property
    def sample(self) -> bool:
        """Whether some condition is a sample text."""
        return any(condition.sample for condition in self.conditions)
