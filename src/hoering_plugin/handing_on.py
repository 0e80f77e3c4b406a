"""Handing a released letter on by an adapter, once: what was begun and what was done is recorded.

Before the adapter is called it is noted that a delivery is under way, afterwards that it is done. A delivery
that was cut off in between may have arrived or not: it isn't repeated before a person has looked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hoering_plugin.adapters import Adapter, Delivery, deliver
from hoering_plugin.case_files import write_file
from hoering_plugin.delivery.versions import locked
from hoering_plugin.findings import OutputError, Place, error
from hoering_plugin.model.metadata import LetterMetadata
from hoering_plugin.release import released

FILE = "afleveret.json"
FORMAT = "hoering-aflevering/1"

NO_METADATA = error(
    "aflever-metadata",
    "Brevets metadata kan ikke læses.",
    "Dan brevene igen, eller hent filen fra en sikkerhedskopi.",
)
UNSURE = error(
    "aflever-uvist",
    "En tidligere aflevering af brevet blev afbrudt, og det vides ikke, om det er kommet frem.",
    "Se efter i ESDH-systemet. Er det ikke kommet frem, så kør igen med --again.",
)
BAD_RECORD = error(
    "afleveringer-ulaeselige",
    "Registret over afleveringer kan ikke læses.",
    "Hent filen fra en sikkerhedskopi.",
)


def hand_on(letter: Path, adapter: Adapter, target: str, *, again: bool = False) -> tuple[str, bool]:
    """Where the letter went, and whether it was this call that brought it there.

    Raises OutputError for a letter that isn't released as it is now, or can't be delivered.
    """
    release = released(letter)
    data = letter.read_bytes()
    metadata = _metadata(letter, release.sha256)
    case_folder = letter.absolute().parent.parent
    with locked(case_folder):
        record = _read(case_folder)
        key = f"{adapter.name}|{target}|{metadata.external_id}|{release.sha256}"
        there = record.get(key)
        if there is not None and there["status"] == "afleveret":
            return str(there["sted"]), False
        if there is not None and not again:
            raise OutputError([UNSURE.at(Place(str(letter)))])
        _write(case_folder, record | {key: {"status": "i gang", "sted": ""}})
        try:
            place = deliver(adapter, Delivery(letter.name, data, metadata, target))
        except OutputError:
            _write(case_folder, record)  # it was refused, and so it hasn't arrived
            raise
        _write(case_folder, record | {key: {"status": "afleveret", "sted": place}})
        return place, True


def _metadata(letter: Path, sha256: str) -> LetterMetadata:
    """The letter's metadata, with the hash of the file as it was released."""
    path = letter.with_suffix(".metadata.json")
    try:
        value = LetterMetadata.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise OutputError([NO_METADATA.at(Place(str(path)))]) from fault
    files = tuple(
        one.model_copy(update={"sha256": sha256}) if one.name == letter.name else one for one in value.files
    )
    return value.model_copy(update={"files": files})


def _read(case_folder: Path) -> dict[str, Any]:
    path = case_folder / "internt" / FILE
    try:
        value = json.loads(path.read_bytes())
        if value["format"] != FORMAT:
            raise ValueError(FORMAT)
        return dict(value["afleveringer"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise OutputError([BAD_RECORD.at(Place(str(path)))]) from fault


def _write(case_folder: Path, record: dict[str, Any]) -> None:
    value = {"format": FORMAT, "afleveringer": record}
    path = case_folder / "internt" / FILE
    path.parent.mkdir(exist_ok=True)
    write_file(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(), force=True)
