"""Loading the ministries: each package is imported, asked for its Ministry and checked, or refused by name.

pluggy keeps the hooks; the host calls each implementation itself, so that it always knows whose answer it
has, and no package's fault hides another's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pluggy

from hoering_plugin import hookspecs
from hoering_plugin.aside import foreign_code
from hoering_plugin.discovery import Candidate, candidates_in, installed_candidates
from hoering_plugin.findings import Finding, Place, SetupError, error
from hoering_plugin.foreign import described, place_of
from hoering_plugin.hookspecs import PROJECT
from hoering_plugin.language import Phrase
from hoering_plugin.ministry_checks import check_ministry
from hoering_plugin.model.answer import LoadedMinistry, Ministry
from hoering_plugin.toml_lines import path_of
from hoering_plugin.validation import did_you_mean, shown

IMPORT_FAILED = error(
    "pakke-indlaesning",
    "Pakken kan ikke indlæses: {fejl} ({hvor}).",
    "Ministeriets udvikler skal rette pakken; fjern den indtil da, hvis ministeriet ikke skal svare.",
)
MISSPELT = error(
    "hook-ukendt",
    "Funktionen »{navn}« er mærket som hook, men programmet kender ikke det navn.",
    "{forslag}Navnet er hoering_ministry.",
)
BAD_HOOK = error(
    "hook-forkert", "Funktionen hoering_ministry kan ikke bruges: {fejl}.", "Den tager ingen argumenter."
)
NO_HOOK = error(
    "pakke-uden-hook",
    "Pakken registrerer ikke noget ministerium.",
    "Tilføj funktionen hoering_ministry, mærket med @hookimpl.",
)
NOT_MINISTRY = error(
    "pakke-intet-ministerium",
    "Funktionen hoering_ministry giver {vaerdi} og ikke et ministerium.",
    "Lad den returnere ministry_from_file(...).",
)
TWO_NAMES = error(
    "pakke-navn-to", "Pakken hedder »{navn}« ligesom {anden}.", "Fjern den ene, eller giv den et andet navn."
)
TWO_KEYS = error(
    "ministerium-to",
    "Ministeriet »{noegle}« kommer både fra denne pakke og fra {anden}.",
    "Brug kun den ene: afinstallér pakken, eller udelad --hooks-dir.",
)
TWO_IDS = error(
    "noegle-to-pakker",
    "Nøglen »{noegle}« bruges både i denne pakke og i {anden}.",
    "Giv den ene en anden nøgle, fx med ministeriets nøgle forrest.",
)

Found = tuple[Candidate, Ministry]


def load_ministries(hooks_dirs: Sequence[Path] = (), *, installed: bool = True) -> tuple[LoadedMinistry, ...]:
    """Every ministry, from the installed packages and from folders of hooks, sorted by key.

    Raises SetupError with everything that is wrong with any of them.
    """
    candidates, findings = installed_candidates() if installed else ([], [])
    for folder in hooks_dirs:
        more, wrong = candidates_in(Path(folder))
        candidates += more
        findings += wrong
    candidates.sort(key=lambda c: (c.name, c.package, c.version, c.file))
    findings += _same_names(candidates)
    found: list[Found] = []
    for candidate in candidates:
        values, wrong = _ministries_of(candidate)
        found += [(candidate, value) for value in values]
        findings += wrong
    findings += (*_same_keys(found), *_same_ids(found))
    if findings:
        raise SetupError(dict.fromkeys(findings))
    loaded = [
        LoadedMinistry(ministry, candidate.package, candidate.version, candidate.origin)
        for candidate, ministry in found
    ]
    return tuple(sorted(loaded, key=lambda entry: entry.key))


def _ministries_of(candidate: Candidate) -> tuple[list[Ministry], list[Finding]]:
    """What one package registers, and all that is wrong with it."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    module, findings = _guarded(candidate, candidate.load)
    if findings:
        return [], findings
    findings += _misspelt(candidate, manager, module)
    try:
        manager.register(module, name=candidate.name)
    except (pluggy.PluginValidationError, ValueError) as fault:
        return [], [*findings, BAD_HOOK.at(candidate.place, fejl=described(fault))]
    implementations = manager.hook.hoering_ministry.get_hookimpls()
    if not implementations and not findings:
        findings.append(NO_HOOK.at(candidate.place))
    ministries: list[Ministry] = []
    for implementation in implementations:
        value, wrong = _guarded(candidate, implementation.function)
        if not wrong:
            wrong = _faults(candidate, value)
        if not wrong and isinstance(value, Ministry):
            ministries.append(value)
        findings += wrong
    return ministries, findings


def _guarded(candidate: Candidate, call: Callable[[], object]) -> tuple[object, list[Finding]]:
    """What the package's own code gives; whatever it raises, ``sys.exit`` included, is a finding."""
    try:
        with foreign_code():
            return call(), []
    except KeyboardInterrupt:
        raise
    except SetupError as faults:
        return None, [_of_package(candidate, finding) for finding in faults.findings]
    except BaseException as fault:  # noqa: BLE001  (one package's fault must not hide the others')
        where = str(place_of(fault)) or candidate.file
        return None, [IMPORT_FAILED.at(candidate.place, fejl=described(fault), hvor=where)]


def _faults(candidate: Candidate, value: object) -> list[Finding]:
    if not isinstance(value, Ministry):
        return [NOT_MINISTRY.at(candidate.place, vaerdi=Phrase("intet") if value is None else shown(value))]
    return [
        replace(finding, place=replace(candidate.place, path=path_of(loc)))
        for loc, finding in check_ministry(value)
    ]


def _of_package(candidate: Candidate, finding: Finding) -> Finding:
    """A finding in a file of the package, with the package named before the file."""
    file = finding.place.file or candidate.file
    return finding.within(f"{candidate.package} {candidate.version}, {file}")


def _misspelt(candidate: Candidate, manager: pluggy.PluginManager, module: object) -> list[Finding]:
    """Functions that are marked as hooks under a name that the program doesn't call."""
    findings: list[Finding] = []
    for name in dir(module):
        marked = manager.parse_hookimpl_opts(module, name)
        if marked is None or (marked.get("specname") or name) == "hoering_ministry":
            continue
        code = getattr(getattr(module, name), "__code__", None)
        place = replace(candidate.place, line=code.co_firstlineno) if code else candidate.place
        findings.append(MISSPELT.at(place, navn=name, forslag=did_you_mean(name, ["hoering_ministry"])))
    return findings


def _same_names(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    for one, other in combinations(candidates, 2):
        if one.name == other.name:
            yield TWO_NAMES.at(other.place, navn=one.name, anden=one.place)


def _same_keys(found: Sequence[Found]) -> Iterator[Finding]:
    for (one, first), (other, second) in combinations(found, 2):
        if first.key == second.key:
            yield TWO_KEYS.at(other.place, ministry=first.key, noegle=first.key, anden=one.place)


def _same_ids(found: Sequence[Found]) -> Iterator[Finding]:
    """Ids of conditions and statements stand in letters and manifests: they are one package's each."""
    owners: dict[str, Found] = {}
    for candidate, ministry in found:
        for entry in dict.fromkeys(
            [*(c.key for c in ministry.conditions), *(s.key for s in ministry.statements)]
        ):
            owner, whose = owners.setdefault(entry, (candidate, ministry))
            if whose.key != ministry.key:
                place: Place = candidate.place
                yield TWO_IDS.at(place, ministry=ministry.key, noegle=entry, anden=owner.place)
