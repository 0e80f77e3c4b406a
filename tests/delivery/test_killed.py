"""Whatever stops a run, the next one ends as if nothing had happened, and no half version is ever seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = """
import os, resource, sys
from hoering_plugin import generate, load_ministries, read_case
from hoering_plugin.findings import OutputError
from hoering_plugin.generation import letter_template
from hoering_plugin.letter.templates import template_path
case, ministries, template = read_case(sys.argv[1]), load_ministries(), letter_template(template_path())
generate(case, ministries, template, sys.argv[2], dry_run=True)  # so that everything is imported
print("klar", flush=True)
sys.stdin.readline()
if sys.argv[3] == "fuld":
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
if sys.argv[3] == "nobody" and os.getuid() == 0:
    os.setuid(65534)
try:
    result = generate(case, ministries, template, sys.argv[2])
    print(result.version, *sorted({letter.status for letter in result.letters}))
except OutputError as exc:
    print(exc.findings[0].id)
"""


def started(case: Path, out: Path, how: str = "") -> subprocess.Popen[str]:
    """A run that has read everything and waits for a line before it makes the letters."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(case), str(out), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout and process.stdout.readline() == "klar\n"
    return process


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user of the machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_moment_the_next_run_ends_with_the_same_bytes(
    sample_case: Path, tmp_path: Path
) -> None:
    """Two hundred kills, at random and at every touch of the disk, of a first and of a second version."""
    script = Path(__file__).with_name("killing.py")
    told = subprocess.run(
        [sys.executable, script, sample_case, tmp_path, "240"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    assert told[:-1] == []
    assert int(told[-1]) >= 200


def test_on_a_full_disk_nothing_is_left_and_it_is_told(sample_case: Path, tmp_path: Path) -> None:
    """A write that the system refuses ends the run with a finding; the next run starts from nothing."""
    process = started(sample_case, tmp_path / "ud", "fuld")
    assert process.communicate("\n")[0] == "mappe-kan-ikke-skrives\n"
    assert [path.name for path in tmp_path.glob("ud/*/*") if path.name != ".laas"] == []
    assert started(sample_case, tmp_path / "ud").communicate("\n")[0] == "v0001 written\n"


def test_a_folder_that_became_read_only_is_told(sample_case: Path, open_folder: Path) -> None:
    """Without the right to write there, the version isn't there at all."""
    out = open_folder / "ud"
    assert started(sample_case, out).communicate("\n")[0] == "v0001 written\n"
    case_folder = next(out.iterdir())
    shutil.rmtree(case_folder / "v0001")
    case_folder.chmod(0o555)
    assert started(sample_case, out, "nobody").communicate("\n")[0] == "mappe-kan-ikke-skrives\n"
    case_folder.chmod(0o755)
    assert started(sample_case, out).communicate("\n")[0] == "v0001 written\n"


def test_of_two_runs_at_once_one_writes_and_the_other_finds_it_written(
    sample_case: Path, tmp_path: Path
) -> None:
    """Two calls for one case at one time: one waits, and both answers are true."""
    runs = [started(sample_case, tmp_path / "ud") for _ in range(2)]
    for run in runs:
        assert run.stdin
        run.stdin.write("\n")
        run.stdin.flush()
    assert sorted(run.communicate()[0] for run in runs) == ["v0001 unchanged\n", "v0001 written\n"]
