"""The process that drafts cases with one package in the place of the installed one of the same ministry.

Reads an order as JSON on standard input, and writes what came of it as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hoering_plugin.cases import read_case
from hoering_plugin.drafting import draft_case
from hoering_plugin.findings import HoeringError, Place, SetupError, error
from hoering_plugin.host import load_ministries
from hoering_plugin.language import Phrase, speak_english, spoken
from hoering_plugin.letter.errors import LetterError
from hoering_plugin.letter.letter import letter_order, make_letter
from hoering_plugin.letter.template import Template
from hoering_plugin.letter.templates import template_path
from hoering_plugin.letter.text import letter_text
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.settings import Settings

NOT_FOUND = error(
    "diff-pakke-ukendt",
    "»{hvad}« er hverken en mappe, et hjul eller et indlæst ministerium.",
    "Indlæst er: {kendte}.",
)


def main() -> None:
    """Do what the order says."""
    order = json.load(sys.stdin)
    speak_english(order["english"])
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a package prints is not the answer
    try:
        chosen, ministries = ministries_for(order)
        template = Template(template_path(), restricted=True)
        answer: dict[str, Any] = {
            "packages": [f"{one.package} {one.version}" for one in chosen],
            "cases": {case: drafted(Path(case), ministries, template) for case in order["cases"]},
        }
    except HoeringError as fault:
        answer = {
            "errors": [
                {"id": f.id, "message": spoken(f.message), "place": str(f.place)} for f in fault.findings
            ]
        }
    json.dump(answer, out)
    out.flush()


def ministries_for(order: Mapping[str, Any]) -> tuple[list[LoadedMinistry], list[LoadedMinistry]]:
    """The package that is asked about, and all ministries with it in its place."""
    installed = load_ministries()
    if "folder" in order:
        chosen = list(load_ministries([Path(order["folder"])], installed=False))
    else:
        what = order.get("installed") or order["wheel"]
        chosen = [one for one in installed if what == one.key or _plain(what) == _plain(one.package)]
    if not chosen:
        known = ", ".join(one.key for one in installed)
        raise SetupError(
            [NOT_FOUND.at(Place(), hvad=order.get("installed", order.get("wheel", "")), kendte=known)]
        )
    keys = {one.key for one in chosen}
    others = [one for one in installed if one.key not in keys]
    return chosen, sorted([*chosen, *others], key=lambda one: one.key)


def drafted(file: Path, ministries: list[LoadedMinistry], template: Template) -> dict[str, Any]:
    """One case: the text of each letter, each condition, and what was found."""
    case = read_case(file)
    made = draft_case(case, ministries, Settings())
    letters: dict[str, Any] = {}
    conditions: dict[str, str] = {}
    findings = [spoken(finding.message) for finding in made.findings]
    for draft in made.drafts:
        findings += (spoken(finding.message) for finding in draft.findings)
        for condition in draft.conditions:
            key = f"{draft.cooperation.key}/{condition.key}/{condition.authorised or ''}"
            conditions[key] = condition.text
        for municipality in draft.municipalities:
            order = letter_order(draft, case, municipality.code, ministries, Settings())
            try:
                text = letter_text(make_letter(template, order).data)
            except LetterError as fault:
                text = "\n".join(spoken(finding.message) for finding in fault.findings)
            status = spoken(Phrase("tilbageholdt") if made.is_held(draft) else Phrase("skrives"))
            letters[municipality.code] = {"name": municipality.name, "text": text, "status": status}
    return {
        "case_number": case.case_number,
        "letters": letters,
        "conditions": conditions,
        "findings": list(dict.fromkeys(findings)),
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
