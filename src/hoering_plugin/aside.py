"""Whether a ministry's code is running here and now: what it prints is talk, and no result of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SPEAKING: ContextVar[bool] = ContextVar("speaking", default=False)


def speaking() -> bool:
    """Whether a ministry's code is running in this thread."""
    return _SPEAKING.get()


@contextmanager
def foreign_code() -> Iterator[None]:
    """Around every call of a ministry's code, in this thread alone."""
    token = _SPEAKING.set(True)
    try:
        yield
    finally:
        _SPEAKING.reset(token)
