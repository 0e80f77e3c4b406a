"""Many cases: one after another or by many workers, each with a result of its own, in the order given.

What travels to a worker is plain data and the template's bytes; the ministries' packages are loaded where the
worker is, and must be the same there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from hoering_plugin.cases import reading
from hoering_plugin.delivery.key import PackageKey, package_keys
from hoering_plugin.findings import ExitCode, HoeringError, SetupError, error
from hoering_plugin.generation import generate
from hoering_plugin.host import load_ministries
from hoering_plugin.language import Phrase, joined
from hoering_plugin.letter.template import Template
from hoering_plugin.model.answer import LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.result import RunResult
from hoering_plugin.model.settings import Settings
from hoering_plugin.outcome import stopped

OTHER_PACKAGES = error(
    "arbejder-pakker",
    "Den maskine eller proces, der skulle danne brevene, har andre ministeriepakker end den, der bad om dem.",
    "Installér de samme versioner begge steder, og start arbejderne igen.",
)
_AHEAD = 16
"""How many cases are handed out before the first of them is done: what keeps memory from growing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the cases of a batch share. ``packages`` are those of the place where the batch was started."""

    template: Template
    out: Path
    settings: Settings
    hooks_dirs: tuple[Path, ...]
    packages: tuple[PackageKey, ...]
    only: tuple[str, ...] = ()
    dry_run: bool = False
    isolate: bool = False


def generate_all(
    files: Iterable[Path], plan: Plan, executor: Executor | None = None
) -> Iterator[tuple[Path, RunResult]]:
    """Make the letters of each case file, and give its result as soon as those before it are given.

    What stops one case is in its result and doesn't stop the others. ``executor`` is any executor of
    ``concurrent.futures``; of a single case, its workers share the letters. What a worker that died had in
    hand is done here.

    Raises :class:`~hoering_plugin.findings.SetupError` where the packages can't be loaded.
    """
    with apart(load_ministries(plan.hooks_dirs), plan.isolate) as ministries:
        yield from _all(tuple(files), plan, executor, ministries)


@contextmanager
def apart(ministries: tuple[LoadedMinistry, ...], isolate: bool) -> Iterator[tuple[LoadedMinistry, ...]]:
    """The ministries, in processes of their own if they are to be."""
    if not isolate:
        yield ministries
        return
    from hoering_plugin.isolation import isolated

    with isolated(ministries) as elsewhere:
        yield elsewhere


def _all(
    every: tuple[Path, ...], plan: Plan, executor: Executor | None, ministries: tuple[LoadedMinistry, ...]
) -> Iterator[tuple[Path, RunResult]]:
    if executor is None or len(every) == 1:
        for file in every:
            yield file, _result(plan, file, lambda: ministries, executor)
        return
    waiting: deque[tuple[Path, Future[RunResult] | None]] = deque()
    for file in every:
        waiting.append((file, _submitted(executor, plan, file)))
        if len(waiting) >= _AHEAD:
            yield _next(waiting, plan, ministries)
    while waiting:
        yield _next(waiting, plan, ministries)


def _submitted(executor: Executor, plan: Plan, file: Path) -> Future[RunResult] | None:
    try:
        return executor.submit(_in_worker, plan, file)
    except BrokenExecutor:
        return None


def _next(
    waiting: deque[tuple[Path, Future[RunResult] | None]], plan: Plan, ministries: Sequence[LoadedMinistry]
) -> tuple[Path, RunResult]:
    file, future = waiting.popleft()
    try:
        if future is not None:
            return file, future.result()
    except BrokenExecutor:
        pass
    return file, _result(plan, file, lambda: ministries)


def _in_worker(plan: Plan, file: Path) -> RunResult:
    try:
        ministries = _same(_loaded(plan.hooks_dirs), plan.packages)
    except HoeringError as exc:
        return refused(file, exc)
    with apart(ministries, plan.isolate) as elsewhere:
        return _result(plan, file, lambda: elsewhere)


@lru_cache(maxsize=4)
def _loaded(hooks_dirs: tuple[Path, ...]) -> tuple[LoadedMinistry, ...]:
    """The ministries, loaded once for a worker's whole life."""
    return load_ministries(hooks_dirs)


def _same(
    ministries: tuple[LoadedMinistry, ...], packages: tuple[PackageKey, ...]
) -> tuple[LoadedMinistry, ...]:
    """The ministries, if they say what those say where the batch was started."""
    if package_keys(ministries) != packages:
        raise SetupError([OTHER_PACKAGES.at()])
    return ministries


def _result(
    plan: Plan,
    file: Path,
    ministries: Callable[[], Sequence[LoadedMinistry]],
    executor: Executor | None = None,
) -> RunResult:
    """The result of one case; also of one that can't be read."""
    case: Case | None = None
    try:
        read = reading(file)
        case = read.case
        own = sorted({m.code for m in case.municipalities}.intersection(plan.only))
        if plan.only and not own:
            return RunResult(
                ExitCode.COMPLETE, Phrase("{fil}: ingen breve.", fil=file), case.case_number, case.external_id
            )
        result = generate(
            case,
            ministries(),
            plan.template,
            plan.out,
            settings=plan.settings,
            only=own,
            dry_run=plan.dry_run,
            executor=executor,
        )
        return replace(result, findings=(*read.notes, *result.findings))
    except HoeringError as exc:
        return refused(file, exc, case)


def refused(file: Path, fault: HoeringError, case: Case | None = None) -> RunResult:
    """The result of a case file that gave no letters at all, with the file named."""
    findings = tuple(f if f.place.file else f.within(str(file)) for f in fault.findings)
    result = stopped(fault, case)
    return replace(result, message=joined([str(file), result.message], ": "), findings=findings)
