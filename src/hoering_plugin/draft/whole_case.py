"""What must be right for the whole case before any letter: the reply deadline, the sender, the signatory."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from hoering_plugin import danish
from hoering_plugin.findings import Finding, Place, error, warning
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import LoadedMinistry, Ministry
from hoering_plugin.model.case import Case

WEEKEND = warning("frist-weekend", "Svarfristen {dato} er en {dag}.", "Vælg en hverdag.")
HOLIDAY = warning("frist-helligdag", "Svarfristen {dato} er {dag}.", "Vælg en hverdag.")
CHRISTMAS = warning(
    "frist-jul", "Svarfristen {dato} ligger mellem 24. december og 1. januar.", "Vælg en senere dag."
)
SHORT = warning(
    "frist-kort",
    "Der er {dage} dage fra brevets dato til svarfristen {dato}; fire uger er det sædvanlige.",
    "Vælg en senere frist, så kommunalbestyrelserne kan nå at behandle sagen på et møde.",
)
PAST = error(
    "frist-foer-brev",
    "Svarfristen {dato} ligger ikke efter brevets dato {brevdato}.",
    "Ret svarfristen eller brevets dato.",
)
CHANGES = warning(
    "ressort-aendres",
    "{hvad} den {dato}, efter brevets dato og senest ved svarfristen.",
    "Overvej, hvem der skal modtage svarene, og hvilket navn brevet skal bruge.",
)
UNKNOWN_SENDER = error(
    "afsender-ukendt",
    "Der er ingen pakke for afsenderen »{noegle}«, så dens navn og ressort kan ikke efterprøves.",
    "Installér ministeriets pakke, eller ret afsenderens nøgle.",
)
NO_POWER = error(
    "afsender-uden-hjemmel",
    "{navn} har ikke tilladelser efter § 11 a som ressort på brevets dato {dato}.",
    "Ret afsenderen til det ministerium, der har § 11 a på den dato, eller ret datoen.",
)
WRONG_NAME = error(
    "afsender-navn",
    "Sagen kalder afsenderen »{navn}«, men på brevets dato {dato} hedder ministeriet {rigtigt}.",
    "Skriv »{rigtigt}« som afsenderens navn.",
)
NAMELESS_SENDER = error(
    "afsender-uden-navn",
    "Afsenderen »{noegle}« har intet navn på brevets dato {dato}.",
    "Ret brevets dato, eller perioderne for ministeriets navne i dets pakke.",
)
WRONG_TITLE = error(
    "underskriver-titel",
    "Sagen giver ministeren titlen »{titel}«, men på brevets dato er det {rigtigt}.",
    "Skriv ministerens titel, som den er på brevets dato.",
)
NO_ADDRESS = warning(
    "afsender-email",
    "Høringssvarene skal sendes til »{email}«, som ikke ligner en e-mailadresse.",
    "Ret afsenderens e-mailadresse i sagen.",
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_DEADLINE = Place(path="$.svarfrist.dato")
_FOUR_WEEKS = 28


def case_findings(case: Case, ministries: Sequence[LoadedMinistry]) -> tuple[Finding, ...]:
    """Everything wrong or worth knowing about the case as a whole, whatever the cooperation."""
    changes = [finding for m in ministries for finding in _changes(case, m.ministry)]
    return (*_deadline(case), *_reply_address(case), *_sender(case, ministries), *dict.fromkeys(changes))


def holiday_on(day: dt.date) -> str:
    """What a Danish holiday is called; empty for any other day.

    Danish holidays lie in spring and early summer, and around the new year: for the rest of the year the list
    of them needn't be loaded, which takes longer than all else here.
    """
    if not (
        day.month in (3, 4, 5, 6) or (day.month, day.day) == (1, 1) or (day.month == 12 and day.day >= 24)
    ):
        return ""
    from holidays import country_holidays

    return country_holidays("DK", years=day.year, language="da").get(day) or ""


def _deadline(case: Case) -> list[Finding]:
    day, sent = case.reply_deadline.date, case.letter_date
    shown = danish.long_date(day)
    findings: list[Finding] = []
    if day <= sent:
        findings.append(PAST.at(_DEADLINE, dato=shown, brevdato=danish.long_date(sent)))
    elif (day - sent).days < _FOUR_WEEKS:
        findings.append(SHORT.at(_DEADLINE, dato=shown, dage=(day - sent).days))
    if day.isoweekday() > 5:
        findings.append(WEEKEND.at(_DEADLINE, dato=shown, dag=danish.weekday(day)))
    holiday = holiday_on(day)
    if holiday:
        findings.append(HOLIDAY.at(_DEADLINE, dato=shown, dag=holiday))
    if (day.month, day.day) == (1, 1) or (day.month == 12 and day.day >= 24):
        findings.append(CHRISTMAS.at(_DEADLINE, dato=shown))
    return findings


def _reply_address(case: Case) -> list[Finding]:
    if _ADDRESS.fullmatch(case.sender.email):
        return []
    return [NO_ADDRESS.at(Place(path="$.afsender.email"), email=case.sender.email)]


def _sender(case: Case, ministries: Sequence[LoadedMinistry]) -> list[Finding]:
    key, on = case.sender.ministry, case.letter_date
    loaded = next((m for m in ministries if m.key == key), None)
    if loaded is None:
        return [UNKNOWN_SENDER.at(Place(path="$.afsender.ministerium"), ministry=key, noegle=key)]
    shown = danish.long_date(on)
    name = loaded.ministry.name_on(on)
    findings: list[Finding] = []
    if not any(remit.permission and remit.covers(on) for remit in loaded.ministry.remits):
        called = name.ministry if name else key
        place = Place(path="$.afsender.ministerium")
        findings.append(NO_POWER.at(place, ministry=key, navn=called, dato=shown))
    if name is None:
        place = Place(path="$.afsender.ministerium")
        return [*findings, NAMELESS_SENDER.at(place, ministry=key, noegle=key, dato=shown)]
    if case.sender.name != name.ministry:
        findings.append(
            WRONG_NAME.at(
                Place(path="$.afsender.navn"),
                ministry=key,
                navn=case.sender.name,
                dato=shown,
                rigtigt=name.ministry,
            )
        )
    title = case.signatory.title
    if case.signatory.role == "minister" and title and not _same_title(title, name.minister):
        place = Place(path="$.underskriver.titel")
        findings.append(WRONG_TITLE.at(place, ministry=key, titel=title, rigtigt=name.minister))
    return findings


def _same_title(given: str, definite: str) -> bool:
    """Whether a title is the minister's, also in the indefinite form: ``Miljøminister``."""
    return given.casefold() in (definite.casefold(), definite.casefold().removesuffix("en"))


