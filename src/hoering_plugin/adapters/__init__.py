"""Adapters: packages that read a records system's own case format, or hand a finished letter on to it.

An adapter is found by its entry point in the group ``hoering_plugin.adapters`` and used when it is asked for
by name, never by guess. Its module has one or both of two functions marked with ``hookimpl``:
``hoering_read_case(data, name)`` gives the case as plain data with the JSON format's keys, and
``hoering_deliver(delivery)`` hands one letter on and gives a word on where it went.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from hoering_plugin.aside import foreign_code
from hoering_plugin.cases import Reading, reading_of_plain
from hoering_plugin.findings import CaseError, HoeringError, Kind, OutputError, Place, SetupError, error
from hoering_plugin.foreign import described, place_of
from hoering_plugin.language import Phrase
from hoering_plugin.model.metadata import LetterMetadata
from hoering_plugin.validation import did_you_mean, shown

GROUP = "hoering_plugin.adapters"
HOOKS = ("hoering_read_case", "hoering_deliver")

UNKNOWN = error("adapter-ukendt", "Der er ingen adapter »{navn}«.", "{forslag}Installeret er: {kendte}.")
BROKEN = error(
    "adapter-indlaesning",
    "Adapteren {pakke} kan ikke indlæses: {fejl} ({hvor}).",
    "Dens udvikler skal rette den.",
)
MISSPELT = error(
    "adapter-hook-ukendt", "Adapteren {pakke} har en hook »{hook}«, som ikke kendes.", "{forslag}Ret navnet."
)
CANNOT = error("adapter-kan-ikke", "Adapteren {pakke} har ikke {hook}.", "Vælg en adapter, der kan det.")
FAILED = error(
    "adapter-fejl",
    "Adapteren {pakke} gik i stå: {fejl} ({hvor}).",
    "Prøv igen, eller giv beskeden til dens udvikler.",
)
RUBBISH = error(
    "adapter-resultat",
    "Adapteren {pakke} gav {vaerdi}, som ikke er {ventet}.",
    "Dens udvikler skal rette den.",
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One letter to be handed on. ``metadata`` are those of the file as it is now; ``target`` is where to."""

    file: str
    data: bytes
    metadata: LetterMetadata
    target: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """A loaded adapter, with the package it came in."""

    name: str
    package: str
    module: Any

    def hook(self, name: str) -> Any:
        """The adapter's function of that name. Raises SetupError where it has none."""
        function = getattr(self.module, name, None)
        if function is None:
            raise SetupError([CANNOT.at(pakke=self.package, hook=name)])
        return function


def load_adapter(name: str) -> Adapter:
    """The installed adapter of that name. Raises SetupError where there is none that can be used."""
    found = {
        entry.name: (f"{distribution.metadata['Name']} {distribution.version}", entry)
        for distribution in metadata.distributions()
        for entry in distribution.entry_points
        if entry.group == GROUP
    }
    if name not in found:
        known = ", ".join(sorted(found)) or Phrase("ingen")
        raise SetupError([UNKNOWN.at(navn=name, forslag=did_you_mean(name, found), kendte=known)])
    package, entry = found[name]
    try:
        with foreign_code():
            module = entry.load()
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        raise SetupError([_told(BROKEN, package, fault)]) from fault
    for attribute in dir(module):
        marked = getattr(getattr(module, attribute), "hoering_plugin_impl", None)
        if marked is not None and attribute not in HOOKS:
            hint = did_you_mean(attribute, HOOKS)
            raise SetupError([MISSPELT.at(pakke=package, hook=attribute, forslag=hint)])
    return Adapter(name, package, module)


def read_foreign(adapter: Adapter, data: bytes, name: str) -> Reading:
    """The case in a records system's own format. Raises CaseError and SetupError."""
    value = _called(adapter, "hoering_read_case", CaseError, data=data, name=name)
    if not isinstance(value, Mapping):
        told = RUBBISH.at(Place(name), pakke=adapter.package, vaerdi=shown(value), ventet=Phrase("en sag"))
        raise CaseError([told])
    return reading_of_plain(dict(value), name)


def deliver(adapter: Adapter, delivery: Delivery) -> str:
    """Hand one letter on; where it went. Raises OutputError where that can't be done."""
    value = _called(adapter, "hoering_deliver", OutputError, delivery=delivery)
    if not isinstance(value, str):
        place = Place(delivery.file)
        raise OutputError(
            [RUBBISH.at(place, pakke=adapter.package, vaerdi=shown(value), ventet=Phrase("en tekst"))]
        )
    return value


def _called(adapter: Adapter, hook: str, fault_type: type[HoeringError], **values: object) -> Any:
    function = adapter.hook(hook)
    try:
        with foreign_code():
            return function(**values)
    except (KeyboardInterrupt, HoeringError):
        raise
    except BaseException as fault:
        raise fault_type([_told(FAILED, adapter.package, fault)]) from fault


def _told(kind: Kind, package: str, fault: BaseException) -> Any:
    return kind.at(pakke=package, fejl=described(fault), hvor=str(place_of(fault)) or Path(__file__).name)
