"""The process that tries a package's samples in a world of its own: another day, time zone and hash seed.

    python -m hoering_plugin.review.child KEY [HOOKS_DIR]

Prints the answers as one JSON object, by the samples' sentences.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path


class _RealDates(type):
    """A date made elsewhere is a date here too."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


class Date(dt.date, metaclass=_RealDates):
    """A date whose today is the day that is pretended."""

    noon = 0.0

    @classmethod
    def today(cls) -> dt.date:  # type: ignore[override]
        """The pretended day."""
        return REAL_DATE.fromtimestamp(cls.noon)


class DateTime(dt.datetime, metaclass=_RealDates):
    """A time whose now is noon on the day that is pretended."""

    noon = 0.0

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        """The pretended noon."""
        return REAL_DATETIME.fromtimestamp(cls.noon, tz)

    @classmethod
    def utcnow(cls) -> dt.datetime:  # type: ignore[override]
        """The pretended noon, without its time zone."""
        return cls.now(dt.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> dt.datetime:  # type: ignore[override]
        """The pretended noon."""
        return cls.now()


REAL_DATE, REAL_DATETIME = dt.date, dt.datetime


def pretend(day: str) -> None:
    """Have the standard library's clocks say that it is noon on that day; before the package is imported."""
    noon = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    Date.noon = DateTime.noon = noon
    dt.date, dt.datetime = Date, DateTime  # type: ignore[misc]
    time.time = lambda: noon
    time.time_ns = lambda: int(noon * 10**9)


def main(key: str, folder: str = "") -> None:
    """Load the package, ask it the samples, and print what it answers."""
    from hoering_plugin.host import load_ministries
    from hoering_plugin.review.samples import samples_of
    from hoering_plugin.testing import answer_of

    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the package prints is not the answer
    pretend(os.environ.get("HOERING_PROEVE_DAG", "2020-01-01"))
    folders = [Path(folder)] if folder else []
    loaded = next(one for one in load_ministries(folders, installed=not folder) if one.key == key)
    answers = {}
    for example, _ in samples_of(loaded).examples:
        answer = answer_of(loaded.ministry, example) if example.provision else ()
        answers[example.sentence] = (
            list(answer) if isinstance(answer, tuple) else answer.model_dump(mode="json", by_alias=True)
        )
    json.dump(answers, out)
    out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
