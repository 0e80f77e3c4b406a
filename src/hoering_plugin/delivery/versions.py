"""Versions on disk: written beside their place, made lasting, and renamed into it whole."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from hoering_plugin.delivery.names import is_too_long
from hoering_plugin.disk import reason
from hoering_plugin.findings import OutputError, Place, error

BUSY = error(
    "mappe-i-brug",
    "Et andet program danner breve i den samme mappe.",
    "Vent, til det er færdigt, og kør igen.",
)
OPEN_IN_WORD = error(
    "fil-aaben", "En fil i mappen er åben i Word eller i et andet program.", "Luk den, og kør igen."
)
UNWRITABLE = error(
    "mappe-kan-ikke-skrives",
    "Der kan ikke skrives her: {grund}.",
    "Kontrollér mappen, rettighederne og pladsen på drevet.",
)
TOO_LONG = error(
    "sti-for-lang",
    "Stien er på {antal} tegn; Windows kan åbne op til 259.",
    "Vælg en mappe med en kortere sti.",
)

MANIFEST = "manifest.json"
_VERSION = re.compile(r"v\d{4,}")
_STAGING = "_ny"
_LOCK = ".laas"
_LOCK_SECONDS = 30.0
_RENAME_SECONDS = 10.0
_WRITERS = 8
"""How many files are written at a time."""


def versions_in(folder: Path) -> tuple[Path, ...]:
    """The folders of the finished versions of a case, the oldest first."""
    if not folder.is_dir():
        return ()
    found = (path for path in folder.iterdir() if _VERSION.fullmatch(path.name) and path.is_dir())
    return tuple(sorted(found, key=lambda path: int(path.name[1:])))


def next_version(folder: Path) -> str:
    """The name of the version after the newest: ``v0001`` in an empty folder."""
    versions = versions_in(folder)
    return f"v{int(versions[-1].name[1:]) + 1 if versions else 1:04d}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The case's folder, made if need be, for this process alone, without what dead runs left in it.

    Raises :class:`OutputError` if the folder can't be made or another process keeps it.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=_LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            raise OutputError([BUSY.at(Place(str(folder)))]) from None
    try:
        with _told(folder):
            # Whoever holds the lock is alone here: a staging folder is a dead run's.
            shutil.rmtree(folder / _STAGING, ignore_errors=True)
        yield
    finally:
        lock.release()


def publish(folder: Path, version: str, files: Mapping[str, bytes]) -> Path:
    """Write a version's files and rename them into place as one; the folder of the version.

    Call it under :func:`locked`. Raises :class:`OutputError`; then the version isn't there at all.
    """
    target = folder / version
    check_lengths(target, files)
    staging = folder / _STAGING
    with _told(target):
        try:
            staging.mkdir()
            # A drive makes many files lasting at once in less time than one after the other.
            with ThreadPoolExecutor(_WRITERS) as writers:
                done = writers.map(lambda name: _write_lasting(staging / name, files[name]), files)
                deque(done, maxlen=0)
            _sync_folder(staging)
            _patiently(lambda: staging.rename(target), _RENAME_SECONDS)
            _sync_folder(folder)
        except OSError:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    return target


def check_lengths(target: Path, names: Mapping[str, bytes]) -> None:
    """Raise :class:`OutputError` on Windows for paths that Word could not open afterwards."""
    if sys.platform != "win32":
        return
    paths = [path for path in (target.absolute() / name for name in names) if is_too_long(path)]
    if paths:
        raise OutputError(TOO_LONG.at(Place(str(path)), antal=len(str(path))) for path in paths)


def _patiently(action: Callable[[], object], seconds: float) -> None:
    """Do it, again and again while Windows says that a file is in use, for so many seconds at most."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            action()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _write_lasting(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Make the names in a folder lasting; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's errors into findings."""
    try:
        yield
    except PermissionError as exc:
        kind = OPEN_IN_WORD if sys.platform == "win32" else UNWRITABLE
        raise OutputError([kind.at(Place(str(path)), grund=reason(exc))]) from exc
    except OSError as exc:
        raise OutputError([UNWRITABLE.at(Place(str(path)), grund=reason(exc))]) from exc
