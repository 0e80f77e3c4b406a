"""Many cases in one go: the same letters with any number of workers, and nothing lost when one dies."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from hoering_plugin import Settings, load_ministries
from hoering_plugin.delivery.key import package_keys
from hoering_plugin.generation import letter_template
from hoering_plugin.letter.templates import template_path
from hoering_plugin.many import Plan, generate_all

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("write_many", ROOT / "sample_cases" / "write_many.py")
assert SPEC and SPEC.loader
write_many = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(write_many)


@pytest.fixture
def cases(tmp_path: Path) -> list[Path]:
    """Six made-up cases with four municipalities each."""
    files: list[Path] = write_many.write(tmp_path / "sager", 6, 4)
    return files


def plan(out: Path) -> Plan:
    """The plan of a batch with the installed ministries and the shipped template."""
    ministries = load_ministries()
    return Plan(letter_template(template_path()), out, Settings(), (), package_keys(ministries))


def written(folder: Path) -> dict[str, bytes]:
    """Every file of every finished version."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.glob("*/v*/*"))}


def letters_command(*args: object) -> list[str]:
    """``hoering letters`` as it is started."""
    return [sys.executable, "-m", "hoering_plugin", "letters", *map(str, args)]


def letters(*args: object) -> subprocess.CompletedProcess[str]:
    """``hoering letters`` as a process."""
    command = letters_command(*args)
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_two_jobs_write_what_one_writes_and_tell_it_in_the_same_order(
    cases: list[Path], tmp_path: Path
) -> None:
    """How many processes work is no part of what the letters say, nor of the answer."""
    one = letters(*cases, "--out", tmp_path / "1", "--format", "json")
    two = letters(*cases, "--out", tmp_path / "2", "--format", "json", "--jobs", "2")
    assert (one.returncode, two.returncode) == (0, 0), two.stderr
    assert written(tmp_path / "1") == written(tmp_path / "2")
    assert json.loads(one.stdout.replace(str(tmp_path / "1"), "")) == json.loads(
        two.stdout.replace(str(tmp_path / "2"), "")
    )


def test_one_large_case_is_shared_among_the_jobs(tmp_path: Path) -> None:
    """All 98 municipalities of a case get their letter, each with real code and name."""
    (case,) = write_many.write(tmp_path / "sager", 1, 98)
    done = letters(case, "--out", tmp_path / "ud", "--jobs", "2", "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert {letter["status"] for letter in answer["letters"]} == {"written"}
    assert len(answer["letters"]) == 98


def test_a_bad_case_stops_no_other(cases: list[Path], tmp_path: Path) -> None:
    """Exit code 4, a result for each case, and the letters of all but the bad one."""
    cases[1].write_text("{", "utf-8")
    done = letters(*cases, "--out", tmp_path / "ud", "--format", "json", "--jobs", "2")
    assert done.returncode == 4
    assert [answer["success"] for answer in json.loads(done.stdout)] == [True, False, True, True, True, True]
    assert len(list((tmp_path / "ud").glob("*/v0001/manifest.json"))) == 5


