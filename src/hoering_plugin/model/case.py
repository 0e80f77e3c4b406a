"""A case (sag): the facts of one consultation, as the records system or a workbook gives them.

Lov om forpligtende kommunale samarbejder § 11 a: councils in a cooperation apply (``Request``), the
minister negotiates with the ministers concerned (``Negotiation``), the councils are heard
(``reply_deadline``). Policy, such as which template to use, is not here but in the settings.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hoering_plugin.model.law import Law, Provision, TaskArea, shipped_law
from hoering_plugin.model.ministry import Assessment, Condition, Grounds, require_grounds
from hoering_plugin.model.values import Cvr, Date, Flag, Key, MunicipalityCode, Text, Time, Value

CASE_FORMAT = "hoering-sag/1"


class Classification(Value):
    """Where the case is filed: scheme, code and facet."""

    scheme: Text = Field(alias="skema", description="Klassifikationens navn, fx KLE.")
    code: Text = Field(alias="kode", description="Koden i skemaet.")
    facet: Text | None = Field(None, alias="facet", description="Facetten, hvis skemaet har en.")


class Incoming(Value):
    """The municipalities' letter that is answered."""

    date: Date = Field(alias="dato", description="Datoen på kommunernes brev.")
    subject: Text = Field(alias="emne", description="Hvad brevet handlede om, fx »muligt ophør af …«.")
    answered: Date | None = Field(
        None, alias="besvaret", description="Hvornår ministeren svarede, hvis det er kendt."
    )


class Deadline(Value):
    """When replies must be in. Never defaulted."""

    date: Date = Field(alias="dato", description="Fristens dato.")
    time: Time | None = Field(None, alias="klokkeslaet", description="Fristens klokkeslæt, fx 12.00.")


class Sender(Value):
    """The ministry that sends, as its letterhead shows it. It must hold § 11 a on the letter's date."""

    ministry: Key = Field(alias="ministerium", description="Ministeriets nøgle, fx »kommunalret«.")
    name: Text = Field(alias="navn", description="Ministeriets navn på brevets dato.")
    address: tuple[Text, ...] = Field(alias="adresse", min_length=1, description="Adresselinjer.")
    phone: Text = Field(alias="telefon", description="Telefonnummer.")
    email: Text = Field(alias="email", description="Den adresse, høringssvar sendes til.")


class Signatory(Value):
    """Who signs, which decides between »ministeriet« and »jeg«. A name left out is an open place."""

    role: Literal["embedsmand", "minister"] = Field(alias="rolle", description="Embedsmand eller minister.")
    name: Text | None = Field(None, alias="navn", description="Underskriverens navn, hvis det er besluttet.")
    title: Text | None = Field(
        None, alias="titel", description="Underskriverens titel, hvis den er besluttet."
    )


class Council(StrEnum):
    """What a municipality calls its council."""

    KOMMUNALBESTYRELSE = "kommunalbestyrelse"
    BYRAAD = "byraad"


class Municipality(Value):
    """A municipality that is heard (kommune)."""

    code: MunicipalityCode = Field(alias="kode", description='Kommunekoden, fire cifre som tekst: "0155".')
    cvr: Cvr = Field(alias="cvr", description="CVR-nummeret, otte cifre som tekst.")
    name: Text = Field(alias="navn", description="Kommunens navn uden »Kommune«: Dragør.")
    council: Council = Field(alias="organ", description="Kommunalbestyrelse eller byråd.")
    mayor: Text = Field(alias="borgmester", description="Borgmesterens navn.")
    address: tuple[Text, ...] = Field(alias="adresse", min_length=1, description="Adresselinjer.")


class Role(Value):
    """Which municipality is authorised in one task area (§ 2); the others of the cooperation delegate."""

    area: TaskArea = Field(alias="opgaveomraade", description="Opgaveområdet.")
    authorised: MunicipalityCode = Field(alias="bemyndiget", description="Kommunekoden for den bemyndigede.")


class Cooperation(Value):
    """A mandatory cooperation (forpligtende samarbejde) of two or more municipalities."""

    key: Key = Field(alias="id", description="Samarbejdets nøgle, fx »dragoer-taarnby«.")
    municipalities: tuple[MunicipalityCode, ...] = Field(
        alias="kommuner", min_length=2, description="Kommunekoderne for deltagerne."
    )
    roles: tuple[Role, ...] = Field(
        alias="roller", min_length=1, description="Den bemyndigede på hvert område."
    )

    def authorised(self, area: TaskArea) -> str | None:
        """The code of the municipality that exercises the area's tasks today, if the case says."""
        return next((role.authorised for role in self.roles if role.area is area), None)


