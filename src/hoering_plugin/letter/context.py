"""The values a letter's template is filled in with: facts, lists and phrases; the prose is in the template.

The names are those of ``LETTER_CONTRACT``, and are documented there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hoering_plugin.danish import (
    NBSP,
    capital,
    clock,
    full_name,
    hold_together,
    joint_name,
    listed,
    long_date,
    numbers,
    numeric_date,
    weekday,
)
from hoering_plugin.letter.annex import annex, chosen_dates, requests, unmet, windows
from hoering_plugin.letter.parties import (
    bind_others_only,
    bindings,
    councils_of,
    each_council,
    joint_councils,
    met,
    others,
    roles,
)
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case, Council, Extent, Municipality
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.ministry import Assessment
from hoering_plugin.model.settings import Settings

OPEN_NAME = "[underskrivers navn]"
OPEN_TITLE = "[titel]"
MAX_TITLE = 255
"""The longest title of a Word file that the records system and Word itself keep, in characters."""

_EXTENTS = {
    Extent.FULLY: "kan imødekommes fuldt ud",
    Extent.VERY_WIDELY: "kan imødekommes i meget vidt omfang",
    Extent.WIDELY: "kan imødekommes i vidt omfang",
    Extent.PARTLY: "kan imødekommes delvist",
    Extent.NOT: "ikke kan imødekommes på nuværende tidspunkt",
}
_OPEN_EXTENT = "[sammenfatning mangler]"


def letter_context(shared: Mapping[str, object], draft: Draft, case: Case, code: str) -> dict[str, object]:
    """Everything the letter to the municipality with that code says, by the names of the contract.

    ``shared`` is what all letters of the draft say.
    """
    municipality = case.municipality(code)
    return {
        **shared,
        "titel": title(draft, municipality),
        "modtager": _recipient(municipality),
        "partneres_organer": councils_of(others(draft, code)),
        "partnere": listed([full_name(m) for m in others(draft, code)]),
        **roles(draft, case, code),
        "forpligtede": bindings(draft, code),
        "andre_forpligtet": bind_others_only(draft, code),
    }


def shared_context(
    draft: Draft, case: Case, ministries: Sequence[LoadedMinistry], settings: Settings
) -> dict[str, object]:
    """What all letters of a draft say."""

    def name_of(key: str) -> str:
        return _name(key, case, ministries)

    return {
        "eksempel": case.example,
        "eksempeltekst": draft.sample,
        "vis_ministerier": settings.show_ministries,
        "imoedekommes": bool(met(draft)),
        "sagsnummer": case.case_number,
        "doknr": case.document_number,
        "dato": numeric_date(case.letter_date),
        "afsender": _sender(case),
        "underskriver": {
            "navn": case.signatory.name or OPEN_NAME,
            "titel": case.signatory.title or OPEN_TITLE,
        },
        **_first_person(case, ministries),
        "kommuner": joint_name(draft.municipalities),
        "kommunerne": "begge kommuner" if len(draft.municipalities) == 2 else "alle kommunerne",
        "kommunalbestyrelserne": joint_councils(draft),
        "organerne": each_council(draft),
        "flere_partnere": len(draft.municipalities) > 2,
        "henvendelse": {
            "dato": long_date(case.incoming.date),
            "emne": case.incoming.subject,
            "er_besvaret": case.incoming.answered is not None,
            "besvaret": long_date(case.incoming.answered) if case.incoming.answered else "",
        },
        "frist": deadline(case),
        "sammenfatning": _EXTENTS[draft.extent] if draft.extent else _OPEN_EXTENT,
        "oensker": requests(draft, case, name_of),
        "uopfyldte": unmet(draft, case, name_of),
        "fastholdte": _kept(draft),
        "rammer": windows(draft),
        "valgte_datoer": chosen_dates(draft),
        "antal_vilkaar": len(draft.conditions),
        **annex(draft, case),
    }


def title(draft: Draft, municipality: Municipality) -> str:
    """The file's title, at most :data:`MAX_TITLE` characters, cut between words and never before its end."""
    before, after = "Høring over udkast til tilladelse: ", f" – brev til {full_name(municipality)}"
    room = max(MAX_TITLE - len(before) - len(after), 0)
    return _cut(before + _cut(joint_name(draft.municipalities), room) + after, MAX_TITLE)


def _cut(text: str, room: int) -> str:
    """The text, or as many whole words of it as there is room for, with »…« after them."""
    if len(text) <= room:
        return text
    words = text[:room].rpartition(" ")[0] or text[: max(room - 1, 0)]
    return f"{words[: max(room - 1, 0)].rstrip(' ,')}…"


def deadline(case: Case) -> str:
    """``mandag den 8. februar 2021 kl. 12.00``."""
    frist = case.reply_deadline
    hour = f" kl.{NBSP}{clock(frist.time)}" if frist.time else ""
    return f"{weekday(frist.date)} den {long_date(frist.date)}{hour}"


def _name(key: str, case: Case, ministries: Sequence[LoadedMinistry]) -> str:
    for loaded in ministries:
        name = loaded.ministry.name_on(case.letter_date) if loaded.key == key else None
        if name is not None:
            return name.ministry
    return f"[ministeriet »{key}«]"


def _sender(case: Case) -> Mapping[str, object]:
    sender = case.sender
    return {
        "navn": sender.name,
        "adresse": list(sender.address),
        "telefon": sender.phone,
        "email": sender.email,
    }


def _recipient(municipality: Municipality) -> Mapping[str, object]:
    byraad = municipality.council is Council.BYRAAD
    return {
        "kommune": full_name(municipality),
        "organ": "Byrådet" if byraad else "Kommunalbestyrelsen",
        "organets": "byrådets" if byraad else "kommunalbestyrelsens",
        "borgmester": municipality.mayor,
        "adresse": list(municipality.address),
    }


def _first_person(case: Case, ministries: Sequence[LoadedMinistry]) -> Mapping[str, object]:
    """How the sender speaks of itself: as »jeg« if the minister signs, else as the ministry."""
    names = (m.ministry.name_on(case.letter_date) for m in ministries if m.key == case.sender.ministry)
    minister = next((name.minister for name in names if name), "[ministeren]")
    signs = case.signatory.role == "minister"
    return {
        "minister": minister,
        "Minister": capital(minister),
        "ministeriet": "jeg" if signs else "ministeriet",
        "Ministeriet": "Jeg" if signs else "Ministeriet",
        "ministeren": "jeg" if signs else minister,
        "Ministeren": "Jeg" if signs else capital(minister),
    }


def _kept(draft: Draft) -> str:
    """``opgave 4``: the tasks that stay in the cooperation because nothing of them is met."""
    kept = [found.number for found in draft.requests if found.outcome is Assessment.NONE]
    return hold_together(f"opgave {numbers(kept)}") if kept else ""
