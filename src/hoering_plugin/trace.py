"""Where each condition of a letter came from, and whether its words are still those that were generated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.delivery.manifest import Json, read_manifest
from hoering_plugin.delivery.versions import MANIFEST
from hoering_plugin.disk import reason
from hoering_plugin.findings import OutputError, Place, error
from hoering_plugin.letter.inspection import Inspection, inspect_letter, plain

UNREADABLE = error(
    "brev-kan-ikke-aabnes", "Brevet kan ikke åbnes: {grund}.", "Kontrollér navn og rettigheder."
)
NO_MANIFEST = error(
    "manifest-angives",
    "Der ligger intet manifest ved siden af brevet.",
    "Angiv manifestet fra brevets version med --manifest.",
)
UNKNOWN = error(
    "brev-ukendt",
    "Manifestet har ikke et brev, som dette kan være.",
    "Angiv manifestet fra den version, brevet er dannet i.",
)


@dataclass(frozen=True, slots=True)
class Traced:
    """One condition of a letter.

    ``state`` is ``uaendret``, ``aendret`` or ``mangler``. ``found_by`` is ``maerke`` where its control
    still is there, ``tekst`` where only its words are, empty where neither is. ``now`` is what an edited
    condition says today.
    """

    number: int
    key: str
    ministry: str
    package: str
    version: str
    document: str
    state: str
    found_by: str
    now: str


def trace(letter: Path, manifest: Path | None = None) -> tuple[Traced, ...]:
    """Every condition that the letter was generated with, in order.

    ``manifest`` is the manifest file of the letter's version; without it, the one beside the letter.
    Raises :class:`OutputError` if letter or manifest can't be read or don't belong together.
    """
    try:
        data = letter.read_bytes()
    except OSError as exc:
        raise OutputError([UNREADABLE.at(Place(str(letter)), grund=reason(exc))]) from exc
    beside = letter.parent / MANIFEST
    if manifest is None and not beside.exists():
        raise OutputError([NO_MANIFEST.at(Place(str(letter)))])
    state = read_manifest(manifest or beside)
    seen = inspect_letter(data)
    entry = _entry(state, letter.name, hashlib.sha256(data).hexdigest(), seen)
    if entry is None:
        raise OutputError([UNKNOWN.at(Place(str(letter)))])
    tags = {one["nummer"]: one["maerke"] for one in entry["vilkaar"]}
    return tuple(_traced(c, tags.get(c["nummer"]), seen) for c in _conditions(state, entry))


def _entry(state: Json, name: str, sha256: str, seen: Inspection) -> Json | None:
    """The manifest's letter by file name, by hash, or the one whose conditions are most in the letter."""
    letters: list[Json] = state["breve"]
    for letter in letters:
        if letter["fil"] == name or letter["sha256"] == sha256:
            return letter
    counts = [sum(seen.holds(c["tekst"]) for c in _conditions(state, letter)) for letter in letters]
    return letters[counts.index(max(counts))] if any(counts) else None


def _conditions(state: Json, letter: Json) -> list[Json]:
    return [c for one in state["samarbejder"] if one["id"] == letter["samarbejde"] for c in one["vilkaar"]]


def _traced(condition: Json, tag: str | None, seen: Inspection) -> Traced:
    expected = plain(condition["tekst"])
    tagged = seen.text_of(tag) if tag else None
    if tagged == expected:
        state, found_by, now = "uaendret", "maerke", ""
    elif seen.holds(expected):
        state, found_by, now = "uaendret", "tekst", ""
    elif tagged:
        state, found_by, now = "aendret", "maerke", tagged
    else:
        state, found_by, now = "mangler", "", ""
    source = condition["kilde"]
    return Traced(
        condition["nummer"],
        condition["id"],
        condition["ministerium"],
        source["pakke"],
        source["version"],
        source["dokument"],
        state,
        found_by,
        now,
    )
