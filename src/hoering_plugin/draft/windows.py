"""Within what the councils may choose the date, task by task: the conditions' dates intersected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from hoering_plugin import danish
from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.draft.numbering import Numbered
from hoering_plugin.findings import NOWHERE, Finding, Kind, Place, error, warning
from hoering_plugin.language import Phrase, all_of, joined
from hoering_plugin.model.case import Request
from hoering_plugin.model.draft import DraftRequest, Window
from hoering_plugin.model.ministry import Assessment, Condition, Notice

EMPTY = error(
    "vindue-tomt",
    "Der er ingen dato, som opgaven »{opgave}« kan overgå på efter {vilkaar}.",
    "Få ministerierne til at rette vilkårene, så de kan opfyldes sammen, eller lad et af dem udgå.",
)
BAD_DAY = error(
    "vilkaar-kun-den-ugyldig",
    "Vilkåret »{vilkaar}« siger »{dag}« under »kun_den«, som ikke er en dag i et år.",
    "Skriv måned og dag som mm-dd, fx 01-01.",
)
OUTSIDE = error(
    "dato-uden-for-vindue",
    "Kommunerne har valgt {dato} for opgaven »{opgave}«, men efter vilkårene skal datoen være {ramme}.",
    "Ret datoen, eller tag det op med kommunerne.",
)
REFUSED_TASK = error(
    "dato-ikke-imoedekommet",
    "Sagen har en dato for opgaven »{opgave}«, som ikke imødekommes.",
    "Fjern datoen.",
)
DIFFERENT_DATES = error(
    "dato-forskellig",
    "Kommunerne har valgt forskellige datoer for opgaven »{opgave}«: {datoer}.",
    "Datoen skal være den samme for alle kommuner i samarbejdet.",
)
NOT_ALL_CHOSE = warning(
    "dato-kun-nogle",
    "Ikke alle kommuner i samarbejdet har valgt en dato for opgaven »{opgave}«.",
    "Datoen står åben i brevet, til alle har valgt den samme.",
)
_DAYS = {"dage": 1.0, "uger": 7.0, "maaneder": 30.4}


def windows(
    inquiry: Inquiry, requests: Sequence[DraftRequest], conditions: Sequence[Numbered]
) -> tuple[tuple[Window, ...], tuple[Finding, ...]]:
    """One window for each task that isn't refused: latest earliest date, earliest latest, longest notice."""
    found: list[Window] = []
    findings: list[Finding] = []
    for request in requests:
        if request.outcome is Assessment.NONE:
            if any(c.request == request.request.key for c in inquiry.case.chosen_dates):
                findings.append(_at(REFUSED_TASK, inquiry, request.request))
            continue
        concerning = [c for c in conditions if request.number in c.requests and _speaks_of_time(c)]
        window, wrong = _window(inquiry, request, concerning)
        found.append(window)
        findings += wrong
    return tuple(found), tuple(findings)


def _window(
    inquiry: Inquiry, request: DraftRequest, concerning: Sequence[Numbered]
) -> tuple[Window, list[Finding]]:
    terms = [c.stated.condition for c in concerning]
    earliest = max((t.earliest for t in terms if t.earliest), default=None)
    latest = min((t.latest for t in terms if t.latest), default=None)
    longest = max((t.notice for t in terms if t.notice), key=_length, default=None)
    findings = [
        BAD_DAY.at(
            ministry=c.stated.ministry,
            cooperation=inquiry.cooperation.key,
            request=request.request.key,
            vilkaar=c.stated.condition.key,
            dag=day,
        )
        for c in concerning
        for day in c.stated.condition.only_on
        if not _is_day(day)
    ]
    limited = [frozenset(filter(_is_day, t.only_on)) for t in terms if t.only_on]
    days = frozenset.intersection(*limited) if limited else frozenset()
    if _is_empty(earliest, latest, days, limited=bool(limited)):
        blame = [c for c in concerning if _narrows(c.stated.condition, earliest, latest)]
        names = all_of(f"»{c.stated.condition.key}« ({inquiry.called(c.stated.ministry)})" for c in blame)
        findings.append(_at(EMPTY, inquiry, request.request, vilkaar=names))
    chosen, wrong = _chosen(inquiry, request.request)
    findings += wrong
    window = Window(
        request.number,
        earliest,
        latest,
        longest,
        tuple(sorted(days)),
        tuple(c.number for c in concerning),
        chosen,
    )
    if chosen and not _holds(window, chosen):
        shown = danish.long_date(chosen)
        findings.append(_at(OUTSIDE, inquiry, request.request, dato=shown, ramme=_frame(window)))
    return window, findings


