"""Asking the ministries: for each provision, every ministry that must answer, or a finding.

The law, as the case and the settings put it, decides who must answer; a package only gives its own answer.
Each ministry sees its own copy of the case, and what goes wrong in one doesn't stop the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion

from hoering_plugin.findings import Finding, Place, SetupError, error, warning
from hoering_plugin.foreign import Failed
from hoering_plugin.model.answer import Answer, Asked, GivenAnswer, LoadedMinistry, Question, Source
from hoering_plugin.model.case import Case, Cooperation, Duty, MinisterAnswer, Request
from hoering_plugin.model.law import Law, Provision
from hoering_plugin.model.settings import Settings
from hoering_plugin.standing import Missing, given_conditions, package_answer, package_conditions

MISSING_PACKAGE = error(
    "pakke-mangler",
    "{ministerium} skal svare for {bestemmelser}, men der er ingen pakke for det.",
    "Installér ministeriets pakke, eller angiv dens mappe med --hooks-dir.",
)
WRONG_VERSION = error(
    "pakke-version",
    "Sagen kræver {ministerium} i version {krav}, men pakken {pakke} har version {version}.",
    "Installér en version, der passer, eller ret kravet i svarpligten.",
)
BAD_RANGE = error(
    "pakke-versionskrav",
    "Versionskravet »{krav}« til {ministerium} kan ikke læses.",
    "Skriv det som »>=1.2,<2«.",
)
NO_DUTY = error(
    "svarpligt-mangler",
    "Intet ministerium har pligt til at vurdere »{bestemmelse}«.",
    "Tilføj det ministerium, der har ansvaret, under »svarpligt« i sagen eller i indstillingerne.",
)
NO_NAME = error(
    "ministerium-navn-mangler",
    "{ministerium} har intet navn den {dato} i pakken {pakke} {version}.",
    "Tilføj navnet for perioden under »navne« i ministeriets vilkårsfil.",
)
OTHER_REMIT = warning(
    "ressort-afviger",
    "{ministerium} skal svare for »{bestemmelse}«, men har den ikke i sit ressort den {dato} efter pakken "
    "{pakke} {version}.",
    "Se efter, om svarpligten i sagen er rigtig.",
)
UNKNOWN_PROVISION = warning(
    "pakke-bestemmelse-ukendt",
    "{ministerium} siger noget om »{bestemmelse}«, som hverken programmet eller sagen kender.",
    "Ret nøglen i ministeriets vilkårsfil, eller tilføj bestemmelsen under »bestemmelser« i sagen.",
)
TWO_REPLIES = error(
    "ministersvar-to",
    "{ministerium} har to svar for »{bestemmelse}« i sagen: {dokumenter}.",
    "Lad kun det svar stå, der gælder.",
)
UNASKED_REPLY = error(
    "ministersvar-uden-svarpligt",
    "Svaret »{dokument}« fra {ministerium} kan ikke bruges: ministeriet skal ikke svare for »{bestemmelse}«.",
    "Tilføj ministeriet under »svarpligt«, eller ret svaret.",
)
LOST_CONDITION = error(
    "ministersvar-vilkaar-uden-for",
    "Vilkåret »{vilkaar}« i svaret »{dokument}« fra {ministerium} vedrører ingen af de bestemmelser, der "
    "svares for.",
    "Ret vilkårets eller svarets bestemmelser.",
)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One answer that must be given: of whom, about what, and by which duty."""

    cooperation: Cooperation
    request: Request
    provision: Provision
    duty: Duty


