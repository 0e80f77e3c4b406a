"""What a ministry says, as plain data: its names, its remit, its assessments and its conditions, each dated.

The same values are read from a ministry's condition file and from an answer that a case itself holds. Nothing
here is about one case: a condition is a text with values in braces until a draft fills them.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hoering_plugin.model.law import TaskArea
from hoering_plugin.model.values import Date, Flag, Key, Text, Value

PERMISSION_BASIS = "§ 11 a, stk. 3"
"""What empowers a condition unless it names another provision (lov om forpligtende kommunale samarbejder)."""


class Assessment(StrEnum):
    """How far a ministry meets what is asked for, for one provision; ``LEFT`` leaves it to the others."""

    FULL = "fuldt"
    PARTIAL = "delvist"
    NONE = "ikke"
    LEFT = "overlades"


class Category(StrEnum):
    """What a condition is about: the five of § 11 a, stk. 3, in its order, and two of our own."""

    ENTRY = "ikrafttraeden"
    END = "ophoer"
    PUBLICATION = "offentliggoerelse"
    STAFF_TRANSFER = "personaleoverfoersel"
    STAFF_RIGHTS = "ansattes_rettigheder"
    SUBSTANCE = "fagligt"
    OTHER = "andet"

    @property
    def order(self) -> int:
        """The category's place in a draft, from 0."""
        return list(Category).index(self)


class Binds(StrEnum):
    """Whom a condition binds: the authorised council, the delegating, or both."""

    AUTHORISED = "bemyndiget"
    DELEGATING = "delegerende"
    BOTH = "begge"


class Period(Value):
    """From a date to a date, both included; an open end is left out."""

    start: Date | None = Field(
        None, alias="fra", description="Første dag, det gælder. Udelades, hvis det altid har gjort."
    )
    end: Date | None = Field(
        None, alias="til", description="Sidste dag, det gælder. Udelades, hvis det stadig gør."
    )

    def covers(self, day: dt.date) -> bool:
        """Whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both periods."""
        return (self.start or dt.date.min) <= (other.end or dt.date.max) and (other.start or dt.date.min) <= (
            self.end or dt.date.max
        )

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.start and self.end and self.end < self.start:
            raise PydanticCustomError("periode", "Perioden slutter, før den begynder.")
        return self


class Name(Period):
    """What a ministry, and its minister, are called in a period."""

    ministry: Text = Field(alias="navn", description="Ministeriets navn, fx »Miljøministeriet«.")
    minister: Text = Field(
        alias="minister", description="Ministerens titel i bestemt form, fx »miljøministeren«."
    )
    source: Text = Field(alias="kilde", description="Hvor navnet og datoen er læst.")


class Remit(Period):
    """What a ministry is responsible for in a period: whole areas, provisions, or the permission itself."""

    areas: tuple[TaskArea, ...] = Field((), alias="opgaveomraader", description="Hele opgaveområder.")
    provisions: tuple[Key, ...] = Field((), alias="bestemmelser", description="Enkelte bestemmelser.")
    permission: Flag = Field(
        False, alias="tilladelse", description="Sand for det ministerium, der giver tilladelsen efter § 11 a."
    )


class Notice(Value):
    """How long before a date something must be said: a number of days, weeks or months."""

    count: int = Field(alias="antal", ge=1, le=1000, strict=True, description="Hvor mange.")
    unit: Literal["dage", "uger", "maaneder"] = Field(alias="enhed", description="Dage, uger eller måneder.")


class Approval(Value):
    """Which office approved the words, and when. Never a person's name."""

    by: Text = Field(alias="af", description="Kontoret, der har godkendt ordlyden.")
    on: Date = Field(alias="den", description="Datoen for godkendelsen.")


