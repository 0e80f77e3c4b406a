"""The caseworker's own files, in ``internt/`` beside the versions: the overview, and the register of replies.

The overview is ours, and is made again when what it shows has changed, and not before; one that a person
has edited is put aside under another name first. The register is the caseworker's: it is made once, and then
rows are added to it and nothing else. Neither stands in the way of the letters: what goes wrong is a warning.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, Place, warning
from hoering_plugin.internal.overview_book import LeftOut, Rows, overview_book, overview_rows
from hoering_plugin.internal.replies_book import NotOurs, Row, added, register, reply_rows
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.result import RunResult
from hoering_plugin.sheets import is_open

FOLDER = "internt"
OVERVIEW = "oversigt.xlsx"
REPLIES = "svar.xlsx"
_STAMP = ".oversigt.json"
_FORMAT = 1

KEPT = warning(
    "oversigt-rettet",
    "Oversigten er rettet, siden den blev dannet; den rettede hedder nu »{fil}«.",
    "Skriv egne noter i svar.xlsx eller i et andet regneark.",
)
NOT_WRITTEN = warning(
    "internt-kan-ikke-skrives",
    "{fil} kan ikke skrives: {grund}. Brevene er skrevet.",
    "Luk filen, hvis den er åben i Excel, og kør igen.",
)
REPLIES_OPEN = warning(
    "svar-aabent",
    "svar.xlsx er åben i et andet program, så rækkerne for nye svar er ikke føjet til endnu.",
    "Gem og luk filen, og kør igen.",
)
NOT_ADDED = warning(
    "svar-ikke-udvidet",
    "Rækkerne for {antal} nye svar kan ikke føjes til svar.xlsx: {grund}. Filen er ikke rørt.",
    "Giv arket »Svar« og overskriften »Nøgle« deres navne igen, eller flyt filen, så den dannes på ny.",
)


def has_overview(folder: Path) -> bool:
    """Whether a case's folder has an overview, which then must not fall behind."""
    return (folder / FOLDER / OVERVIEW).exists()


def write_internal(
    folder: Path, case: Case, drafts: Sequence[Draft], result: RunResult, left_out: Sequence[LeftOut]
) -> tuple[Finding, ...]:
    """Bring both files up to what the run's result says; call it while the case's folder is locked."""
    told: list[Finding] = []
    home = folder / FOLDER
    overview = partial(_overview, home, overview_rows(case, drafts, result, left_out))
    replies = partial(_replies, home, reply_rows(drafts, result))
    for file, write in ((OVERVIEW, overview), (REPLIES, replies)):
        try:
            home.mkdir(exist_ok=True)
            told += write()
        except OSError as fault:
            told.append(NOT_WRITTEN.at(Place(str(home / file)), fil=file, grund=reason(fault)))
    return tuple(told)


def _overview(home: Path, rows: Rows) -> list[Finding]:
    shown = _hash(repr((_FORMAT, rows)).encode())
    stamp, path = _stamp(home), home / OVERVIEW
    try:
        there = _hash(path.read_bytes())
    except FileNotFoundError:
        there = ""
    killed = there == stamp.get("foer") != stamp.get("ny")
    if there and not killed and shown == stamp.get("vist"):
        return []  # also where it was saved again in Excel, say with a filter
    told: list[Finding] = []
    if there and there not in (stamp.get("ny"), stamp.get("foer")):
        kept = _free_name(home)
        path.rename(home / kept)
        told.append(KEPT.at(Place(str(path)), fil=kept))
    data = overview_book(rows)
    # The stamp goes first and knows both: killed between the two, the file on disk is still known as ours.
    stamp = {"foer": there, "ny": _hash(data), "vist": shown}
    _put(home / _STAMP, json.dumps(stamp).encode())
    _put(path, data)
    return told


def _replies(home: Path, rows: Sequence[Row]) -> list[Finding]:
    path = home / REPLIES
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        _put(path, register(rows))
        return []
    try:
        data = added(there, rows)
    except NotOurs as fault:
        place = Place(str(path))
        return [NOT_ADDED.at(place, antal=fault.missing, grund=fault)] if fault.missing else []
    if data is not None and is_open(path):
        return [REPLIES_OPEN.at(Place(str(path)))]
    if data is not None:
        _put(path, data)
    return []


def _stamp(home: Path) -> dict[str, str]:
    try:
        value = json.loads((home / _STAMP).read_bytes())
        return value if isinstance(value, dict) else {}
    except (OSError, ValueError):
        return {}


def _free_name(home: Path) -> str:
    number = 1
    while (home / f"oversigt (rettet {number}).xlsx").exists():
        number += 1
    return f"oversigt (rettet {number}).xlsx"


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.ny")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
