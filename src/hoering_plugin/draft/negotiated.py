"""What the permission rests on in the case: the councils' applications and the talks with each minister.

Lov om forpligtende kommunale samarbejder § 11 a, stk. 2: on application from the councils, and after
negotiation with the minister concerned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hoering_plugin import danish
from hoering_plugin.draft.inquiry import Inquiry
from hoering_plugin.findings import Finding, error, warning
from hoering_plugin.model.draft import DraftRequest

NOT_RECEIVED = error(
    "ansoegning-ikke-modtaget",
    "Ansøgningen fra {kommune} om opgaven »{opgave}« er ikke modtaget.",
    "Skriv ansøgningens dato i sagen, når den er kommet.",
)
NO_NEGOTIATION = error(
    "forhandling-mangler",
    "Sagen har ingen forhandling med {ministerium}, som vurderer opgaver i samarbejdet.",
    "Skriv forhandlingen i sagen under »forhandlinger« (§ 11 a, stk. 2).",
)
NOT_CONCLUDED = warning(
    "forhandling-ikke-afsluttet",
    "Forhandlingen med {ministerium} er ikke afsluttet.",
    "Afslut forhandlingen, før tilladelsen gives.",
)
NO_NAME = error(
    "ministerium-uden-navn-paa-datoen",
    "Ministeriet »{noegle}«, der svarer i sagen, har intet navn på brevets dato {dato}.",
    "Installér ministeriets pakke, eller ret perioderne for dets navne.",
)


def applications(inquiry: Inquiry) -> tuple[Finding, ...]:
    """Every council of the cooperation must have applied for each request."""
    return tuple(
        NOT_RECEIVED.at(
            cooperation=inquiry.cooperation.key,
            request=request.key,
            kommune=danish.full_name(municipality),
            opgave=request.task,
        )
        for request in inquiry.requests
        for municipality in inquiry.municipalities
        if not any(a.date and a.municipality == municipality.code for a in request.applications)
    )


def names(inquiry: Inquiry) -> tuple[Finding, ...]:
    """Every ministry that answers must have a name on the letter's date."""
    return tuple(
        NO_NAME.at(
            ministry=ministry,
            cooperation=inquiry.cooperation.key,
            noegle=ministry,
            dato=danish.long_date(inquiry.case.letter_date),
        )
        for ministry in sorted({answer.ministry for answer in inquiry.answers})
        if inquiry.name(ministry) is None
    )


def ministers(
    inquiry: Inquiry, requests: Sequence[DraftRequest]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The titles of the ministers negotiated with, in the order of the areas they assess in.

    The sender doesn't negotiate with itself: a ministry under the sender's own minister is left out.
    """
    areas: dict[str, int] = {}
    for request in requests:
        for outcome in request.provisions:
            for ministry in outcome.ministries:
                number = request.request.area.number
                areas[ministry] = min(number, areas.get(ministry, number))
    sender = inquiry.name(inquiry.case.sender.ministry)
    titles: list[str] = []
    findings: list[Finding] = []
    for ministry in sorted(areas, key=lambda key: (areas[key], key)):
        name = inquiry.name(ministry)
        if name is not None and sender is not None and name.minister == sender.minister:
            continue
        found = [
            n.status
            for n in inquiry.case.negotiations
            if n.cooperation == inquiry.cooperation.key and n.ministry == ministry
        ]
        where: dict[str, Any] = {"ministry": ministry, "cooperation": inquiry.cooperation.key}
        if not found:
            findings.append(NO_NEGOTIATION.at(**where, ministerium=inquiry.called(ministry)))
        elif "afsluttet" not in found:
            findings.append(NOT_CONCLUDED.at(**where, ministerium=inquiry.called(ministry)))
        if found and name is not None and name.minister not in titles:
            titles.append(name.minister)
    return tuple(titles), tuple(findings)