def ask_ministries(case: Case, settings: Settings, ministries: Sequence[LoadedMinistry]) -> Asked:
    """Every answer that the case calls for, in the case's order, and what is wrong or missing.

    Raises SetupError, before anyone is asked, where a ministry that must answer has no package, or its
    package has a version that the case doesn't accept.
    """
    law = case.law
    by_key = {loaded.key: loaded for loaded in ministries}
    asks, findings = _all_asks(case, settings, law)
    _require(asks, by_key)
    copies = {key: _own_copy(case, by_key[key]) for key in dict.fromkeys(ask.duty.ministry for ask in asks)}
    for key in copies:
        findings += _about_the_package(case, law, by_key[key])
    findings += _remits(case, asks, by_key)
    findings += _lost_replies(case, asks, law)
    answers: list[GivenAnswer] = []
    for ask in asks:
        loaded = by_key[ask.duty.ministry]
        own = copies[loaded.key]
        question = Question(
            case=own,
            cooperation=own.cooperation(ask.cooperation.key),
            request=next(request for request in own.requests if request.key == ask.request.key),
            provision=ask.provision,
        )
        answer, faults = _answer(ask, question, loaded, case)
        findings += faults
        answers += [answer] if answer else []
    return Asked(tuple(answers), tuple(dict.fromkeys(findings)))


def _own_copy(case: Case, loaded: LoadedMinistry) -> Case:
    """A copy of the case for a ministry whose code could change it; words alone change nothing."""
    has_code = bool(loaded.ministry.predicates) or loaded.ministry.answer is not None
    return case.model_copy(deep=True) if has_code else case


def _all_asks(case: Case, settings: Settings, law: Law) -> tuple[list[_Ask], list[Finding]]:
    asks: list[_Ask] = []
    findings: list[Finding] = []
    for cooperation in case.cooperations:
        for request in case.requests_of(cooperation.key):
            for provision in map(law.provision, request.provisions):
                duties = _duties(case.duties, provision) or _duties(settings.duties, provision)
                if not any(duty.answer == "vurdering" for duty in duties):
                    findings.append(
                        NO_DUTY.at(
                            cooperation=cooperation.key, request=request.key, bestemmelse=provision.key
                        )
                    )
                asks += [_Ask(cooperation, request, provision, duty) for duty in duties]
    return asks, findings


def _duties(duties: Iterable[Duty], provision: Provision) -> list[Duty]:
    """The duties about a provision, one for each ministry; to assess is more than to set conditions."""
    chosen: dict[str, Duty] = {}
    for duty in duties:
        if duty.concerns(provision.area, provision.key):
            earlier = chosen.get(duty.ministry)
            if earlier is None or (earlier.answer, duty.answer) == ("vilkaar", "vurdering"):
                chosen[duty.ministry] = duty
    return list(chosen.values())


def _require(asks: Sequence[_Ask], by_key: dict[str, LoadedMinistry]) -> None:
    faults: dict[Finding, None] = {}
    for ask in asks:
        key, wanted = ask.duty.ministry, ask.duty.version
        loaded = by_key.get(key)
        if loaded is None:
            about = sorted({f"»{a.provision.key}«" for a in asks if a.duty.ministry == key})
            faults[MISSING_PACKAGE.at(ministry=key, ministerium=key, bestemmelser=", ".join(about))] = None
        elif wanted is not None:
            try:
                fits = SpecifierSet(wanted).contains(loaded.version, prereleases=True)
            except InvalidSpecifier:
                faults[BAD_RANGE.at(ministry=key, ministerium=key, krav=wanted)] = None
                continue
            except InvalidVersion:
                fits = False
            if not fits:
                found = WRONG_VERSION.at(
                    Place(loaded.origin),
                    ministry=key,
                    ministerium=key,
                    krav=wanted,
                    pakke=loaded.package,
                    version=loaded.version,
                )
                faults[found] = None
    if faults:
        raise SetupError(faults)


def _about_the_package(case: Case, law: Law, loaded: LoadedMinistry) -> Iterator[Finding]:
    """What the case shows about a package as a whole: no name on the date, provisions nobody knows."""
    place = Place(loaded.ministry.file_shown)
    if loaded.ministry.name_on(case.letter_date) is None:
        yield NO_NAME.at(
            place,
            ministry=loaded.key,
            ministerium=loaded.key,
            dato=case.letter_date.isoformat(),
            pakke=loaded.package,
            version=loaded.version,
        )
    ministry = loaded.ministry
    said = (
        *(remit.provisions for remit in ministry.remits),
        *(standing.provisions for standing in ministry.assessments),
        *(condition.provisions for condition in ministry.conditions),
        *(statement.provisions for statement in ministry.statements),
    )
    for key in dict.fromkeys(key for provisions in said for key in provisions):
        if law.find(key) is None:
            yield UNKNOWN_PROVISION.at(place, ministry=loaded.key, ministerium=loaded.key, bestemmelse=key)


