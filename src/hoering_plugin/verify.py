"""What is on disk against its manifest: whether each letter is as written, and what an edit left in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from hoering_plugin.delivery.manifest import Json, read_manifest
from hoering_plugin.delivery.names import is_stray
from hoering_plugin.delivery.versions import MANIFEST
from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, OutputError, Place, SetupError, error, warning
from hoering_plugin.language import joined
from hoering_plugin.letter.inspection import inspect_letter

NO_MANIFEST = error(
    "manifest-mangler",
    "Der er ikke noget manifest her.",
    "Angiv mappen, som blev givet til --out, eller en af dens undermapper.",
)
GONE = error("brev-mangler", "Brevet er der ikke.", "Hent det fra en sikkerhedskopi, eller dan det igen.")
CHANGED = error(
    "brev-aendret",
    "Brevet er ikke det, der blev dannet.",
    "Se det igennem; »hoering trace« viser, hvilke vilkår der er ændret.",
)
UNREADABLE = error("brev-ulaeseligt", "Brevet kan ikke læses: {grund}.", "Åbn det i Word, og gem det igen.")
STRANGER = warning(
    "fil-ukendt",
    "Filen står ikke i manifestet.",
    "Flyt den, hvis den ikke hører til det, der skal journaliseres.",
)
TRACKED = warning(
    "brev-rettelser", "Brevet har {antal} sporede ændringer.", "Acceptér eller afvis dem, før det sendes."
)
COMMENTS = warning("brev-kommentarer", "Brevet har {antal} kommentarer.", "Slet dem, før det sendes.")
HIDDEN = warning("brev-skjult-tekst", "Brevet har skjult tekst {antal} steder.", "Slet den, før det sendes.")
OPEN_PLACE = warning("brev-uudfyldt", "Brevet har et åbent sted: {sted}.", "Udfyld det, før det sendes.")


def verify(folder: Path) -> tuple[Finding, ...]:
    """Every finding in the versions under a folder: errors for what isn't as written, else warnings."""
    manifests = sorted(folder.rglob(MANIFEST))
    if not manifests:
        return (NO_MANIFEST.at(Place(str(folder))),)
    return tuple(finding for path in manifests for finding in _version(path))


def _version(path: Path) -> Iterator[Finding]:
    folder = path.parent
    try:
        manifest = read_manifest(path)
    except OutputError as exc:
        yield from exc.findings
        return
    letters = manifest["breve"]
    for letter in letters:
        yield from _letter(folder / letter["fil"], letter)
    beside = [one for one in manifest.get("metadata", []) if isinstance(one, dict)]
    for one in beside:
        path = folder / Path(str(one.get("fil"))).name
        if not path.is_file():
            yield GONE.at(Place(str(path)))
        elif not is_as_written(path, str(one.get("sha256"))):
            yield CHANGED.at(Place(str(path)))
    known = {MANIFEST, *(letter["fil"] for letter in (*letters, *beside))}
    for file in sorted(folder.iterdir()):
        if file.name not in known and not is_stray(file.name):
            yield STRANGER.at(Place(str(file)))


def is_as_written(path: Path, sha256: str) -> bool:
    """Whether a file is there with the bytes of that hash."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _letter(path: Path, letter: Json) -> Iterator[Finding]:
    place = Place(str(path))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        yield GONE.at(place)
        return
    except OSError as exc:
        yield UNREADABLE.at(place, grund=reason(exc))
        return
    if hashlib.sha256(data).hexdigest() != letter["sha256"]:
        yield CHANGED.at(place)
    yield from unfinished(data, place)


def unfinished(data: bytes, place: Place) -> Iterator[Finding]:
    """What is left to do in a letter before it is sent: changes, comments, hidden text, open places."""
    try:
        seen = inspect_letter(data)
    except SetupError as exc:
        yield UNREADABLE.at(place, grund=joined(finding.message for finding in exc.findings))
        return
    for kind, count in ((TRACKED, seen.tracked), (COMMENTS, seen.comments), (HIDDEN, seen.hidden)):
        if count:
            yield kind.at(place, antal=count)
    for sted in seen.open_places:
        yield OPEN_PLACE.at(place, sted=sted)
