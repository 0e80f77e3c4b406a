"""Who makes the letters when it isn't this process alone: processes of ``--jobs``, or a Dask cluster."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from hoering_plugin.findings import SetupError, error

NO_DASK = error(
    "dask-mangler",
    "--scheduler kræver Dask, som ikke er installeret.",
    'Installér det med: pip install "hoering-plugin[dask]".',
)
NO_SCHEDULER = error(
    "dask-svarer-ikke",
    "Der svarer ingen Dask-scheduler på {adresse}.",
    "Se efter, om adressen er rigtig, fx tcp://navn:8786, og om scheduleren kører.",
)
_CONNECT_SECONDS = 10


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


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at that address; Dask gives a dead worker's tasks to another.

    Raises SetupError without Dask or where nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise SetupError([NO_DASK.at()]) from None
    try:
        client = Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError):
        raise SetupError([NO_SCHEDULER.at(adresse=address)]) from None
    with client:
        yield client.get_executor(pure=False)


def _deaf() -> None:
    """Ctrl-C reaches every process of a console; a case that is under way is to be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
