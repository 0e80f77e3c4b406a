"""What can be read of a case, entry by entry, so that a fault in one doesn't hide those in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from hoering_plugin.findings import Finding, Kind, Place
from hoering_plugin.language import Phrase
from hoering_plugin.model.case import (
    ChosenDate,
    Cooperation,
    Deadline,
    Decision,
    Duty,
    Incoming,
    MinisterAnswer,
    Municipality,
    Negotiation,
    Request,
    Summary,
)
from hoering_plugin.model.law import Law, Provision, shipped_law
from hoering_plugin.model.values import Date
from hoering_plugin.validation import Loc, did_you_mean

T = TypeVar("T")
Entry = tuple[Loc, T]
PlaceOf = Callable[[Loc], Place]


@dataclass(frozen=True)
class Parts:
    """The entries of a case that can be read, each with its location, and the names others may refer to.

    A name counts as known even where its own entry is faulty: a wrong CVR number is one fault and not ten.
    """

    place_of: PlaceOf
    letter_date: Date | None
    incoming: Incoming | None
    deadline: Deadline | None
    municipalities: tuple[Entry[Municipality], ...]
    cooperations: tuple[Entry[Cooperation], ...]
    requests: tuple[Entry[Request], ...]
    duties: tuple[Entry[Duty], ...]
    negotiations: tuple[Entry[Negotiation], ...]
    minister_answers: tuple[Entry[MinisterAnswer], ...]
    decisions: tuple[Entry[Decision], ...]
    summaries: tuple[Entry[Summary], ...]
    chosen_dates: tuple[Entry[ChosenDate], ...]
    provisions: tuple[Entry[Provision], ...]
    codes: frozenset[str]
    cooperation_keys: frozenset[str]
    request_keys: frozenset[str]
    provision_keys: frozenset[str]

    @classmethod
    def of(cls, tree: object, place_of: PlaceOf) -> Parts:
        """The parts of a case given as plain data; of anything else there are none."""
        case: Mapping[str, object] = tree if isinstance(tree, dict) else {}
        own = frozenset(_names(case, "bestemmelser", "id"))
        return cls(
            place_of=place_of,
            letter_date=_one(case, "brevdato", Date),
            incoming=_one(case, "henvendelse", Incoming),
            deadline=_one(case, "svarfrist", Deadline),
            municipalities=tuple(_entries(case, "kommuner", Municipality)),
            cooperations=tuple(_entries(case, "samarbejder", Cooperation)),
            requests=tuple(_entries(case, "oensker", Request)),
            duties=tuple(_entries(case, "svarpligt", Duty)),
            negotiations=tuple(_entries(case, "forhandlinger", Negotiation)),
            minister_answers=tuple(_entries(case, "ministersvar", MinisterAnswer)),
            decisions=tuple(_entries(case, "afgoerelser", Decision)),
            summaries=tuple(_entries(case, "sammenfatninger", Summary)),
            chosen_dates=tuple(_entries(case, "datoer", ChosenDate)),
            provisions=tuple(_entries(case, "bestemmelser", Provision)),
            codes=frozenset(_names(case, "kommuner", "kode")),
            cooperation_keys=frozenset(_names(case, "samarbejder", "id")),
            request_keys=frozenset(_names(case, "oensker", "id")),
            provision_keys=own | {provision.key for provision in shipped_law().provisions},
        )

    @property
    def law(self) -> Law:
        """The shipped provisions and those of the case that can be read."""
        return shipped_law().extended(provision for _, provision in self.provisions)

    def cooperation(self, key: str) -> Cooperation | None:
        """The cooperation with that key, if it can be read."""
        return next((each for _, each in self.cooperations if each.key == key), None)

    def requests_of(self, cooperation: str) -> tuple[Request, ...]:
        """The readable requests of a cooperation."""
        return tuple(each for _, each in self.requests if each.cooperation == cooperation)

    def asked(self, cooperation: str) -> frozenset[str]:
        """The provisions that a cooperation's readable requests are about."""
        return frozenset(p for request in self.requests_of(cooperation) for p in request.provisions)

    def unknown(
        self, kind: Kind, known: Iterable[str], references: Iterable[tuple[Loc, str]]
    ) -> Iterator[Finding]:
        """A finding for each reference to a name that isn't known, with the nearest that is."""
        names = sorted(known)
        for loc, name in references:
            if name not in names:
                yield kind.at(
                    self.place_of(loc),
                    navn=name,
                    forslag=did_you_mean(name, names),
                    kendte=", ".join(names) or Phrase("ingen"),
                )

    def doubles(
        self, kind: Kind, names: Iterable[tuple[Loc, Hashable]], show: Callable[..., str] = str
    ) -> Iterator[Finding]:
        """A finding for each name that has stood before, with where it stood first."""
        first: dict[Hashable, Loc] = {}
        for loc, name in names:
            if name in first:
                earlier = self.place_of(first[name])
                yield kind.at(self.place_of(loc), navn=show(name), andet=earlier)
            first.setdefault(name, loc)


def repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def _entries(case: Mapping[str, object], key: str, model: type[T]) -> Iterator[Entry[T]]:
    items = case.get(key)
    adapter = TypeAdapter(model)
    for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
        try:
            yield (key, index), adapter.validate_python(item)
        except ValidationError:
            continue


def _one(case: Mapping[str, object], key: str, model: type[T]) -> T | None:
    try:
        return TypeAdapter(model).validate_python(case.get(key))
    except ValidationError:
        return None


def _names(case: Mapping[str, object], key: str, field: str) -> Iterator[str]:
    items = case.get(key)
    for item in items if isinstance(items, list | tuple) else ():
        name = item.get(field) if isinstance(item, dict) else None
        if isinstance(name, str):
            yield name.strip()
        elif isinstance(name, int):
            yield f"{name:04}"  # a municipality code that lost its zero, which is told where it stands
