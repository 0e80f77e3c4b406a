"""A version is on disk whole or not at all, and never changes afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hoering_plugin.delivery.versions import locked, next_version, publish, versions_in
from hoering_plugin.findings import OutputError

WRITER = """
import sys
from pathlib import Path
from hoering_plugin.delivery.versions import locked, next_version, publish
folder = Path(sys.argv[1])
print("i gang", flush=True)
while True:
    with locked(folder):
        publish(folder, next_version(folder), {f"{n}.docx": bytes([n]) * 200_000 for n in range(6)})
"""


def test_versions_are_numbered_in_the_order_they_are_made(tmp_path: Path) -> None:
    """The first version is v0001; ten thousand versions sort by number."""
    with locked(tmp_path / "sag"):
        assert next_version(tmp_path / "sag") == "v0001"
        publish(tmp_path / "sag", "v0001", {"a.docx": b"1"})
        publish(tmp_path / "sag", "v9999", {"a.docx": b"2"})
        publish(tmp_path / "sag", "v10000", {"a.docx": b"3"})
    assert [path.name for path in versions_in(tmp_path / "sag")] == ["v0001", "v9999", "v10000"]
    assert next_version(tmp_path / "sag") == "v10001"


def test_a_version_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """Publishing under a name in use is refused, and what lies there stays."""
    with locked(tmp_path):
        publish(tmp_path, "v0001", {"a.docx": b"foerst"})
        with pytest.raises(OutputError):
            publish(tmp_path, "v0001", {"a.docx": b"senere"})
    assert (tmp_path / "v0001" / "a.docx").read_bytes() == b"foerst"
    assert not (tmp_path / "_ny").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be gives a message, not a traceback."""
    (tmp_path / "sag").write_text("en fil")
    with pytest.raises(OutputError) as caught, locked(tmp_path / "sag"):
        pass
    assert caught.value.findings[0].id == "mappe-kan-ikke-skrives"


@pytest.mark.parametrize("delay", [0.05, 0.11, 0.23, 0.4])
def test_a_killed_run_leaves_only_whole_versions(tmp_path: Path, delay: float) -> None:
    """Killed at any moment, the folder holds whole versions; the next run clears what the dead one left."""
    folder = tmp_path / "sag"
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
    for version in versions_in(folder):
        sizes = {path.name: path.stat().st_size for path in version.iterdir()}
        assert sizes == {f"{n}.docx": 200_000 for n in range(6)}
    with locked(folder):
        assert {path.name for path in folder.iterdir()} - {".laas"} == {p.name for p in versions_in(folder)}
