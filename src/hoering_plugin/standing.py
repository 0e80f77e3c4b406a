"""A package's answer for one provision: its standing assessment, and the conditions that apply on the date.

Nothing is left to silence: a ministry that says nothing, or has no conditions without saying so, has not
answered.
"""

from __future__ import annotations

from collections.abc import Iterable

from hoering_plugin.findings import Finding, Kind, Place, error
from hoering_plugin.foreign import call
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import Answer, LoadedMinistry, Question, Unused
from hoering_plugin.model.ministry import Assessment, Condition, StandingAssessment

NO_ANSWER = error(
    "svar-mangler",
    "{ministerium} har ikke svaret for »{bestemmelse}« på brevets dato {dato} (pakken {pakke} {version}).",
    "Tilføj en vurdering i ministeriets vilkårsfil, eller giv svaret i sagen under »ministersvar«.",
)
TWO_ANSWERS = error(
    "svar-to",
    "{ministerium} har flere vurderinger, der gælder »{bestemmelse}« den {dato} (pakken {pakke} {version}).",
    "Ret perioderne eller prædikaterne, så netop én vurdering gælder.",
)
SILENT = error(
    "vilkaar-ikke-omtalt",
    "{ministerium} har ingen vilkår for »{bestemmelse}« den {dato} og siger heller ikke, at der ingen skal "
    "være (pakken {pakke} {version}).",
    "Skriv ingen_vilkaar = true ved vurderingen, hvis det er meningen, eller tilføj vilkårene.",
)
BOTH = error(
    "vilkaar-baade-og",
    "{ministerium} siger både, at der ingen vilkår er for »{bestemmelse}«, og stiller vilkår (pakken {pakke} "
    "{version}).",
    "Fjern ingen_vilkaar eller vilkårene.",
)
NO_PREDICATE = error(
    "svar-praedikat-ukendt",
    "Vilkåret »{vilkaar}« i sagens svar fra {ministerium} henviser til prædikatet »{praedikat}«, som pakken "
    "{pakke} {version} ikke har.",
    "Fjern feltet »hvis«: et vilkår i sagen stilles altid.",
)


class Missing(Exception):  # noqa: N818  (it carries a finding; it is no error of ours)
    """The ministry has not answered; ``finding`` tells why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def package_answer(loaded: LoadedMinistry, question: Question) -> Answer:
    """What the package answers. Raises Missing if it is no answer, Failed if its code fails."""
    if loaded.ministry.answer is not None:
        return _own_answer(loaded, question)
    standing = _standing(loaded, question)
    if standing is None:
        raise _missing(NO_ANSWER, loaded, question)
    answer = _with_conditions(loaded, question, loaded.ministry.conditions, standing.no_conditions)
    answer = answer.model_copy(update={"assessment": standing.assessment, "grounds": standing.grounds})
    return _spoken(answer, loaded, question)


def package_conditions(loaded: LoadedMinistry, question: Question, assessment: Assessment) -> Answer:
    """The package's conditions, where the assessment is given in the case. Raises Missing and Failed."""
    if loaded.ministry.answer is not None:
        return _own_answer(loaded, question)
    standing = _standing(loaded, question)
    silent_by_word = standing is not None and standing.no_conditions
    answer = _with_conditions(loaded, question, loaded.ministry.conditions, silent_by_word)
    return _spoken(answer.model_copy(update={"assessment": assessment}), loaded, question)


def given_conditions(loaded: LoadedMinistry, question: Question, conditions: Iterable[Condition]) -> Answer:
    """The conditions that the case itself gives; an empty list is that there are none."""
    conditions = tuple(conditions)
    for condition in conditions:
        if condition.applies_if is not None and condition.applies_if not in loaded.ministry.predicates:
            raise _missing(
                NO_PREDICATE, loaded, question, vilkaar=condition.key, praedikat=condition.applies_if
            )
    return _with_conditions(loaded, question, conditions, not conditions)


def _standing(loaded: LoadedMinistry, question: Question) -> StandingAssessment | None:
    """The one standing assessment that applies; one of the provision itself goes before one of its area."""
    found = [
        standing
        for standing in loaded.ministry.assessments
        if standing.covers(question.on)
        and standing.concerns(question.provision.area, question.provision.key)
        and _applies(loaded, question, standing.applies_if)
    ]
    specific = [standing for standing in found if question.provision.key in standing.provisions]
    chosen = specific or found
    if len(chosen) > 1:
        raise _missing(TWO_ANSWERS, loaded, question)
    return chosen[0] if chosen else None


def _with_conditions(
    loaded: LoadedMinistry, question: Question, conditions: Iterable[Condition], none_said: bool
) -> Answer:
    used: list[Condition] = []
    unused: list[Unused] = []
    for condition in conditions:
        if not condition.concerns(question.provision.area, question.provision.key):
            continue
        if not condition.covers(question.on):
            unused.append(Unused(condition=condition, reason="periode"))
        elif not _applies(loaded, question, condition.applies_if):
            unused.append(Unused(condition=condition, reason="praedikat"))
        else:
            used.append(condition)
    statements = tuple(
        statement
        for statement in loaded.ministry.statements
        if statement.covers(question.on)
        and statement.concerns(question.provision.area, question.provision.key)
    )
    return Answer(
        assessment=Assessment.LEFT,
        conditions=tuple(used),
        no_conditions=none_said,
        statements=statements,
        unused=tuple(unused),
    )


def _spoken(answer: Answer, loaded: LoadedMinistry, question: Question) -> Answer:
    """The answer, if it says something of conditions, or refuses what they would be for."""
    if answer.no_conditions and answer.conditions:
        raise _missing(BOTH, loaded, question)
    considered = answer.conditions or any(entry.reason == "praedikat" for entry in answer.unused)
    if not considered and not answer.no_conditions and answer.assessment is not Assessment.NONE:
        raise _missing(SILENT, loaded, question)
    return answer


def _own_answer(loaded: LoadedMinistry, question: Question) -> Answer:
    function = loaded.ministry.answer
    if function is None:
        raise _missing(NO_ANSWER, loaded, question)
    answer: Answer | None = call(
        loaded, question, function, Phrase("Svaret"), (Answer, type(None)), Phrase("et svar")
    )
    if answer is None:
        raise _missing(NO_ANSWER, loaded, question)
    return _spoken(answer, loaded, question)


def _applies(loaded: LoadedMinistry, question: Question, name: str | None) -> bool:
    if name is None:
        return True
    predicate = loaded.ministry.predicates[name]
    applies: bool = call(
        loaded,
        question,
        predicate,
        Phrase("Prædikatet »{navn}«", navn=name),
        (bool,),
        Phrase("sandt eller falsk"),
    )
    return applies


def _missing(kind: Kind, loaded: LoadedMinistry, question: Question, **values: object) -> Missing:
    return Missing(
        kind.at(
            Place(loaded.ministry.file_shown),
            ministry=loaded.key,
            cooperation=question.cooperation.key,
            request=question.request.key,
            ministerium=loaded.key,
            bestemmelse=question.provision.key,
            dato=question.on.isoformat(),
            pakke=loaded.package,
            version=loaded.version,
            **values,
        )
    )
