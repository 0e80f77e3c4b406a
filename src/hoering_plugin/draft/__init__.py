"""From the ministries' answers to the draft dispensation of one cooperation: merged, numbered, checked.

A draft is always made, also while something is missing; its findings say what holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoering_plugin.draft.extent import computed_extent, printed_extent
from hoering_plugin.draft.inquiry import Inquiry, inquire
from hoering_plugin.draft.merge import decisions_on_conditions, meets, merge
from hoering_plugin.draft.negotiated import applications, ministers, names
from hoering_plugin.draft.numbering import numbered
from hoering_plugin.draft.outcomes import outcomes, unanswered
from hoering_plugin.draft.texts import statements, with_texts
from hoering_plugin.draft.whole_case import case_findings
from hoering_plugin.draft.windows import windows
from hoering_plugin.findings import Finding, warning
from hoering_plugin.model.answer import Asked, LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.ministry import Assessment
from hoering_plugin.model.settings import Settings

POINTLESS_DECISION = warning(
    "afgoerelse-uden-virkning",
    "Afgørelsen {dokument} om »{genstand}« passer ikke på noget i samarbejdet.",
    "Ret nøglen i afgørelsen, eller fjern den.",
)


def make_draft(
    case: Case,
    cooperation_key: str,
    asked: Asked,
    ministries: Sequence[LoadedMinistry],
    settings: Settings,
) -> Draft:
    """The draft of one cooperation, with every finding that concerns it; KeyError for an unknown cooperation.

    The order of the answers doesn't matter.
    """
    inquiry = inquire(case, cooperation_key, asked, ministries, settings)
    told = tuple(f for f in asked.findings if f.cooperation in ("", cooperation_key))
    requests, unmet = outcomes(inquiry)
    merged = merge(inquiry, requests)
    in_order, roleless = numbered(inquiry, merged.conditions)
    conditions, open_places = with_texts(inquiry, in_order)
    times, untimely = windows(inquiry, requests, in_order)
    refused = frozenset(
        (request.request.key, outcome.provision.key)
        for request in requests
        for outcome in request.provisions
        if outcome.assessment is Assessment.NONE
    )
    informed, open_in_statements = statements(inquiry, refused)
    titles, unnegotiated = ministers(inquiry, requests)
    computed = computed_extent([request.outcome for request in requests])
    extent, overstated = printed_extent(case, cooperation_key, computed)
    findings = (
        *told,
        *unanswered(inquiry, told),
        *unmet,
        *merged.findings,
        *roleless,
        *open_places,
        *open_in_statements,
        *untimely,
        *applications(inquiry),
        *names(inquiry),
        *unnegotiated,
        *overstated,
        *_pointless(inquiry),
    )
    return Draft(
        cooperation=inquiry.cooperation,
        municipalities=inquiry.municipalities,
        requests=requests,
        conditions=conditions,
        windows=times,
        statements=informed,
        ministers=titles,
        extent=extent,
        computed=computed,
        unused=merged.unused,
        findings=tuple(dict.fromkeys(findings)),
    )


def _pointless(inquiry: Inquiry) -> tuple[Finding, ...]:
    """Decisions about a provision nobody asks for, or a condition nobody stated."""
    provisions = {provision for request in inquiry.requests for provision in request.provisions}
    stated = {(a.ministry, c.key) for a in inquiry.answers for c in a.answer.conditions}
    own = [d for d in inquiry.case.decisions if d.cooperation == inquiry.cooperation.key]
    on_conditions = decisions_on_conditions(inquiry)
    pointless = [d for d in own if d.provision and d.provision not in provisions]
    pointless += [d for d in on_conditions if not any(meets(d, m, key) for m, key in stated)]
    return tuple(
        POINTLESS_DECISION.at(
            cooperation=inquiry.cooperation.key,
            dokument=d.document,
            genstand=d.provision or d.condition,
        )
        for d in pointless
    )


__all__ = ["case_findings", "make_draft"]
