"""What a new version replaces and why, and which earlier letters a person has edited since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.delivery.key import RunKey
from hoering_plugin.delivery.manifest import Json, read_manifest
from hoering_plugin.delivery.versions import MANIFEST, versions_in
from hoering_plugin.findings import OutputError, Place, error

OTHER_CASE = error(
    "sagsnummer-sammenfald",
    "Mappen hører til sag {anden}; sag {denne} får det samme mappenavn.",
    "Brug en anden mappe til --out for den ene af sagerne.",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version on disk with what its manifest says."""

    folder: Path
    manifest: Json

    @property
    def key(self) -> str:
        """The key of the run that made it."""
        return str(self.manifest["noegle"].get("samlet", ""))

    @property
    def letters(self) -> dict[str, Json]:
        """Its letters by municipality code."""
        return {letter["kommune"]: letter for letter in self.manifest["breve"]}

    def state(self, letter: Json) -> str:
        """``uaendret``, ``rettet`` or ``mangler``: a letter on disk against the manifest.

        Raises :class:`OSError` for a file that is there and can't be read.
        """
        try:
            data = (self.folder / letter["fil"]).read_bytes()
        except FileNotFoundError:
            return "mangler"
        return "uaendret" if hashlib.sha256(data).hexdigest() == letter["sha256"] else "rettet"


def earlier_versions(folder: Path, case_number: str) -> tuple[Earlier, ...]:
    """The versions of a case on disk, the oldest first.

    Raises :class:`OutputError` if one can't be read or the folder is another case's.
    """
    versions = tuple(Earlier(path, read_manifest(path / MANIFEST)) for path in versions_in(folder))
    for version in versions:
        other = version.manifest["sag"].get("sagsnummer")
        if other != case_number:
            raise OutputError([OTHER_CASE.at(Place(str(folder)), anden=other, denne=case_number)])
    return versions


def newest_letters(versions: Sequence[Earlier]) -> dict[str, str]:
    """The newest letter to each municipality that is still there, as ``v0001/brev.docx``."""
    return {
        code: f"{version.folder.name}/{letter['fil']}"
        for version in versions
        for code, letter in version.letters.items()
        if (version.folder / letter["fil"]).is_file()
    }


def replaced(code: str, data_sha256: str, key: RunKey, versions: Sequence[Earlier]) -> Json | None:
    """What the letter to a municipality replaces: the newest letter there is, and why the new one differs."""
    for version in reversed(versions):
        letter = version.letters.get(code)
        if letter:
            return {
                "version": version.folder.name,
                "fil": letter["fil"],
                "samme_indhold": letter["sha256"] == data_sha256,
                "aarsager": reasons(version.manifest["noegle"], key),
                "paa_disken": version.state(letter),
            }
    return None


def reasons(before: Json, key: RunKey) -> list[str]:
    """Which parts of the key differ: ``sag``, ``indstillinger``, ``skabelon``, ``program``, ``pakke``."""
    packages = [
        [p.get("ministerium"), p.get("pakke"), p.get("version"), p.get("indhold_sha256")]
        for p in before.get("pakker", [])
    ]
    earlier = {**before, "pakke": packages}
    return [name for name, value in key.parts.items() if earlier.get(name) != value]


def edited(versions: Iterable[Earlier]) -> list[Json]:
    """The earlier letters that aren't what was written: edited or gone."""
    found = []
    for version in versions:
        for letter in version.manifest["breve"]:
            state = version.state(letter)
            if state != "uaendret":
                found.append({"version": version.folder.name, "fil": letter["fil"], "tilstand": state})
    return found