class Condition(Period):
    """A condition (vilkår): who does what and when, and which task it concerns."""

    key: Key = Field(
        alias="id", description="Vilkårets nøgle. Den samme nøgle må kun bruges igen for en anden periode."
    )
    category: Category = Field(alias="kategori", description="Kategorien efter § 11 a, stk. 3.")
    reason: Text | None = Field(
        None, alias="grund", description="Hvorfor vilkåret stilles. Kræves ved »fagligt« og »andet«."
    )
    binds: Binds = Field(alias="retter_sig_mod", description="Hvem vilkåret forpligter.")
    areas: tuple[TaskArea, ...] = Field(
        (), alias="opgaveomraader", description="De områder, vilkåret vedrører."
    )
    provisions: tuple[Key, ...] = Field(
        (), alias="bestemmelser", description="De bestemmelser, vilkåret vedrører."
    )
    text: Text = Field(alias="tekst", description="Vilkåret, ét afsnit. Værdier skrives {saadan}.")
    applies_if: Key | None = Field(
        None, alias="hvis", description="Prædikatet, der afgør, om vilkåret stilles."
    )
    earliest: Date | None = Field(None, alias="tidligst", description="Tidligste dato for ikrafttræden.")
    latest: Date | None = Field(None, alias="senest", description="Seneste dato for ikrafttræden.")
    notice: Notice | None = Field(None, alias="varsel", description="Varsel til ministeriet før datoen.")
    only_on: tuple[Text, ...] = Field(
        (),
        alias="kun_den",
        description="De eneste dage i et år, opgaven kan overgå, skrevet mm-dd, fx 01-01.",
    )
    values: dict[str, Date | int | Text] = Field(
        default_factory=dict, alias="vaerdier", description="Egne værdier til teksten: datoer, tal og ord."
    )
    legal_basis: Text = Field(
        PERMISSION_BASIS, alias="hjemmel", description="Bestemmelsen, der bemyndiger til vilkåret."
    )
    approved: Approval = Field(alias="godkendt", description="Hvem der har godkendt ordlyden, og hvornår.")
    sample: Flag = Field(
        False, alias="eksempel", description="Sand for en eksempeltekst, der ikke er et ministeriums."
    )

    @model_validator(mode="after")
    def _has_reason(self) -> Condition:
        if self.category in (Category.SUBSTANCE, Category.OTHER) and not self.reason:
            raise PydanticCustomError(
                "grund", "Kategorien »{kategori}« kræver en grund.", {"kategori": self.category.value}
            )
        return self

    @property
    def general(self) -> bool:
        """Whether the condition concerns every task, whatever its area."""
        return not self.areas and not self.provisions

    def concerns(self, area: TaskArea, provision: str) -> bool:
        """Whether the condition concerns a provision of that area."""
        return self.general or area in self.areas or provision in self.provisions


class Grounds(Value):
    """What a partial or negative assessment rests on (forvaltningsloven § 24)."""

    rule: Text = Field(alias="regel", description="Den retsregel, vurderingen bygger på.")
    considerations: Text = Field(alias="hensyn", description="De hovedhensyn, der er lagt vægt på.")
    facts: Text = Field(alias="fakta", description="De faktiske oplysninger, der er lagt vægt på.")


class StandingAssessment(Period):
    """A ministry's standing answer for some areas or provisions."""

    areas: tuple[TaskArea, ...] = Field((), alias="opgaveomraader", description="Hele opgaveområder.")
    provisions: tuple[Key, ...] = Field((), alias="bestemmelser", description="Enkelte bestemmelser.")
    assessment: Assessment = Field(
        alias="vurdering", description="Fuldt, delvist, ikke, eller overlades til andre."
    )
    grounds: Grounds | None = Field(None, alias="begrundelse", description="Kræves ved »delvist« og »ikke«.")
    no_conditions: Flag = Field(
        False, alias="ingen_vilkaar", description="Sand, når ministeriet siger, at det ingen vilkår har."
    )
    applies_if: Key | None = Field(
        None, alias="hvis", description="Prædikatet, der afgør, om vurderingen gælder."
    )

    @model_validator(mode="after")
    def _has_grounds(self) -> StandingAssessment:
        require_grounds(self.assessment, self.grounds)
        return self

    def concerns(self, area: TaskArea, provision: str) -> bool:
        """Whether the assessment is of that provision."""
        return area in self.areas or provision in self.provisions


class Statement(Period):
    """Restated law or guidance (oplysning): printed for information, never numbered as a condition."""

    key: Key = Field(alias="id", description="Oplysningens nøgle.")
    areas: tuple[TaskArea, ...] = Field((), alias="opgaveomraader", description="De områder, den vedrører.")
    provisions: tuple[Key, ...] = Field(
        (), alias="bestemmelser", description="De bestemmelser, den vedrører."
    )
    text: Text = Field(alias="tekst", description="Oplysningen, ét afsnit.")

    def concerns(self, area: TaskArea, provision: str) -> bool:
        """Whether the notice is about that provision."""
        return (not self.areas and not self.provisions) or area in self.areas or provision in self.provisions


def require_grounds(assessment: Assessment | None, grounds: Grounds | None) -> None:
    """Partial and none need the rule, the considerations and the facts (forvaltningsloven § 24)."""
    if assessment in (Assessment.PARTIAL, Assessment.NONE) and grounds is None:
        raise PydanticCustomError(
            "begrundelse",
            "Vurderingen »{vurdering}« kræver en begrundelse med regel, hensyn og fakta.",
            {"vurdering": assessment.value},
        )