def test_without_a_terminal_progress_is_plain_lines_and_quiet_is_silent(
    cases: list[Path], tmp_path: Path
) -> None:
    """Who reads a log sees how far it is; who asks for quiet sees nothing."""
    done = letters(*cases, "--out", tmp_path / "ud")
    assert "Sag 6 af 6: 24 breve, 0 tilbageholdt" in done.stderr
    assert letters(*cases, "--out", tmp_path / "ud", "--quiet").stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_on_a_terminal_the_bar_and_the_results_have_lines_of_their_own(
    cases: list[Path], tmp_path: Path
) -> None:
    """The bar counts cases, letters and what is held, and never stands before a result on its line."""
    import pty

    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "hoering_plugin", "letters", *map(str, cases), "--out", str(tmp_path)]
    with subprocess.Popen(command, stdout=terminal, stderr=terminal, stdin=terminal) as process:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # the end of a terminal on Linux
            while piece := os.read(controller, 65536):
                shown += piece
        process.wait()
    os.close(controller)
    lines = re.split("[\r\n]+", shown.decode("utf-8"))
    assert any(f"{len(cases)}/{len(cases)}" in line and "0 tilbageholdt" in line for line in lines)
    results = [line for line in lines if "skrevet." in line]
    assert len(results) == len(cases) and all(line.startswith("Sag ") for line in results), results


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a POSIX console")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_the_finished_cases_are_whole_and_the_next_run_does_the_rest(
    jobs: str, tmp_path: Path
) -> None:
    """Ctrl-C reaches every process; exit code 130; then the rest is made, and what was made is unchanged."""
    files = write_many.write(tmp_path / "sager", 12, 40)
    out = tmp_path / "ud"
    command = letters_command(*files, "--out", out, "--jobs", jobs)
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True) as run:
        while not list(out.glob("*/v0001")) and run.poll() is None:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        assert run.stderr
        said = run.stderr.read()
    made = written(out)
    assert run.returncode == 130, said
    assert "Afbrudt" in said and "Traceback" not in said
    assert 0 < len({Path(name).parts[0] for name in made}) < 12
    again = letters(*files, "--out", out, "--format", "json")
    statuses = [{letter["status"] for letter in answer["letters"]} for answer in json.loads(again.stdout)]
    assert again.returncode == 0
    assert {"unchanged"} in statuses and {"written"} in statuses
    assert made.items() <= written(out).items()


class Dying(ProcessPoolExecutor):
    """A pool of processes in which whoever takes the third case dies."""

    taken = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand the task on, but for the third."""
        self.taken += 1
        return super().submit(os._exit, 1) if self.taken == 3 else super().submit(fn, *args, **kwargs)


def run(cases: list[Path], out: Path, executor: Executor | None = None) -> dict[str, bytes]:
    """The batch from Python; every file that it wrote."""
    results = list(generate_all(cases, plan(out), executor))
    assert [file for file, _ in results] == cases
    assert all(result.success for _, result in results)
    return written(out)


def test_a_worker_that_dies_loses_no_case(cases: list[Path], tmp_path: Path) -> None:
    """Killed under way, its cases are made by the one that started it."""
    with Dying(2, mp_context=get_context("spawn")) as executor:
        assert run(cases, tmp_path / "a", executor) == run(cases, tmp_path / "b")


def test_a_worker_with_other_packages_makes_nothing(cases: list[Path], tmp_path: Path) -> None:
    """A machine with another version of a ministry's words must not write letters in its name."""
    wrong = plan(tmp_path)
    wrong = Plan(wrong.template, wrong.out, wrong.settings, (), wrong.packages[1:])
    with ProcessPoolExecutor(1) as executor:
        results = [result for _, result in generate_all(cases, wrong, executor)]
    assert {finding.id for result in results for finding in result.findings} == {"arbejder-pakker"}
    assert written(tmp_path) == {}


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_makes_the_same_letters_also_when_a_worker_is_killed(tmp_path: Path) -> None:
    """Dask gives a dead worker's cases to another; what is on disk is what one process writes."""
    distributed = pytest.importorskip("distributed")
    cases = write_many.write(tmp_path / "sager", 6, 20)
    alone = run(cases, tmp_path / "alone")
    local = {"host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}
    with distributed.LocalCluster(n_workers=2, processes=True, **local) as cluster:
        command = [
            *letters_command(*cases, "--out", tmp_path / "ud"),
            "--scheduler",
            cluster.scheduler_address,
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            while not list((tmp_path / "ud").glob("*/.laas")) and process.poll() is None:
                time.sleep(0.01)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            assert process.stderr
            said = process.stderr.read()
    assert process.returncode == 0, said
    assert written(tmp_path / "ud") == alone


def test_without_a_scheduler_at_the_address_it_is_told(tmp_path: Path) -> None:
    """Exit code 3 and the address, after some seconds and not for ever."""
    (case,) = write_many.write(tmp_path / "sager", 1, 2)
    done = letters(case, "--out", tmp_path / "ud", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 3 and "dask-svarer-ikke" in done.stderr and "Traceback" not in done.stderr