def _remits(case: Case, asks: Sequence[_Ask], by_key: dict[str, LoadedMinistry]) -> Iterator[Finding]:
    """Where a package says that what it must answer for isn't the ministry's: the law decides, it is told."""
    for ask in asks:
        loaded = by_key[ask.duty.ministry]
        held = any(
            remit.covers(case.letter_date)
            and (
                ask.provision.area in remit.areas
                or ask.provision.key in remit.provisions
                or (remit.permission and ask.duty.answer == "vilkaar")
            )
            for remit in loaded.ministry.remits
        )
        if not held:
            yield OTHER_REMIT.at(
                Place(loaded.ministry.file_shown),
                ministry=loaded.key,
                ministerium=loaded.key,
                bestemmelse=ask.provision.key,
                dato=case.letter_date.isoformat(),
                pakke=loaded.package,
                version=loaded.version,
            )


def _lost_replies(case: Case, asks: Sequence[_Ask], law: Law) -> Iterator[Finding]:
    """What the case's own answers say about something that nobody asks them: it would be lost in silence."""
    asked = {(ask.cooperation.key, ask.duty.ministry, ask.provision.key) for ask in asks}
    for reply in case.minister_answers:
        for key in reply.provisions:
            if (reply.cooperation, reply.ministry, key) not in asked:
                yield UNASKED_REPLY.at(
                    cooperation=reply.cooperation,
                    ministerium=reply.ministry,
                    dokument=reply.document,
                    bestemmelse=key,
                )
        for condition in reply.conditions or ():
            if not any(
                condition.concerns(provision.area, provision.key)
                for provision in map(law.find, reply.provisions)
                if provision
            ):
                yield LOST_CONDITION.at(
                    cooperation=reply.cooperation,
                    ministerium=reply.ministry,
                    dokument=reply.document,
                    vilkaar=condition.key,
                )


def _answer(
    ask: _Ask, question: Question, loaded: LoadedMinistry, case: Case
) -> tuple[GivenAnswer | None, list[Finding]]:
    package = Source(
        kind="pakke", package=loaded.package, version=loaded.version, file=loaded.ministry.file_shown
    )
    own = [
        reply
        for reply in case.minister_answers
        if (reply.cooperation, reply.ministry) == (ask.cooperation.key, loaded.key)
        and ask.provision.key in reply.provisions
    ]
    if len(own) > 1:
        documents = ", ".join(f"»{reply.document}«" for reply in own)
        return None, [
            TWO_REPLIES.at(
                ministry=loaded.key,
                cooperation=ask.cooperation.key,
                request=ask.request.key,
                ministerium=loaded.key,
                bestemmelse=ask.provision.key,
                dokumenter=documents,
            )
        ]
    reply = own[0] if own else None
    try:
        answer = package_answer(loaded, question) if reply is None else _replied(reply, loaded, question)
    except (Missing, Failed) as stop:
        return None, [stop.finding]
    source = package if reply is None else Source(kind="ministersvar", document=reply.document)
    from_package = reply is None or reply.conditions is None
    given = GivenAnswer(
        ministry=loaded.key,
        cooperation=ask.cooperation.key,
        request=ask.request.key,
        provision=ask.provision.key,
        duty=ask.duty.answer,
        answer=answer,
        source=source,
        conditions_source=package if from_package else source,
    )
    return given, []


def _replied(reply: MinisterAnswer, loaded: LoadedMinistry, question: Question) -> Answer:
    """A minister's answer in the case: its assessment, and its own conditions or else the package's."""
    stand = (
        package_conditions(loaded, question, reply.assessment)
        if reply.conditions is None
        else given_conditions(loaded, question, reply.conditions)
    )
    return stand.model_copy(update={"assessment": reply.assessment, "grounds": reply.grounds})
