"""The examples in the docs are run as they stand, page by page, in a folder with the 2020 case.

A comment before a block says what becomes of it: ``<!-- run -->`` runs it in a shell, ``<!-- run 4 -->``
expects that exit code, ``<!-- python -->`` runs it as a program, ``<!-- file NAME -->`` writes it to a file,
and ``<!-- shows -->`` says that the last run printed each of its lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"<!-- (run|python|file|shows)(?: ([^ >]+))? -->\s*\n```\w*\n(.*?)```", re.DOTALL)
PAGES = sorted(page for page in (ROOT / "docs").glob("*.md") if BLOCK.search(page.read_text("utf-8")))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    """Who follows the page line by line gets what it promises."""
    shutil.copy(ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json", tmp_path)
    home = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}"}
    said = ""
    for what, argument, text in BLOCK.findall(page.read_text("utf-8")):
        if what == "file":
            (tmp_path / argument).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / argument).write_text(text, "utf-8")
        elif what == "shows":
            missing = [line for line in text.splitlines() if line.strip() and line.strip() not in said]
            assert not missing, f"{page.name}: {missing} in\n{said}"
        else:
            command = ["bash", "-euc", text] if what == "run" else [sys.executable, "-c", text]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
            )
            said = (done.stdout + done.stderr).replace("\u00a0", " ")
            assert done.returncode == int(argument or 0), f"{page.name}: {text}\n{said}"


def test_the_pages_that_promise_examples_have_them() -> None:
    """A tutorial whose examples nobody runs would be true by luck."""
    assert {"ministries.md", "records-system.md", "caseworker.md", "batch.md"} <= {
        page.name for page in PAGES
    }