class Duty(Value):
    """Which ministry must answer for which provisions, and what its answer must hold."""

    ministry: Key = Field(alias="ministerium", description="Ministeriets nøgle.")
    areas: tuple[TaskArea, ...] = Field((), alias="opgaveomraader", description="Hele opgaveområder.")
    provisions: tuple[Key, ...] = Field((), alias="bestemmelser", description="Enkelte bestemmelser.")
    answer: Literal["vurdering", "vilkaar"] = Field(
        "vurdering", alias="svar", description="»vurdering«: vurdering og vilkår. »vilkaar«: kun vilkår."
    )
    version: Text | None = Field(
        None, alias="version", description="Hvilke versioner af pakken der må svare, fx >=1.2,<2."
    )

    def concerns(self, area: TaskArea, provision: str) -> bool:
        """Whether the duty is about that provision."""
        return area in self.areas or provision in self.provisions


class Application(Value):
    """One council's application for a request. Without a date it is announced but not received."""

    municipality: MunicipalityCode = Field(alias="kommune", description="Kommunekoden.")
    date: Date | None = Field(None, alias="dato", description="Ansøgningens dato.")
    document: Text | None = Field(None, alias="dokument", description="Dokumentnummeret.")


class Request(Value):
    """One task that a cooperation asks to be released (ønske), with its provisions and who applied."""

    key: Key = Field(alias="id", description="Ønskets nøgle.")
    cooperation: Key = Field(alias="samarbejde", description="Samarbejdets nøgle.")
    area: TaskArea = Field(alias="opgaveomraade", description="Opgaveområdet.")
    task: Text = Field(
        alias="opgave", description="Opgaven, som den står i tabellen: »Bekæmpelse af rotter«."
    )
    provisions: tuple[Key, ...] = Field(
        alias="bestemmelser", min_length=1, description="Bestemmelsernes nøgler."
    )
    applications: tuple[Application, ...] = Field(
        alias="ansoegninger", description="Kommunalbestyrelsernes ansøgninger, én for hver kommune."
    )


class Negotiation(Value):
    """The negotiation with a minister concerned (§ 11 a, stk. 1 and 2), for one cooperation."""

    cooperation: Key = Field(alias="samarbejde", description="Samarbejdets nøgle.")
    ministry: Key = Field(alias="ministerium", description="Ministeriets nøgle.")
    status: Literal["ikke_indledt", "i_gang", "afsluttet"] = Field(
        alias="status", description="Hvor langt man er."
    )
    date: Date | None = Field(None, alias="dato", description="Datoen for status.")
    document: Text | None = Field(None, alias="dokument", description="Dokumentnummeret.")


class MinisterAnswer(Value):
    """A minister's answer in this case (ministersvar), in place of the package's standing answer."""

    cooperation: Key = Field(alias="samarbejde", description="Samarbejdets nøgle.")
    ministry: Key = Field(alias="ministerium", description="Ministeriets nøgle.")
    provisions: tuple[Key, ...] = Field(
        alias="bestemmelser", min_length=1, description="Bestemmelserne, der svares for."
    )
    assessment: Assessment = Field(
        alias="vurdering", description="Fuldt, delvist, ikke, eller overlades til andre."
    )
    grounds: Grounds | None = Field(None, alias="begrundelse", description="Kræves ved »delvist« og »ikke«.")
    conditions: tuple[Condition, ...] | None = Field(
        None,
        alias="vilkaar",
        description="Vilkårene i dette svar. Udelades feltet, gælder pakkens; en tom liste er ingen vilkår.",
    )
    date: Date = Field(alias="dato", description="Svarets dato.")
    document: Text = Field(alias="dokument", description="Dokumentnummeret.")

    @model_validator(mode="after")
    def _has_grounds(self) -> MinisterAnswer:
        require_grounds(self.assessment, self.grounds)
        return self


class Decision(Value):
    """The lead ministry's decision where ministries differ (afgørelse): on a provision, or on a condition."""

    cooperation: Key = Field(alias="samarbejde", description="Samarbejdets nøgle.")
    provision: Key | None = Field(None, alias="bestemmelse", description="Bestemmelsen, der er afgjort.")
    assessment: Assessment | None = Field(None, alias="vurdering", description="Den vurdering, der gælder.")
    grounds: Grounds | None = Field(None, alias="begrundelse", description="Kræves ved »delvist« og »ikke«.")
    condition: Key | None = Field(None, alias="vilkaar", description="Vilkåret, der er afgjort.")
    outcome: Literal["udgaar", "fastholdes"] | None = Field(
        None, alias="udfald", description="Hvad der sker med vilkåret."
    )
    ministry: Key | None = Field(
        None,
        alias="ministerium",
        description="Hvis to ministerier har hver sin tekst: det, hvis tekst der er tale om.",
    )
    reason: Text = Field(alias="grund", description="Hvorfor der er afgjort sådan.")
    date: Date = Field(alias="dato", description="Afgørelsens dato.")
    document: Text = Field(alias="dokument", description="Dokumentnummeret.")

    @model_validator(mode="after")
    def _decides_one_thing(self) -> Decision:
        on_provision = self.provision is not None and self.assessment not in (None, Assessment.LEFT)
        on_condition = self.condition is not None and self.outcome is not None
        if on_provision == on_condition:
            raise PydanticCustomError(
                "afgoerelse",
                "En afgørelse handler om én bestemmelse og dens vurdering eller om ét vilkår og dets udfald.",
            )
        require_grounds(self.assessment, self.grounds)
        return self


