"""Whether the samples of a package hold, and reach all that it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hoering_plugin.findings import Finding, Place, error, warning
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import LoadedMinistry, Ministry, Predicate, Question
from hoering_plugin.samples_file import examples_with_lines
from hoering_plugin.testing import Example, answer_of, deviations
from hoering_plugin.toml_lines import Loc

NO_SAMPLES = warning(
    "proever-mangler",
    "Pakken har ingen prøver, så det kan ikke ses, hvornår dens vilkår stilles.",
    "Skriv dem i tests/proever.toml.",
)
FAILS = error(
    "proeve-holder-ikke",
    "Prøven holder ikke: »{saetning}«: {afvigelse}.",
    "Ret prøven eller ministeriets ord.",
)
UNREACHED = warning(
    "vilkaar-uden-proeve", "Ingen prøve når vilkåret »{vilkaar}«.", "Skriv en prøve, hvor det stilles."
)
ONE_SIDED = warning(
    "praedikat-uden-proeve",
    "Ingen prøve viser prædikatet »{praedikat}«, når det {udfald}.",
    "Skriv en prøve for hvert udfald.",
)
FILE = "proever.toml"


@dataclass(frozen=True, slots=True)
class Samples:
    """A package's samples, with the file and line of each."""

    examples: tuple[tuple[Example, Place], ...]


def samples_of(loaded: LoadedMinistry) -> Samples:
    """The samples in the package's own folder; none for a package that is installed without its tests.

    Raises SetupError for a file that can't be read.
    """
    file = loaded.ministry.file
    project = next((p for p in file.parents if (p / "pyproject.toml").exists()), None) if file else None
    if project is None or len(list(project.glob("src/*"))) == 0:
        return Samples(())
    found = sorted(path for path in (project / "tests").rglob(FILE))
    return Samples(tuple(pair for path in found for pair in examples_with_lines(path)))


def sample_faults(ministry: Ministry, samples: Samples) -> Iterator[tuple[Loc | None, Finding]]:
    """Samples that don't hold, and what no sample reaches; each with where in the condition file it is."""
    if not samples.examples:
        yield (), NO_SAMPLES.at()
        return
    seen: dict[str, set[bool]] = {name: set() for name in ministry.predicates}
    watched = replace(ministry, predicates={n: _watched(f, seen[n]) for n, f in ministry.predicates.items()})
    reached: set[str] = set()
    for example, place in samples.examples:
        for deviation in deviations(watched, example):
            yield None, FAILS.at(place, saetning=example.sentence, afvigelse=deviation)
        answer = answer_of(watched, example) if example.provision else ()
        if not isinstance(answer, tuple):
            reached |= {condition.key for condition in answer.conditions}
    for index, condition in enumerate(ministry.conditions):
        if condition.key not in reached:
            yield ("vilkaar", index), UNREACHED.at(vilkaar=condition.key)
    for name, results in seen.items():
        for result, told in ((True, Phrase("gælder")), (False, Phrase("ikke gælder"))):
            if result not in results:
                yield (), ONE_SIDED.at(praedikat=name, udfald=told)


def _watched(predicate: Predicate, results: set[bool]) -> Predicate:
    """The same predicate, with its results noted."""

    def watched(question: Question) -> bool:
        result = predicate(question)
        if isinstance(result, bool):
            results.add(result)
        return result

    return watched


def project_of(path: Path) -> Path | None:
    """The nearest folder above with a ``pyproject.toml``."""
    return next((folder for folder in path.parents if (folder / "pyproject.toml").is_file()), None)
