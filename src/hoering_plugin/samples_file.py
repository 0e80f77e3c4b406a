"""A package's ``proever.toml``: its samples with the line of each, or every fault in it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from hoering_plugin.findings import Place
from hoering_plugin.model.values import Value
from hoering_plugin.testing import Example
from hoering_plugin.toml_lines import places_in
from hoering_plugin.toml_values import read_toml


class ExamplesFile(Value):
    """The whole file."""

    examples: tuple[Example, ...] = Field(alias="proever", min_length=1, description="Prøverne.")


def examples_with_lines(path: Path) -> tuple[tuple[Example, Place], ...]:
    """Each example with its place. Raises SetupError with every fault and its line."""
    read, text = read_toml(path, ExamplesFile)
    place_of = places_in(text, str(path))
    return tuple((one, place_of(("proever", index))) for index, one in enumerate(read.examples))
