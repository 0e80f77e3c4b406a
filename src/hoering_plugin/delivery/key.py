"""The key of a run: the hashes by which two runs are the same, and by which it is told why they differ."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version as installed_version

from pydantic import BaseModel

from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.settings import Settings


@dataclass(frozen=True, slots=True)
class PackageKey:
    """A ministry's package: what it is called, its version, and the hash of all that it registered."""

    ministry: str
    package: str
    version: str
    origin: str
    content: str


@dataclass(frozen=True, slots=True)
class RunKey:
    """Everything that a letter is made from. Hashes are SHA-256 in hexadecimal."""

    case: str
    settings: str
    template: str
    program: str
    packages: tuple[PackageKey, ...]

    @property
    def parts(self) -> dict[str, object]:
        """The key part by part, under the Danish words that tell why a letter differs."""
        return {
            "sag": self.case,
            "indstillinger": self.settings,
            "skabelon": self.template,
            "program": self.program,
            "pakke": [[p.ministry, p.package, p.version, p.content] for p in self.packages],
        }

    @property
    def sha256(self) -> str:
        """One hash for all of it."""
        return _hashed(self.parts)


def run_key(
    case: Case, settings: Settings, template_sha256: str, ministries: Iterable[LoadedMinistry]
) -> RunKey:
    """The key of a run on this case with these packages, in any order."""
    # Where the template lies is no part of what it says: its bytes have a hash of their own.
    policy = settings.model_copy(update={"template": None})
    return RunKey(
        _hashed(_plain(case)),
        _hashed(_plain(policy)),
        template_sha256,
        program_version(),
        package_keys(ministries),
    )


def package_keys(ministries: Iterable[LoadedMinistry]) -> tuple[PackageKey, ...]:
    """What each package is and says, by the ministry's key."""
    return tuple(
        PackageKey(m.key, m.package, m.version, m.origin, _content(m))
        for m in sorted(ministries, key=lambda m: m.key)
    )


def program_version() -> str:
    """The version of this program."""
    return installed_version("hoering-plugin")


def text_sha256(text: str) -> str:
    """The hash of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _content(loaded: LoadedMinistry) -> str:
    """The hash of a ministry's words and of the source of its own code."""
    ministry = loaded.ministry
    return _hashed(
        {
            "names": [_plain(value) for value in ministry.names],
            "remits": [_plain(value) for value in ministry.remits],
            "assessments": [_plain(value) for value in ministry.assessments],
            "conditions": [_plain(value) for value in ministry.conditions],
            "statements": [_plain(value) for value in ministry.statements],
            "predicates": {name: _source(code) for name, code in ministry.predicates.items()},
            "answer": _source(ministry.answer) if ministry.answer else None,
        }
    )


def _source(code: Callable[..., object]) -> str:
    """The source of a predicate, or its name where there is no source, as for a class's instance."""
    try:
        return inspect.getsource(code)
    except (OSError, TypeError):
        return getattr(code, "__qualname__", type(code).__qualname__)


def _plain(value: BaseModel) -> object:
    return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _hashed(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text_sha256(canonical)
