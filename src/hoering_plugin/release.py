"""Releasing a letter (frigivelse): an office names one file final, and from then on it and no other is.

The record is in ``internt/frigivet.json`` beside the versions: which file, by its hash, by whom and when. A
later change to the file voids it. An example can't be released, nor a letter with something left to do in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoering_plugin.case_files import write_file
from hoering_plugin.delivery.manifest import read_manifest
from hoering_plugin.delivery.versions import MANIFEST, locked
from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, OutputError, Place, Severity, error
from hoering_plugin.verify import unfinished

FILE = "frigivet.json"
FORMAT = "hoering-frigivelse/1"

NO_LETTER = error("frigiv-intet-brev", "Brevet kan ikke læses: {grund}.", "Se efter, om stien er rigtig.")
STRAY = error(
    "frigiv-fremmed",
    "Filen er ikke et af brevene i manifestet ved siden af den.",
    "Frigiv brevet i den mappe, det blev dannet i.",
)
EXAMPLE = error(
    "frigiv-eksempel", "Sagen er et eksempel, og dens breve kan ikke frigives.", "Brug en rigtig sag."
)
SAMPLE = error(
    "frigiv-eksempeltekst",
    "Vilkåret »{vilkaar}« er en eksempeltekst og ikke ministeriets egen.",
    "Få ministeriets ordlyd, og dan brevet igen.",
)
UNFINISHED = error("frigiv-ufaerdig", "{besked}", "Ret brevet, og frigiv det så.")
NOT_RELEASED = error(
    "ikke-frigivet", "Brevet er ikke frigivet.", "Frigiv det med hoering release, når det er endeligt."
)
VOID = error(
    "frigivelse-bortfaldet",
    "Brevet er ændret, siden {af} frigav det {tidspunkt}.",
    "Frigiv det igen, hvis den nye udgave er den endelige.",
)
BAD_RECORD = error(
    "frigivelser-ulaeselige",
    "Registret over frigivelser kan ikke læses.",
    "Hent filen fra en sikkerhedskopi.",
)


@dataclass(frozen=True, slots=True)
class Release:
    """One release: which file of which version, its hash, by whom, when (UTC), and whether it was edited."""

    version: str
    file: str
    sha256: str
    by: str
    at: str
    edited: bool


def release(letter: Path, by: str, at: str) -> Release:
    """Name a letter final. The same file again is the release that it has already.

    ``by`` is an office, ``at`` a time in UTC. Raises OutputError with everything that stands in the way.
    """
    data, manifest, entry = _found(letter)
    wrong = list(_obstacles(letter, data, manifest, entry))
    if wrong:
        raise OutputError(wrong)
    digest = hashlib.sha256(data).hexdigest()
    case_folder = letter.absolute().parent.parent
    with locked(case_folder):
        releases = _read(case_folder)
        version = letter.absolute().parent.name
        there = _latest(releases, version, letter.name)
        if there is not None and there.sha256 == digest:
            return there
        made = Release(version, letter.name, digest, by, at, digest != entry["sha256"])
        _write(case_folder, [*releases, made])
        return made


def released(letter: Path) -> Release:
    """The release of a letter as it is now. Raises OutputError where it has none, or was changed since."""
    data, _, _ = _found(letter)
    there = _latest(_read(letter.absolute().parent.parent), letter.absolute().parent.name, letter.name)
    if there is None:
        raise OutputError([NOT_RELEASED.at(Place(str(letter)))])
    if there.sha256 != hashlib.sha256(data).hexdigest():
        raise OutputError([VOID.at(Place(str(letter)), af=there.by, tidspunkt=there.at)])
    return there


def _found(letter: Path) -> tuple[bytes, dict[str, Any], dict[str, Any]]:
    try:
        data = letter.read_bytes()
    except OSError as fault:
        raise OutputError([NO_LETTER.at(Place(str(letter)), grund=reason(fault))]) from fault
    manifest = read_manifest(letter.parent / MANIFEST)
    entry = next((one for one in manifest["breve"] if one["fil"] == letter.name), None)
    if entry is None:
        raise OutputError([STRAY.at(Place(str(letter)))])
    return data, manifest, entry


def _obstacles(
    letter: Path, data: bytes, manifest: dict[str, Any], entry: dict[str, Any]
) -> Iterator[Finding]:
    place = Place(str(letter))
    if manifest["sag"].get("eksempel"):
        yield EXAMPLE.at(place)
    own = {one["id"] for one in entry.get("vilkaar", [])}
    conditions = [c for one in manifest.get("samarbejder", []) for c in one.get("vilkaar", [])]
    for key in dict.fromkeys(c["id"] for c in conditions if c["id"] in own and c.get("eksempel")):
        yield SAMPLE.at(place, vilkaar=key)
    for finding in unfinished(data, place):
        if finding.severity is Severity.ERROR:
            yield finding
        else:
            yield UNFINISHED.at(place, besked=finding.message)


def _latest(releases: list[Release], version: str, file: str) -> Release | None:
    return next((one for one in reversed(releases) if (one.version, one.file) == (version, file)), None)


def _read(case_folder: Path) -> list[Release]:
    path = case_folder / "internt" / FILE
    try:
        value = json.loads(path.read_bytes())
        if value["format"] != FORMAT:
            raise ValueError(FORMAT)
        return [
            Release(one["version"], one["fil"], one["sha256"], one["af"], one["tidspunkt"], one["rettet"])
            for one in value["frigivelser"]
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise OutputError([BAD_RECORD.at(Place(str(path)))]) from fault


def _write(case_folder: Path, releases: list[Release]) -> None:
    entries = [
        {
            "version": one.version,
            "fil": one.file,
            "sha256": one.sha256,
            "af": one.by,
            "tidspunkt": one.at,
            "rettet": one.edited,
        }
        for one in releases
    ]
    data = json.dumps({"format": FORMAT, "frigivelser": entries}, ensure_ascii=False, indent=1) + "\n"
    path = case_folder / "internt" / FILE
    path.parent.mkdir(exist_ok=True)
    write_file(path, data.encode(), force=True)
