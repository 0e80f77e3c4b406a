"""The law's own task areas and provisions, from a data file that names the source of each.

Lov om forpligtende kommunale samarbejder § 1, stk. 2, lists the five task areas. A provision is what a
request is about: an area as a whole, a litra of it, or a paragraph of a sector law placed in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import Field

from hoering_plugin.model.values import Flag, Key, Text, Value


class TaskArea(StrEnum):
    """The five task areas of § 1, stk. 2, in the law's order."""

    EMPLOYMENT = "beskaeftigelse"
    REHABILITATION = "genoptraening"
    ENVIRONMENT = "natur_miljoe"
    SOCIAL = "social"
    SPECIAL_EDUCATION = "specialundervisning"

    @property
    def number(self) -> int:
        """The area's number in § 1, stk. 2: 1 to 5."""
        return list(TaskArea).index(self) + 1


class AreaText(Value):
    """What a task area is called in a letter."""

    area: TaskArea = Field(alias="opgaveomraade", description="Opgaveområdets nøgle.")
    heading: Text = Field(alias="overskrift", description="Overskriften i bilaget, fx »Natur og miljø«.")
    phrase: Text = Field(alias="omtale", description="Området nævnt i en sætning, fx »natur og miljø«.")
    source: Text = Field(alias="kilde", description="Hvor teksten er læst.")


class Provision(Value):
    """What one request is about: an area of § 1, stk. 2, a litra of it, or a sector law's paragraph in it."""

    key: Key = Field(alias="id", description="Bestemmelsens nøgle, fx »serviceloven-85«.")
    area: TaskArea = Field(alias="opgaveomraade", description="Det opgaveområde, bestemmelsen hører til.")
    subject: Text = Field(alias="emne", description="Hvad bestemmelsen handler om, i få ord.")
    letter: Text | None = Field(None, alias="litra", description="Litra i § 1, stk. 2, hvis der er et.")
    act: Text | None = Field(None, alias="lov", description="Sektorlovens navn, fx »lov om social service«.")
    section: Text | None = Field(None, alias="paragraf", description="Paragraf i sektorloven, fx »85«.")
    subsection: Text | None = Field(None, alias="stk", description="Stykke i sektorloven, fx »4«.")
    source: Text = Field(alias="kilde", description="Hvor bestemmelsen er læst.")
    verified: Flag = Field(True, alias="bekraeftet", description="Falsk, hvis teksten ikke er efterprøvet.")


class Law(Value):
    """The provisions known to a run, in the law's order, with the names of the areas."""

    areas: tuple[AreaText, ...] = Field(alias="opgaveomraader")
    provisions: tuple[Provision, ...] = Field(alias="bestemmelser")

    def find(self, key: str) -> Provision | None:
        """The provision with that key, or None."""
        return next((p for p in self.provisions if p.key == key), None)

    def provision(self, key: str) -> Provision:
        """The provision with that key; KeyError if there is none."""
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found

    def order(self, key: str) -> tuple[int, int]:
        """Where a provision stands in the law: (number of the area, place within the list)."""
        for index, provision in enumerate(self.provisions):
            if provision.key == key:
                return provision.area.number, index
        raise KeyError(key)

    def area_text(self, area: TaskArea) -> AreaText:
        """What the area is called."""
        return next(text for text in self.areas if text.area is area)

    def extended(self, provisions: Iterable[Provision]) -> Law:
        """The same law with a case's own sector provisions behind the shipped ones."""
        more = tuple(provisions)
        return self.model_copy(update={"provisions": (*self.provisions, *more)}) if more else self


@cache
def shipped_law() -> Law:
    """The law as the program ships it (``data/lov.toml``)."""
    text = files("hoering_plugin").joinpath("data/lov.toml").read_text("utf-8")
    return Law.model_validate(tomllib.loads(text))
