"""What ``hoering ministries`` shows: the ministries, one of them, and their conditions, as data and as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hoering_plugin.foreign import file_shown
from hoering_plugin.model.answer import LoadedMinistry

Row = dict[str, Any]


def ministries_list(ministries: Sequence[LoadedMinistry], on: dt.date | None = None) -> list[Row]:
    """Each ministry with its name on the date (the latest name without a date), package and numbers."""
    return [_summary(loaded, on) for loaded in ministries]


def ministry_show(loaded: LoadedMinistry, on: dt.date | None = None) -> Row:
    """One ministry in full, with the keys of its condition file."""
    ministry = loaded.ministry
    return {
        **_summary(loaded, on),
        "navne": [_plain(entry) for entry in ministry.names],
        "ressort": [_plain(entry) for entry in ministry.remits],
        "vurderinger": [_plain(entry) for entry in ministry.assessments],
        "vilkaar": conditions([loaded], on),
        "oplysninger": [_plain(entry) for entry in ministry.statements if on is None or entry.covers(on)],
    }


def conditions(ministries: Sequence[LoadedMinistry], on: dt.date | None = None) -> list[Row]:
    """Every condition, or those in force on the date, with the ministry each comes from."""
    return [
        {"ministerium": loaded.key, **_plain(condition)}
        for loaded in ministries
        for condition in loaded.ministry.conditions
        if on is None or condition.covers(on)
    ]


def list_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """``ministries_list`` as lines to read."""
    return "\n".join(
        f"{row['noegle']}: {row['navn'] or 'intet navn på datoen'}; {row['pakke']} {row['version']} "
        f"({row['fra']}), {row['antal_vilkaar']} vilkår"
        for row in rows
    )


def show_text(row: Mapping[str, Any]) -> str:
    """``ministry_show`` as text to read."""
    names = [f"  {name['navn']} ({_period(name)})" for name in row["navne"]]
    remits = [f"  {_about(remit)} ({_period(remit)})" for remit in row["ressort"]]
    assessments = [f"  {_about(a)}: {a['vurdering']} ({_period(a)})" for a in row["vurderinger"]]
    parts = [
        list_text([row]),
        "\n".join(["Navne", *names]),
        "\n".join(["Ressort", *remits]),
        "\n".join(["Vurderinger", *assessments]),
        conditions_text(row["vilkaar"]),
        *(f"Oplysning {statement['id']}\n  {statement['tekst']}" for statement in row["oplysninger"]),
    ]
    return "\n\n".join(part for part in parts if part)


def conditions_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """``conditions`` as text to read: what each is about, whom it binds, when it holds, and its words."""
    return "\n\n".join(
        f"{row['id']} ({row['ministerium']}, {row['kategori']}, {row['retter_sig_mod']})\n"
        f"  Vedrører {_about(row)}; gælder {_period(row)}"
        f"{'; kun hvis ' + row['hvis'] if row.get('hvis') else ''}\n  {row['tekst']}"
        for row in rows
    )


def _summary(loaded: LoadedMinistry, on: dt.date | None) -> Row:
    ministry = loaded.ministry
    latest = max(ministry.names, key=lambda name: name.start or dt.date.min)
    name = latest if on is None else ministry.name_on(on)
    held = [remit for remit in ministry.remits if on is None or remit.covers(on)]
    return {
        "noegle": loaded.key,
        "navn": name.ministry if name else None,
        "minister": name.minister if name else None,
        "pakke": loaded.package,
        "version": loaded.version,
        "fra": loaded.origin,
        "fil": file_shown(ministry),
        "opgaveomraader": list(dict.fromkeys(area.value for remit in held for area in remit.areas)),
        "bestemmelser": list(dict.fromkeys(key for remit in held for key in remit.provisions)),
        "tilladelse": any(remit.permission for remit in held),
        "antal_vilkaar": len(_condition_keys(loaded, on)),
    }


def _condition_keys(loaded: LoadedMinistry, on: dt.date | None) -> list[str]:
    """The ids of the conditions in force on the date; each once."""
    found = [c.key for c in loaded.ministry.conditions if on is None or c.covers(on)]
    return list(dict.fromkeys(found))


def _plain(entry: Any) -> Row:
    data: Row = entry.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def _about(row: Mapping[str, Any]) -> str:
    about = [*row.get("opgaveomraader", ()), *row.get("bestemmelser", ())]
    if row.get("tilladelse"):
        about.append("tilladelsen efter § 11 a")
    return ", ".join(about) or "alle opgaver"


def _period(row: Mapping[str, Any]) -> str:
    start, end = row.get("fra"), row.get("til")
    words = [f"fra {start}" if start else "", f"til {end}" if end else ""]
    return " ".join(word for word in words if word) or "altid"