class Extent(StrEnum):
    """How far a cooperation's requests are met, in the words of the covering letter."""

    FULLY = "fuldt_ud"
    VERY_WIDELY = "i_meget_vidt_omfang"
    WIDELY = "i_vidt_omfang"
    PARTLY = "delvist"
    NOT = "ikke"


class Summary(Value):
    """The lead ministry's own summary of a cooperation's outcome, instead of the computed one."""

    cooperation: Key = Field(alias="samarbejde", description="Samarbejdets nøgle.")
    extent: Extent = Field(alias="omfang", description="Hvor vidt ønskerne imødekommes.")
    document: Text | None = Field(None, alias="dokument", description="Dokumentnummeret.")


class ChosenDate(Value):
    """The date on which a municipality has decided that a task passes. Partners must say the same."""

    request: Key = Field(alias="oenske", description="Ønskets nøgle.")
    municipality: MunicipalityCode = Field(alias="kommune", description="Kommunekoden.")
    date: Date = Field(alias="dato", description="Datoen, opgaven overgår.")


class Case(Value):
    """One case: everything that the letters say and that is not policy or a ministry's."""

    format: Literal["hoering-sag/1"] = Field(alias="format", description="Formatets navn og version.")
    case_number: Text = Field(alias="sagsnummer", max_length=100, description="Sagsnummeret i ESDH.")
    document_number: Text = Field(alias="doknr", max_length=100, description="Dokumentnummeret for brevet.")
    title: Text = Field(alias="titel", description="Sagens titel.")
    external_id: Text = Field(
        alias="ekstern_id", max_length=200, description="ESDH-systemets egen nøgle for sagen."
    )
    classification: Classification = Field(alias="klassifikation", description="Journalisering.")
    access: Text = Field(alias="adgang", description="Adgangsklassen i ESDH.")
    example: Flag = Field(
        False, alias="eksempel", description="Sand for en sag, der ikke er sendt af ministeriet."
    )
    caseworker: Text = Field(
        alias="sagsbehandler", description="Kontoret, der behandler sagen. Aldrig en person."
    )
    act_reference: Text = Field(
        alias="lovhenvisning",
        description="Lovens fulde henvisning, fx »lov nr. 541 af 24. juni 2005 med senere ændringer«.",
    )
    letter_date: Date = Field(
        alias="brevdato", description="Brevets dato. Den afgør, hvilke navne og vilkår der gælder."
    )
    incoming: Incoming = Field(alias="henvendelse", description="Kommunernes brev, som der svares på.")
    reply_deadline: Deadline = Field(alias="svarfrist", description="Høringsfristen.")
    sender: Sender = Field(alias="afsender", description="Ministeriet, der sender brevet.")
    signatory: Signatory = Field(alias="underskriver", description="Hvem der skriver under.")
    municipalities: tuple[Municipality, ...] = Field(
        alias="kommuner", min_length=1, description="Kommunerne."
    )
    cooperations: tuple[Cooperation, ...] = Field(
        alias="samarbejder", min_length=1, description="Samarbejderne."
    )
    requests: tuple[Request, ...] = Field(alias="oensker", min_length=1, description="Ønskerne.")
    duties: tuple[Duty, ...] = Field((), alias="svarpligt", description="Hvem der skal svare for hvad.")
    negotiations: tuple[Negotiation, ...] = Field(
        (), alias="forhandlinger", description="Forhandlingerne med ministrene."
    )
    minister_answers: tuple[MinisterAnswer, ...] = Field(
        (), alias="ministersvar", description="Svar givet i denne sag."
    )
    decisions: tuple[Decision, ...] = Field(
        (), alias="afgoerelser", description="Afgørelser, hvor ministerier er uenige."
    )
    summaries: tuple[Summary, ...] = Field(
        (), alias="sammenfatninger", description="Sammenfatninger valgt af ministeriet."
    )
    chosen_dates: tuple[ChosenDate, ...] = Field(
        (), alias="datoer", description="De datoer, kommunerne har besluttet."
    )
    provisions: tuple[Provision, ...] = Field(
        (), alias="bestemmelser", description="Sektorbestemmelser, som programmets egen liste ikke har."
    )

    @property
    def law(self) -> Law:
        """The shipped provisions and the case's own."""
        return shipped_law().extended(self.provisions)

    def municipality(self, code: str) -> Municipality:
        """The municipality with that code; KeyError if there is none."""
        for municipality in self.municipalities:
            if municipality.code == code:
                return municipality
        raise KeyError(code)

    def cooperation(self, key: str) -> Cooperation:
        """The cooperation with that key; KeyError if there is none."""
        for cooperation in self.cooperations:
            if cooperation.key == key:
                return cooperation
        raise KeyError(key)

    def requests_of(self, cooperation: str) -> tuple[Request, ...]:
        """The requests of one cooperation, in the case's order."""
        return tuple(request for request in self.requests if request.cooperation == cooperation)
