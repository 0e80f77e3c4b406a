"""Running a ministry's own code: whatever it does wrong becomes a finding that says whose it is and where."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hoering_plugin.aside import foreign_code
from hoering_plugin.findings import Finding, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.model.answer import LoadedMinistry, Question
from hoering_plugin.validation import shown

RAISED = error(
    "pakke-fejl",
    "{hvad} i pakken {pakke} {version} gik i stå under spørgsmålet om »{bestemmelse}«: {fejl}.",
    "Ministeriets udvikler skal rette funktionen; imens kan svaret gives i sagen under »ministersvar«.",
)
WRONG_RESULT = error(
    "pakke-resultat",
    "{hvad} i pakken {pakke} {version} svarede på »{bestemmelse}« med {vaerdi}, som ikke er {ventet}.",
    "Ministeriets udvikler skal rette funktionen.",
)

_OURS = Path(__file__).parent


class Failed(Exception):  # noqa: N818  (it carries a finding; it is no error of ours)
    """A ministry's code raised or gave what it may not; ``finding`` tells."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def call(
    loaded: LoadedMinistry,
    question: Question,
    function: Callable[[Question], object],
    what: str,
    wanted: tuple[type, ...],
    expected: str,
) -> Any:
    """The function's result, of a wanted type. ``what`` and ``expected`` name both in Danish.

    Raises Failed if it raises anything, ``sys.exit`` included, or gives another type. KeyboardInterrupt is
    the user's and goes on.
    """
    about = {"hvad": what, "pakke": loaded.package, "version": loaded.version}
    about["bestemmelse"] = question.provision.key
    whose = {
        "ministry": loaded.key,
        "cooperation": question.cooperation.key,
        "request": question.request.key,
    }
    try:
        with foreign_code():
            result = function(question)
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        raise Failed(RAISED.at(place_of(fault), **whose, **about, fejl=described(fault))) from fault
    if not isinstance(result, wanted):
        place = _definition(function) or Place(loaded.ministry.file_shown)
        raise Failed(WRONG_RESULT.at(place, **whose, **about, vaerdi=shown(result), ventet=expected))
    return result


def place_of(fault: BaseException) -> Place:
    """The innermost line of an exception that isn't in this program."""
    told = getattr(fault, "place", None)
    if isinstance(told, Place):
        return told
    frames = traceback.extract_tb(fault.__traceback__)
    foreign = [f for f in frames if _OURS not in Path(f.filename).parents and not f.filename.startswith("<")]
    return Place(foreign[-1].filename, foreign[-1].lineno) if foreign else Place()


def described(fault: BaseException) -> str:
    """``ValueError: no such date``, on one line; of an error that tells a phrase, the phrase."""
    if fault.args and isinstance(fault.args[0], Phrase):
        return fault.args[0]
    try:
        said = " ".join(str(fault).split())
    except Exception:  # noqa: BLE001  (even telling about itself is the package's code)
        said = ""
    return f"{type(fault).__name__}: {said}"[:300] if said else type(fault).__name__


def _definition(function: object) -> Place | None:
    code = getattr(function, "__code__", None)
    return Place(code.co_filename, code.co_firstlineno) if code else None
