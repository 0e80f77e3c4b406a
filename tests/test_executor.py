"""Letters made by other processes are the same letters, also when a process dies under way."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from hoering_plugin import RunResult, generate, load_ministries, read_case
from hoering_plugin.letter.templates import template_path


def letters_in(folder: Path) -> dict[str, bytes]:
    """Every file of the only version under a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*/v0001/*")}


def run(sample_case: Path, out: Path, executor: Executor | None = None) -> RunResult:
    """The letters of the 2020 case under ``out``."""
    return generate(read_case(sample_case), load_ministries(), template_path(), out, executor=executor)


@pytest.mark.parametrize("pool", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_an_executor_makes_the_same_letters(
    pool: Callable[..., Executor], sample_case: Path, tmp_path: Path
) -> None:
    """Where a letter is merged is no part of what it says."""
    alone = run(sample_case, tmp_path / "alone")
    with pool(2) as executor:
        shared = run(sample_case, tmp_path / "shared", executor)
    assert letters_in(tmp_path / "alone") == letters_in(tmp_path / "shared")
    assert [letter.sha256 for letter in alone.letters] == [letter.sha256 for letter in shared.letters]


class Dying(ProcessPoolExecutor):
    """A pool of processes in which whoever takes the second task dies."""

    taken = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand the task on, but for the second."""
        self.taken += 1
        return super().submit(os._exit, 1) if self.taken == 2 else super().submit(fn, *args, **kwargs)


def test_a_worker_that_dies_loses_nothing(sample_case: Path, tmp_path: Path) -> None:
    """What a dead worker had is made where the work was given out."""
    run(sample_case, tmp_path / "alone")
    with Dying(2, mp_context=get_context("spawn")) as executor:
        result = run(sample_case, tmp_path / "shared", executor)
    assert result.success
    assert letters_in(tmp_path / "alone") == letters_in(tmp_path / "shared")
