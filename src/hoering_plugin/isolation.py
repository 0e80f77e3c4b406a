"""Asking packages in processes of their own: one that hangs or crashes loses its own answer and no more.

The words of a package are read here, as always; its code, predicates and answer function, runs in a child
process that is started when it is first asked, and gets the case as plain data. It is no sandbox: the child
has the same rights.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import IO, Any

from hoering_plugin.findings import Place
from hoering_plugin.language import Phrase, joined
from hoering_plugin.model.answer import Answer, LoadedMinistry, Question

SECONDS = 30.0
"""How long a package may think about one question."""


class ChildError(Exception):
    """What a package did wrong in its process, as it is told; ``place`` is the line in the package."""

    def __init__(self, said: str, place: Place = Place()) -> None:  # noqa: B008 - a Place is frozen
        super().__init__(said)
        self.place = place


class _Rubbish:
    """A value that no answer may be, as the child showed it."""

    def __init__(self, said: str) -> None:
        self._said = said

    def __str__(self) -> str:
        return self._said


@contextmanager
def isolated(
    ministries: Sequence[LoadedMinistry], seconds: float = SECONDS
) -> Iterator[tuple[LoadedMinistry, ...]]:
    """The same ministries, whose code runs in child processes; these end with the block."""
    children: list[_Child] = []

    def apart(loaded: LoadedMinistry) -> LoadedMinistry:
        ministry = loaded.ministry
        if not ministry.predicates and ministry.answer is None:
            return loaded
        child = _Child(loaded, seconds)
        children.append(child)
        predicates = {
            name: _elsewhere(function, child, "predicate", name)
            for name, function in ministry.predicates.items()
        }
        answer = ministry.answer and _elsewhere(ministry.answer, child, "answer", "")
        return replace(loaded, ministry=replace(ministry, predicates=predicates, answer=answer))

    try:
        yield tuple(map(apart, ministries))
    finally:
        for child in children:
            child.close()


def _elsewhere(function: Callable[..., Any], child: _Child, what: str, name: str) -> Callable[..., Any]:
    """The function, run by the child. It keeps its source, by which runs are told apart."""

    @wraps(function)
    def asked(question: Question) -> Any:
        return child.ask(what, name, question)

    return asked


class _Child:
    """One package's process: started when it is first asked, and again after it failed."""

    def __init__(self, loaded: LoadedMinistry, seconds: float) -> None:
        self._loaded = loaded
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._said: IO[bytes] | None = None
        self._case: object = None
        self._turn = threading.Lock()

    def ask(self, what: str, name: str, question: Question) -> Any:
        """The child's answer. Raises ChildError for what the package did instead."""
        with self._turn:
            process = self._running()
            order = {
                "what": what,
                "name": name,
                "cooperation": question.cooperation.key,
                "request": question.request.key,
                "provision": question.provision.key,
            }
            if self._case is not question.case:
                order["case"] = question.case.model_dump_json(by_alias=True, exclude_defaults=True)
                self._case = question.case
            try:
                print(json.dumps(order), file=process.stdin, flush=True)
                line = self._answers.get(timeout=self._seconds)
            except queue.Empty:
                raise self._lost(
                    Phrase("svarede ikke inden {antal} sekunder", antal=f"{self._seconds:g}")
                ) from None
            except OSError:
                line = None
            if line is None:
                raise self._lost(Phrase("processen gik ned"))
            return _answer(json.loads(line))

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout, self._said):
                if stream is not None:
                    stream.close()
            self._process = None
            self._case = None

    def _lost(self, why: str) -> ChildError:
        """The error for a child that is of no more use, with the last it said."""
        parts = [why]
        if self._said is not None:
            self._said.seek(0)
            words = self._said.read()[-2000:].decode("utf-8", "replace").split()
            parts += [" ".join(words)[-200:]] if words else []
        self.close()
        return ChildError(joined(parts, ": "))

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
            self._answers = queue.Queue()
            self._process = subprocess.Popen(  # noqa: S603 - our own module, in this interpreter
                [sys.executable, "-m", "hoering_plugin.isolation_child", *self._where()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                encoding="utf-8",
            )
            threading.Thread(target=_read, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _where(self) -> list[str]:
        """How the child finds the package: by its key, and in its folder where it isn't installed."""
        origin = self._loaded.origin
        if origin == "installeret":
            return [self._loaded.key]
        module = Path(origin)
        project = next((p for p in module.parents if (p / "pyproject.toml").is_file()), module.parent)
        return [self._loaded.key, str(project)]


def _read(process: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    """Pass on each line that the child writes, and None when it ends."""
    try:
        for line in process.stdout or ():
            answers.put(line)
    except ValueError:
        pass  # closed while it was read
    answers.put(None)


def _answer(told: dict[str, Any]) -> Any:
    """What the child said, as the function itself would have given or raised it."""
    if "raised" in told:
        kind = type(told["raised"], (ChildError,), {})
        raise kind(told["said"], Place(told["file"], told["line"]))
    if "rubbish" in told:
        return _Rubbish(told["rubbish"])
    if "answer" in told:
        return Answer.model_validate(told["answer"])
    return told["value"]
