"""Looking through a ministry's package before it is released: what the host lets pass and a reader not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hoering_plugin.findings import Finding, Place
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.review.periods import period_faults
from hoering_plugin.review.samples import Samples, sample_faults, samples_of
from hoering_plugin.review.twice import twice_faults
from hoering_plugin.review.wording import wording_faults
from hoering_plugin.toml_lines import Loc, path_of, places_in

__all__ = ["review"]


def review(loaded: LoadedMinistry, again: Sequence[str]) -> tuple[Finding, ...]:
    """Everything worth telling about a package that can be loaded, each with file and line, errors first.

    ``again`` are the arguments by which another process loads the same package: its samples are tried there
    twice, in different worlds.
    """
    place_of = _places(loaded)
    found = [
        replace(finding, place=place_of(loc), ministry=loaded.key)
        for loc, finding in (*wording_faults(loaded.ministry), *period_faults(loaded.ministry))
    ]
    samples = samples_of(loaded)
    found += (replace(finding, ministry=loaded.key) for finding in _samples(loaded, samples, again, place_of))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: not finding.is_error))


def _samples(
    loaded: LoadedMinistry, samples: Samples, again: Sequence[str], place_of: PlaceOf
) -> Iterator[Finding]:
    for loc, finding in sample_faults(loaded.ministry, samples):
        yield replace(finding, place=place_of(loc)) if loc is not None else finding
    if samples.examples:
        yield from twice_faults(samples, again)


class PlaceOf:
    """Where something in the ministry's condition file is."""

    def __init__(self, file: Path | None) -> None:
        self._places = places_in(file.read_text("utf-8-sig"), str(file)) if file else None

    def __call__(self, loc: Loc) -> Place:
        return self._places(loc) if self._places else Place(path=path_of(loc))


def _places(loaded: LoadedMinistry) -> PlaceOf:
    return PlaceOf(loaded.ministry.file)
