"""A TOML file read into a value, or everything that is wrong with it, each fault with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import pydantic

from hoering_plugin.disk import reason
from hoering_plugin.findings import Place, SetupError, error
from hoering_plugin.model.values import Value
from hoering_plugin.toml_lines import places_in
from hoering_plugin.toml_words import in_danish
from hoering_plugin.validation import findings_from

UNREADABLE = error("toml-ulaeselig", "Filen kan ikke læses: {aarsag}.", "Se efter, om stien er rigtig.")
NOT_UTF8 = error("toml-tegnsaet", "Filen er ikke skrevet i UTF-8 (byte {plads}).", "Gem den igen som UTF-8.")
NOT_TOML = error(
    "toml-ugyldig",
    "Filen er ikke gyldig TOML: {aarsag}.",
    "Se efter et manglende anførselstegn, lighedstegn eller en parentes på linjen eller den før.",
)

V = TypeVar("V", bound=Value)


def read_toml(path: Path, model: type[V]) -> tuple[V, str]:
    """The file as a value of ``model``, and its text. Raises SetupError with every fault."""
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise SetupError([UNREADABLE.at(Place(file), aarsag=reason(fault))]) from fault
    except UnicodeDecodeError as fault:
        raise SetupError([NOT_UTF8.at(Place(file), plads=fault.start)]) from fault
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        where = re.search(r"\(at line (\d+)", str(fault))
        line = int(where[1]) if where else text.count("\n") + 1
        said = in_danish(str(fault).partition(" (at")[0])
        raise SetupError([NOT_TOML.at(Place(file, line), aarsag=said)]) from fault
    try:
        return model.model_validate(values), text
    except pydantic.ValidationError as faults:
        raise SetupError(findings_from(faults, model, places_in(text, file))) from faults
