"""The process in which one package's code runs: questions come as lines of JSON, and answers go the same way.

    python -m hoering_plugin.isolation_child KEY [HOOKS_DIR]

What the package prints goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from hoering_plugin.foreign import described, place_of
from hoering_plugin.host import load_ministries
from hoering_plugin.model.answer import Answer, Ministry, Question
from hoering_plugin.model.case import Case
from hoering_plugin.validation import shown


def main(key: str, folder: str = "") -> None:
    """Answer until nobody asks any more."""
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    folders = [Path(folder)] if folder else []
    loaded = next(one for one in load_ministries(folders, installed=not folder) if one.key == key)
    case: Case | None = None
    for line in questions:
        order = json.loads(line)
        if "case" in order:
            case = Case.model_validate_json(order["case"])
        if case is not None:
            answers.write(json.dumps(answer(loaded.ministry, order, case)) + "\n")
            answers.flush()


def answer(ministry: Ministry, order: dict[str, Any], case: Case) -> dict[str, Any]:
    """What the package's function gives or raises, as plain data."""
    question = Question(
        case=case,
        cooperation=case.cooperation(order["cooperation"]),
        request=next(one for one in case.requests if one.key == order["request"]),
        provision=case.law.provision(order["provision"]),
    )
    function = ministry.predicates[order["name"]] if order["what"] == "predicate" else ministry.answer
    try:
        value = function(question) if function else None
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is told
        place = place_of(fault)
        said = described(fault).partition(": ")[2]
        return {"raised": type(fault).__name__, "said": said, "file": place.file, "line": place.line}
    if isinstance(value, Answer):
        return {"answer": value.model_dump(mode="json", by_alias=True)}
    if value is None or isinstance(value, bool):
        return {"value": value}
    return {"rubbish": shown(value)}


if __name__ == "__main__":
    main(*sys.argv[1:])
