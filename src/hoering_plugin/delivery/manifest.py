"""The manifest of a version: state in Danish, complete enough to answer years later who said what.

It holds no time and no path of the machine it was made on: the same letters have the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from hoering_plugin.delivery.key import PackageKey, RunKey, text_sha256
from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, OutputError, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import Asked, GivenAnswer, Source
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft, DraftCondition, DraftRequest, UnusedCondition
from hoering_plugin.model.letter import Letter

FORMAT = "hoering-manifest/1"
BAD_MANIFEST = error(
    "manifest-ulaeseligt",
    "Manifestet kan ikke læses: {grund}.",
    "Hent filen fra en sikkerhedskopi, eller flyt mappen væk, og dan brevene igen.",
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A finished letter with the draft it came from and the name of its file."""

    letter: Letter
    draft: Draft
    file: str
    findings: tuple[Finding, ...]


def manifest(
    version: str,
    case: Case,
    key: RunKey,
    made: Sequence[MadeLetter],
    drafts: Iterable[Draft],
    asked: Asked,
    findings: Iterable[Finding],
    replaces: Mapping[str, Json | None],
    edited: Sequence[Json],
) -> Json:
    """The manifest as plain data.

    ``replaces`` says for each municipality's code what its letter replaces, and why; ``edited`` which
    earlier letters a person has edited.
    """
    return {
        "format": FORMAT,
        "version": version,
        "sag": _case(case),
        "noegle": _key(key),
        "breve": [_letter(one, replaces.get(one.letter.code)) for one in made],
        "samarbejder": [_cooperation(draft, asked) for draft in drafts],
        "fund": [_finding(finding) for finding in findings],
        "rettet_af_andre": list(edited),
    }


