"""Letters of consultation over draft dispensations, from what each ministry answers.

The names below are the public ones, and they are stable. Each is imported when it is first used, so that a
ministry's package or a short command doesn't wait for what it doesn't need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoering_plugin.cases import parse_case, read_case
    from hoering_plugin.exporting import export
    from hoering_plugin.findings import (
        CaseError,
        ExitCode,
        Finding,
        HoeringError,
        OutputError,
        Place,
        SetupError,
        Severity,
    )
    from hoering_plugin.generation import generate, letter_template
    from hoering_plugin.hookspecs import hookimpl
    from hoering_plugin.host import load_ministries
    from hoering_plugin.letter.template import Template
    from hoering_plugin.model.answer import Answer, LoadedMinistry, Ministry, Question
    from hoering_plugin.model.case import Case
    from hoering_plugin.model.ministry import Assessment, Condition, Grounds
    from hoering_plugin.model.result import LetterResult, RunResult
    from hoering_plugin.model.settings import Settings
    from hoering_plugin.packs import ministry_from_file
    from hoering_plugin.settings import read_settings

__all__ = [
    "Answer",
    "Assessment",
    "Case",
    "CaseError",
    "Condition",
    "ExitCode",
    "Finding",
    "Grounds",
    "HoeringError",
    "LetterResult",
    "LoadedMinistry",
    "Ministry",
    "OutputError",
    "Place",
    "Question",
    "RunResult",
    "Settings",
    "SetupError",
    "Severity",
    "Template",
    "export",
    "generate",
    "hookimpl",
    "letter_template",
    "load_ministries",
    "ministry_from_file",
    "parse_case",
    "read_case",
    "read_settings",
]

_HOMES = {
    "cases": ("parse_case", "read_case"),
    "exporting": ("export",),
    "findings": (
        "CaseError",
        "ExitCode",
        "Finding",
        "HoeringError",
        "OutputError",
        "Place",
        "SetupError",
        "Severity",
    ),
    "generation": ("generate", "letter_template"),
    "hookspecs": ("hookimpl",),
    "host": ("load_ministries",),
    "letter.template": ("Template",),
    "model.answer": ("Answer", "LoadedMinistry", "Ministry", "Question"),
    "model.case": ("Case",),
    "model.ministry": ("Assessment", "Condition", "Grounds"),
    "model.result": ("LetterResult", "RunResult"),
    "model.settings": ("Settings",),
    "packs": ("ministry_from_file",),
    "settings": ("read_settings",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """The public name, from the module that defines it."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
