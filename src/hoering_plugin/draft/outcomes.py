"""How far each request is met: the ministries' assessments of its provisions, or the lead's decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hoering_plugin.citations import cite
from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.findings import Finding, error
from hoering_plugin.language import all_of
from hoering_plugin.model.answer import GivenAnswer, Source
from hoering_plugin.model.case import Decision, Request
from hoering_plugin.model.draft import DraftRequest, ProvisionOutcome
from hoering_plugin.model.ministry import Assessment, Grounds

NO_ASSESSMENT = error(
    "vurdering-mangler",
    "Ingen har vurderet {bestemmelse} i opgaven »{opgave}«.",
    "Indhent vurderingen, og skriv den i sagen som ministersvar, eller ret ministeriets pakke.",
)
NO_ANSWER = error(
    "svarpligt-uopfyldt",
    "{ministerium} skal svare for {bestemmelse} i opgaven »{opgave}«, men svaret mangler.",
    "Indhent svaret, og skriv det i sagen som ministersvar, eller ret ministeriets pakke.",
)
DIFFERING = error(
    "vurderinger-uenige",
    "Ministerierne vurderer {bestemmelse} i opgaven »{opgave}« forskelligt: {vurderinger}.",
    "Forhandl med ministerierne, og skriv afgørelsen i sagen under »afgoerelser«.",
)
MANY_DECISIONS = error(
    "afgoerelse-flere",
    "Der er {antal} afgørelser om bestemmelsen »{bestemmelse}« i samme samarbejde.",
    "Behold den afgørelse, der gælder.",
)


def outcomes(inquiry: Inquiry) -> tuple[tuple[DraftRequest, ...], tuple[Finding, ...]]:
    """The requests, numbered, with the outcome of each provision; and what is missing or disagreed on."""
    findings: list[Finding] = []
    requests: list[DraftRequest] = []
    for number, request in enumerate(inquiry.requests, start=1):
        found = []
        for provision in sorted(set(request.provisions), key=inquiry.law.order):
            outcome, wrong = _outcome(inquiry, request, provision)
            found.append(outcome)
            findings += wrong
        whole = _whole([outcome.assessment for outcome in found])
        requests.append(DraftRequest(number, request, whole, tuple(found)))
    return tuple(requests), tuple(findings)


def unanswered(inquiry: Inquiry, told: Iterable[Finding]) -> tuple[Finding, ...]:
    """Duties without an answer, apart from those ``told`` already: what wasn't asked isn't forgotten."""
    known = {(f.ministry, f.request) for f in told if f.is_error}
    given = {(a.ministry, a.request, a.provision) for a in inquiry.answers}
    missing = [
        (duty.ministry, request, provision)
        for request in inquiry.requests
        for provision in request.provisions
        for duty in inquiry.duties_for(request, provision)
        if (duty.ministry, request.key, provision) not in given and (duty.ministry, request.key) not in known
    ]
    return tuple(
        NO_ANSWER.at(
            ministry=ministry,
            cooperation=inquiry.cooperation.key,
            request=request.key,
            ministerium=inquiry.called(ministry),
            bestemmelse=cite(inquiry.law, request.area, [provision]),
            opgave=request.task,
        )
        for ministry, request, provision in dict.fromkeys(missing)
    )


def decisions_on(inquiry: Inquiry, provision: str) -> tuple[Decision, ...]:
    """The lead's decisions on a provision in this cooperation."""
    decisions = inquiry.case.decisions
    return tuple(
        d for d in decisions if d.cooperation == inquiry.cooperation.key and d.provision == provision
    )


def _outcome(
    inquiry: Inquiry, request: Request, provision: str
) -> tuple[ProvisionOutcome, tuple[Finding, ...]]:
    given = [
        answer
        for answer in inquiry.answers
        if answer.request == request.key
        and answer.provision == provision
        and answer.answer.assessment is not Assessment.LEFT
    ]
    decided = decisions_on(inquiry, provision)
    ministries = tuple(dict.fromkeys(answer.ministry for answer in given))
    sources: tuple[Source, ...] = tuple(dict.fromkeys(answer.source for answer in given))
    text = inquiry.law.provision(provision)
    where: dict[str, Any] = {"cooperation": inquiry.cooperation.key, "request": request.key}
    words: dict[str, Any] = {
        "bestemmelse": cite(inquiry.law, request.area, [provision]),
        "opgave": request.task,
    }
    findings: tuple[Finding, ...] = ()
    if len(decided) > 1:
        findings = (MANY_DECISIONS.at(**where, antal=len(decided), bestemmelse=provision),)
    if not given:
        return ProvisionOutcome(text, None, None, (), ()), (*findings, NO_ASSESSMENT.at(**where, **words))
    if decided:
        by = Source("afgoerelse", document=decided[0].document)
        outcome = ProvisionOutcome(
            text, decided[0].assessment, decided[0].grounds, ministries, (*sources, by)
        )
        return outcome, findings
    if len({answer.answer.assessment for answer in given}) > 1:
        views = all_of(_view(inquiry, answer) for answer in given)
        conflict = DIFFERING.at(ministry=given[0].ministry, vurderinger=views, **where, **words)
        return ProvisionOutcome(text, None, None, ministries, sources), (*findings, conflict)
    grounds = _joined([answer.answer.grounds for answer in given if answer.answer.grounds])
    return ProvisionOutcome(text, given[0].answer.assessment, grounds, ministries, sources), findings


def _view(inquiry: Inquiry, answer: GivenAnswer) -> str:
    return f"{inquiry.called(answer.ministry)} »{answer.answer.assessment.value}«"


def _joined(grounds: Sequence[Grounds]) -> Grounds | None:
    """Every ministry's grounds, one after the other; what two say alike is said once."""
    if not grounds:
        return None

    def together(texts: Iterable[str]) -> str:
        return " ".join(dict.fromkeys(texts))

    return Grounds.model_construct(
        rule=together(g.rule for g in grounds),
        considerations=together(g.considerations for g in grounds),
        facts=together(g.facts for g in grounds),
    )


def _whole(assessments: Sequence[Assessment | None]) -> Assessment | None:
    """A request is full when all its provisions are, none when all are none, else partial."""
    if None in assessments:
        return None
    if set(assessments) in ({Assessment.FULL}, {Assessment.NONE}):
        return assessments[0]
    return Assessment.PARTIAL
