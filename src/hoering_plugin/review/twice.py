"""Whether a package says the same in two worlds: on another day, in another time zone and process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

from hoering_plugin.findings import Finding, error
from hoering_plugin.language import Phrase, joined
from hoering_plugin.review.samples import Samples

DIFFERS = error(
    "proeve-to-svar",
    "Prøven »{saetning}« får et andet svar på en anden dag, i en anden tidszone eller i en anden kørsel.",
    "Pakkens kode må kun bruge spørgsmålet: ikke uret, tilfældige tal, miljøet eller rækkefølgen i et set.",
)
NO_ANSWER = error(
    "proeve-proces",
    "Pakkens prøver kan ikke køres i en proces for sig: {fejl}",
    "Se efter, om pakken kan indlæses alene, og om den bliver færdig.",
)
WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "HOERING_PROEVE_DAG": "2020-01-01"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "HOERING_PROEVE_DAG": "2033-12-31"},
)
_SECONDS = 120


def twice_faults(samples: Samples, again: Sequence[str]) -> Iterator[Finding]:
    """A finding for each sample that is answered differently, or for processes that give no answers."""
    answers: list[dict[str, object]] = []
    for world in WORLDS:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, in this interpreter
                [sys.executable, "-m", "hoering_plugin.review.child", *again],
                capture_output=True,
                encoding="utf-8",
                env={**_environment(), **world},
                timeout=_SECONDS,
                check=False,
            )
            answers.append(json.loads(done.stdout))
        except subprocess.TimeoutExpired:
            yield NO_ANSWER.at(fejl=Phrase("de er ikke færdige efter {antal} sekunder.", antal=_SECONDS))
            return
        except ValueError:
            said = done.stderr.strip().splitlines()
            yield NO_ANSWER.at(
                fejl=joined([said[-1][:200] if said else Phrase("den gik i stå uden et ord"), "."], "")
            )
            return
    one, other = answers
    for example, place in samples.examples:
        if one.get(example.sentence) != other.get(example.sentence):
            yield DIFFERS.at(place, saetning=example.sentence)


def _environment() -> dict[str, str]:
    # The child needs what this process needs to find its modules; the two worlds differ in what is set above.
    return dict(os.environ)
