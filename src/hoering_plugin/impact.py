"""What a new version of a package changes in the letters: which, and which words, before anybody installs it.

Each side is drafted in a process of its own, where its package stands in the place of the other; every other
ministry is the same on both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from typing import Any

from hoering_plugin.findings import Finding, Place, SetupError, Severity, error
from hoering_plugin.language import Phrase, is_english, joined

BAD_WHEEL = error(
    "diff-hjul",
    "Hjulet kan ikke pakkes ud: {grund}.",
    "Byg det igen med python -m build, eller angiv pakkens mappe.",
)
CHILD_FAILED = error(
    "diff-proces",
    "Sagerne kan ikke udarbejdes med »{hvad}«: {fejl}",
    "Prøv hoering ministries check på pakken.",
)
MAX_UNPACKED = 50_000_000
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Changed:
    """A letter whose text isn't the same. ``lines`` are those that differ, with »- « or »+ « before them."""

    case_number: str
    municipality: str
    name: str
    before: str
    after: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedCondition:
    """A condition that appears, vanishes or has other words, in one cooperation. Empty: it isn't there."""

    case_number: str
    cooperation: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What differs between two versions of a package, over some cases."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    letters: tuple[Changed, ...]
    conditions: tuple[ChangedCondition, ...]
    findings: tuple[str, ...]


def impact(before: str, after: str, cases: Sequence[Path]) -> Impact:
    """Draft every case with each of two packages, and say what differs.

    ``before`` and ``after`` are each an installed ministry or package, a folder, or a wheel. Raises
    SetupError where one can't be loaded or the cases can't be drafted with it.
    """
    old, new = _drafted(before, cases), _drafted(after, cases)
    letters: list[Changed] = []
    conditions: list[ChangedCondition] = []
    findings: list[str] = []
    for case, one in old["cases"].items():
        other = new["cases"][case]
        letters += _letters(one, other)
        conditions += _conditions(one, other)
        findings += [
            f"- {one['case_number']}: {text}" for text in one["findings"] if text not in other["findings"]
        ]
        findings += [
            f"+ {one['case_number']}: {text}" for text in other["findings"] if text not in one["findings"]
        ]
    return Impact(
        tuple(old["packages"]), tuple(new["packages"]), tuple(letters), tuple(conditions), tuple(findings)
    )


def _letters(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Changed]:
    for code, letter in one["letters"].items():
        after = other["letters"][code]
        if letter["text"] != after["text"]:
            lines = ndiff(letter["text"].splitlines(), after["text"].splitlines())
            differing = tuple(line for line in lines if line[:2] in ("- ", "+ "))
            yield Changed(
                one["case_number"], code, letter["name"], letter["status"], after["status"], differing
            )


def _conditions(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[ChangedCondition]:
    keys = dict.fromkeys([*one["conditions"], *other["conditions"]])
    for key in keys:
        before, after = one["conditions"].get(key, ""), other["conditions"].get(key, "")
        if before != after:
            cooperation, name = key.split("/")[:2]
            yield ChangedCondition(one["case_number"], cooperation, name, before, after)


def _drafted(what: str, cases: Sequence[Path]) -> dict[str, Any]:
    """What the child process drafted with that package."""
    files = [str(case.absolute()) for case in cases]
    with _located(what) as (order, path):
        try:
            done = subprocess.run(
                [sys.executable, "-m", "hoering_plugin.impact_child"],
                input=json.dumps(order | {"english": is_english(), "cases": files}),
                capture_output=True,
                encoding="utf-8",
                env=_environment(path),
                timeout=_SECONDS,
                check=False,
            )
            answer: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            late = Phrase("ikke færdig efter {antal} sekunder.", antal=_SECONDS)
            raise SetupError([CHILD_FAILED.at(hvad=what, fejl=late)]) from None
        except ValueError:
            last = [line[:300] for line in done.stderr.strip().splitlines()[-1:]]
            said = joined([*(last or [Phrase("den gik i stå uden et ord")]), "."], "")
            raise SetupError([CHILD_FAILED.at(hvad=what, fejl=said)]) from None
    if "errors" in answer:
        raise SetupError(
            Finding(
                one["id"],
                Severity.ERROR,
                one["message"].replace("{", "{{").replace("}", "}}"),
                "",
                (),
                Place(one["place"]),
            )
            for one in answer["errors"]
        )
    return answer


@contextmanager
def _located(what: str) -> Iterator[tuple[dict[str, str], str]]:
    """How the child finds the package: its order, and a folder to be imported from before all others."""
    if what.endswith(".whl"):
        folder = Path(tempfile.mkdtemp(prefix="hoering-hjul-"))
        try:
            _unpack(Path(what), folder)
            yield {"wheel": Path(what).name.partition("-")[0]}, str(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    elif Path(what).is_dir():
        yield {"folder": str(Path(what).absolute())}, ""
    else:
        yield {"installed": what}, ""


def _unpack(wheel: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise SetupError([BAD_WHEEL.at(Place(str(wheel)), grund=Phrase("det fylder for meget"))])
            archive.extractall(folder)
    except (OSError, zipfile.BadZipFile) as fault:
        raise SetupError([BAD_WHEEL.at(Place(str(wheel)), grund=Phrase("det er ikke et hjul"))]) from fault


def _environment(path: str) -> dict[str, str]:
    own = dict(os.environ)
    if path:
        own["PYTHONPATH"] = os.pathsep.join(filter(None, [path, own.get("PYTHONPATH", "")]))
    return own
