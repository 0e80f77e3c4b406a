"""What ``hoering ministries`` shows: the ministries, one of them, and their conditions, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.values import Value

View = dict[str, object]
"""A record under Danish keys, ready for JSON."""


def list_view(ministries: Sequence[LoadedMinistry], on: dt.date) -> list[View]:
    """Each ministry with its name on the date, its package, where that was found, and its remit."""
    return [_summary(loaded, on) for loaded in ministries]


def show_view(loaded: LoadedMinistry, on: dt.date) -> View:
    """All that one ministry says: names and assessments over time, and what is in force on the date."""
    ministry = loaded.ministry
    return {
        **_summary(loaded, on),
        "navne": [_plain(entry) for entry in ministry.names],
        "vurderinger": [_plain(entry) for entry in ministry.assessments],
        "vilkaar": conditions_view([loaded], on),
        "oplysninger": [_plain(entry) for entry in ministry.statements if entry.covers(on)],
    }


def conditions_view(ministries: Sequence[LoadedMinistry], on: dt.date) -> list[View]:
    """Every condition in force on the date, with the ministry it comes from."""
    return [
        {"ministerium": loaded.key, **_plain(condition)}
        for loaded in ministries
        for condition in loaded.ministry.conditions
        if condition.covers(on)
    ]


def _summary(loaded: LoadedMinistry, on: dt.date) -> View:
    ministry = loaded.ministry
    name = ministry.name_on(on)
    remits = [remit for remit in ministry.remits if remit.covers(on)]
    return {
        "noegle": loaded.key,
        "navn": name.ministry if name else None,
        "minister": name.minister if name else None,
        "pakke": loaded.package,
        "version": loaded.version,
        "fra": loaded.origin,
        "fil": ministry.file_shown,
        "opgaveomraader": list(dict.fromkeys(area.value for remit in remits for area in remit.areas)),
        "bestemmelser": list(dict.fromkeys(key for remit in remits for key in remit.provisions)),
        "tilladelse": any(remit.permission for remit in remits),
        "antal_vilkaar": sum(condition.covers(on) for condition in ministry.conditions),
    }


def _plain(entry: Value) -> View:
    return entry.model_dump(mode="json", by_alias=True, exclude_none=True)
