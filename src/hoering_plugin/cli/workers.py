"""The processes that ``--jobs`` starts: they leave an interrupt to the one that started them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


@contextmanager
def workers(count: int) -> Iterator[Executor]:
    """So many processes, started afresh so that they share nothing with this one.

    Interrupted, what they have in hand is made whole, and nothing new is begun.
    """
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_deaf)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _deaf() -> None:
    """Ctrl-C reaches every process of a console; a case that is under way is to be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