def recorded(files: Mapping[str, bytes]) -> list[Json]:
    """Files that lie beside the letters, as the manifest holds them."""
    return [{"fil": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]


def as_bytes(value: Json) -> bytes:
    """The manifest as it is written: each letter and each cooperation on a line of its own."""
    fields = (f"{json.dumps(name)}: {_lines(field)}" for name, field in value.items())
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def _lines(value: object) -> str:
    """JSON with a line for each entry of a list."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


def read_manifest(path: Path) -> Json:
    """The manifest in a file.

    Raises :class:`OutputError` if it is missing, damaged or of another format.
    """
    try:
        value = json.loads(path.read_bytes())
    except OSError as exc:
        raise OutputError([BAD_MANIFEST.at(Place(str(path)), grund=reason(exc))]) from exc
    except ValueError as exc:
        raise OutputError([BAD_MANIFEST.at(Place(str(path)), grund=Phrase("det er ikke JSON"))]) from exc
    if not isinstance(value, dict) or value.get("format") != FORMAT or not _is_whole(value):
        raise OutputError(
            [
                BAD_MANIFEST.at(
                    Place(str(path)),
                    grund=Phrase("det er ikke et manifest af formatet {format}", format=FORMAT),
                )
            ]
        )
    return value


def _is_whole(value: Json) -> bool:
    letters = value.get("breve")
    return (
        isinstance(value.get("sag"), dict)
        and isinstance(value.get("noegle"), dict)
        and isinstance(letters, list)
        and all(
            isinstance(letter, dict)
            and all(isinstance(letter.get(name), str) for name in ("kommune", "fil", "sha256"))
            and PurePath(letter["fil"]).name == letter["fil"]
            for letter in letters
        )
    )


def _case(case: Case) -> Json:
    return {
        "sagsnummer": case.case_number,
        "doknr": case.document_number,
        "titel": case.title,
        "ekstern_id": case.external_id,
        "klassifikation": case.classification.model_dump(mode="json", by_alias=True),
        "adgang": case.access,
        "brevdato": case.letter_date.isoformat(),
        "eksempel": case.example,
    }


def _key(key: RunKey) -> Json:
    return {
        "samlet": key.sha256,
        "sag": key.case,
        "indstillinger": key.settings,
        "skabelon": key.template,
        "program": key.program,
        "pakker": [_package(package) for package in key.packages],
    }


def _package(package: PackageKey) -> Json:
    return {
        "ministerium": package.ministry,
        "pakke": package.package,
        "version": package.version,
        "indhold_sha256": package.content,
    }


def _letter(one: MadeLetter, replaces: Json | None) -> Json:
    letter = one.letter
    return {
        "kommune": letter.code,
        "navn": letter.name,
        "samarbejde": one.draft.cooperation.key,
        "fil": one.file,
        "titel": letter.title,
        "sha256": letter.sha256,
        "indhold_sha256": letter.content_sha256,
        "vilkaar": _tagged(letter.tags, [(c.key, c.number) for c in one.draft.conditions]),
        "oensker": _tagged(letter.tags, [(r.request.key, r.number) for r in one.draft.requests]),
        "erstatter": replaces,
        "fund": [_finding(finding) for finding in one.findings],
    }


def _tagged(tags: Sequence[tuple[str, str]], numbered: Iterable[tuple[str, int]]) -> list[Json]:
    """Each numbered thing with the tag of its content control: the first tag of its key not yet taken."""
    left = list(tags)
    found = []
    for key, number in numbered:
        tag = next((pair for pair in left if pair[1] == key), None)
        if tag:
            left.remove(tag)
        found.append({"nummer": number, "id": key, "maerke": tag[0] if tag else None})
    return found


def _cooperation(draft: Draft, asked: Asked) -> Json:
    key = draft.cooperation.key
    return {
        "id": key,
        "tilbageholdt": draft.held,
        "omfang": draft.extent.value if draft.extent else None,
        "beregnet_omfang": draft.computed.value if draft.computed else None,
        "oensker": [_request(request) for request in draft.requests],
        "vilkaar": [_condition(condition) for condition in draft.conditions],
        "ubrugte_vilkaar": [_unused(condition) for condition in draft.unused],
        "svar": [_answer(answer) for answer in asked.answers if answer.cooperation == key],
        "fund": [_finding(finding) for finding in draft.findings],
    }


def _request(request: DraftRequest) -> Json:
    return {
        "nummer": request.number,
        "id": request.request.key,
        "opgave": request.request.task,
        "vurdering": request.outcome.value if request.outcome else None,
        "bestemmelser": [
            {
                "id": outcome.provision.key,
                "vurdering": outcome.assessment.value if outcome.assessment else None,
                "ministerier": list(outcome.ministries),
                "kilder": [_source(source) for source in outcome.sources],
            }
            for outcome in request.provisions
        ],
    }


def _condition(condition: DraftCondition) -> Json:
    return {
        "nummer": condition.number,
        "id": condition.key,
        "ministerium": condition.ministry,
        "kategori": condition.category.value,
        "retter_sig_mod": list(condition.bound),
        "bemyndiget": condition.authorised,
        "oensker": list(condition.requests),
        "hjemmel": condition.legal_basis,
        "grund": condition.reason,
        "eksempel": condition.sample,
        "tekst": condition.text,
        "tekst_sha256": text_sha256(condition.text),
        "kilde": _source(condition.source),
    }


def _unused(condition: UnusedCondition) -> Json:
    return {
        "id": condition.key,
        "ministerium": condition.ministry,
        "aarsag": condition.reason,
        "tekst": condition.text,
        "tekst_sha256": text_sha256(condition.text),
        "kilde": _source(condition.source),
    }


def _answer(answer: GivenAnswer) -> Json:
    return {
        "ministerium": answer.ministry,
        "oenske": answer.request,
        "bestemmelse": answer.provision,
        "svarpligt": answer.duty,
        "vurdering": answer.answer.assessment.value,
        "ingen_vilkaar": answer.answer.no_conditions,
        "vilkaar": [condition.key for condition in answer.answer.conditions],
        "kilde": _source(answer.source),
        "vilkaarenes_kilde": _source(answer.conditions_source),
    }


def _source(source: Source) -> Json:
    """Where words come from; of a path only the file's name, so that the machine doesn't show."""
    return {
        "slags": source.kind,
        "pakke": source.package,
        "version": source.version,
        "fil": PurePath(source.file).name,
        "dokument": source.document,
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "vaegt": "fejl" if finding.is_error else "advarsel",
        "tekst": finding.message,
        "ministerium": finding.ministry,
        "oenske": finding.request,
    }