def _speaks_of_time(one: Numbered) -> bool:
    condition = one.stated.condition
    return bool(condition.earliest or condition.latest or condition.notice or condition.only_on)


def _narrows(condition: Condition, earliest: dt.date | None, latest: dt.date | None) -> bool:
    """Whether the condition sets one of the window's own edges, and so may be what closes it."""
    at_start = condition.earliest is not None and condition.earliest == earliest
    at_end = condition.latest is not None and condition.latest == latest
    return at_start or at_end or bool(condition.only_on)


def _length(notice: Notice) -> tuple[float, str]:
    return notice.count * _DAYS[notice.unit], notice.unit


def _is_day(day: str) -> bool:
    """Whether ``mm-dd`` is a day of some year, 29 February too."""
    if not re.fullmatch(r"\d{2}-\d{2}", day, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(f"2000-{day}")
    except ValueError:
        return False
    return True


def _is_empty(
    earliest: dt.date | None, latest: dt.date | None, days: frozenset[str], *, limited: bool
) -> bool:
    if earliest and latest and earliest > latest:
        return True
    if not limited:
        return False
    if not days:
        return True
    if not (earliest and latest):
        return False
    years = range(earliest.year, latest.year + 1)
    return not any(
        earliest.isoformat() <= f"{y:04d}-{d}" <= latest.isoformat() and _exists(y, d)
        for y in years
        for d in days
    )


def _exists(year: int, day: str) -> bool:
    try:
        dt.date.fromisoformat(f"{year:04d}-{day}")
    except ValueError:
        return False
    return True


def _chosen(inquiry: Inquiry, request: Request) -> tuple[dt.date | None, list[Finding]]:
    """The date on which every municipality agrees, else None: a date is never taken for someone."""
    chosen = [c for c in inquiry.case.chosen_dates if c.request == request.key]
    dates = sorted({c.date for c in chosen})
    if len(dates) > 1:
        shown = all_of(danish.long_date(day) for day in dates)
        return None, [_at(DIFFERENT_DATES, inquiry, request, datoer=shown)]
    if dates and {c.municipality for c in chosen} < set(inquiry.cooperation.municipalities):
        return None, [_at(NOT_ALL_CHOSE, inquiry, request)]
    return (dates[0] if dates else None), []


def _holds(window: Window, day: dt.date) -> bool:
    return (
        (window.earliest is None or window.earliest <= day)
        and (window.latest is None or day <= window.latest)
        and (not window.only_on or day.strftime("%m-%d") in window.only_on)
    )


def _frame(window: Window) -> str:
    parts = []
    if window.earliest:
        parts.append(Phrase("tidligst {dato}", dato=danish.long_date(window.earliest)))
    if window.latest:
        parts.append(Phrase("senest {dato}", dato=danish.long_date(window.latest)))
    if window.only_on:
        days = joined((danish.year_day(day) for day in window.only_on), " / ")
        parts.append(Phrase("en {dage}", dage=days))
    return all_of(parts)


def _at(kind: Kind, inquiry: Inquiry, request: Request, **values: Any) -> Finding:
    return kind.at(
        Place(path="$.datoer")
        if kind in (REFUSED_TASK, OUTSIDE, DIFFERENT_DATES, NOT_ALL_CHOSE)
        else NOWHERE,
        cooperation=inquiry.cooperation.key,
        request=request.key,
        opgave=request.task,
        **values,
    )