def _changes(case: Case, ministry: Ministry) -> list[Finding]:
    """The days after the letter's date, up to the deadline, on which the name or the remit is another."""
    first, last = case.letter_date, case.reply_deadline.date
    starts = {p.start for p in (*ministry.names, *ministry.remits) if p.start}
    ends = {p.end + dt.timedelta(days=1) for p in (*ministry.names, *ministry.remits) if p.end}
    findings: list[Finding] = []
    for day in sorted(d for d in starts | ends if first < d <= last):
        before = day - dt.timedelta(days=1)
        old, new = ministry.name_on(before), ministry.name_on(day)
        called = old.ministry if old else Phrase("ministeriet »{noegle}«", noegle=ministry.key)
        whats = []
        if (old and old.ministry) != (new and new.ministry):
            whats.append(
                Phrase("{navn} bliver til {nyt}", navn=danish.capital(called), nyt=new.ministry)
                if new
                else Phrase("{navn} ophører", navn=danish.capital(called))
            )
        if _remit(ministry, before) != _remit(ministry, day):
            whats.append(Phrase("{navn} får et andet ressort", navn=danish.capital(called)))
        findings += [
            CHANGES.at(_DEADLINE, ministry=ministry.key, hvad=what, dato=danish.long_date(day))
            for what in whats
        ]
    return findings


def _remit(ministry: Ministry, day: dt.date) -> tuple[frozenset[str], frozenset[str], bool]:
    holding = [remit for remit in ministry.remits if remit.covers(day)]
    return (
        frozenset(area for remit in holding for area in remit.areas),
        frozenset(key for remit in holding for key in remit.provisions),
        any(remit.permission for remit in holding),
    )
