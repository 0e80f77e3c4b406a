"""The table of a caseworker: cooperations and municipalities down, task areas across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hoering_plugin.danish import full_name, joint_name
from hoering_plugin.model.draft import Draft, DraftRequest
from hoering_plugin.model.law import TaskArea
from hoering_plugin.model.ministry import Assessment


@dataclass(frozen=True, slots=True)
class Cell:
    """What a draft says on one task area: its outcome (empty where nothing is asked), and its conditions.

    ``outcome`` is ``fuldt``, ``delvist``, ``ikke`` or ``mangler``. In a municipality's row the conditions
    counted are those that bind it, and ``role`` says whether it is authorised there today.
    """

    area: TaskArea
    outcome: str
    conditions: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One cooperation, or one municipality of it (then with its code)."""

    cooperation: str
    code: str
    name: str
    held: bool
    cells: tuple[Cell, ...]


def overview(drafts: Iterable[Draft]) -> tuple[Row, ...]:
    """The rows of each cooperation: its own, then its municipalities'."""
    return tuple(row for draft in drafts for row in _rows(draft))


def _rows(draft: Draft) -> Iterable[Row]:
    key = draft.cooperation.key
    yield Row(
        key, "", joint_name(draft.municipalities), draft.held, tuple(_cell(draft, a, "") for a in TaskArea)
    )
    for municipality in draft.municipalities:
        cells = tuple(_cell(draft, area, municipality.code) for area in TaskArea)
        yield Row(key, municipality.code, full_name(municipality), draft.held, cells)


def _cell(draft: Draft, area: TaskArea, code: str) -> Cell:
    asked = [request for request in draft.requests if request.request.area is area]
    numbers = {request.number for request in asked}
    count = sum(
        1
        for condition in draft.conditions
        if numbers.intersection(condition.requests) and (not code or code in condition.bound)
    )
    authorised = draft.cooperation.authorised(area)
    role = "" if not (asked and code) else "bemyndiget" if authorised == code else "delegerende"
    return Cell(area, _outcome(asked), count, role)


def _outcome(asked: list[DraftRequest]) -> str:
    outcomes = {request.outcome for request in asked}
    if not outcomes:
        return ""
    if None in outcomes:
        return "mangler"
    return next(iter(outcomes)).value if len(outcomes) == 1 else Assessment.PARTIAL.value  # type: ignore[union-attr]
