"""What is pinned is what the package asks for, and no file names where packages are fetched."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def names(lines: list[str]) -> set[str]:
    """The requirements among some lines, without comments and options."""
    return {line.strip() for line in lines if re.match(r"[a-z]", line)}


def test_the_run_requirements_are_the_package_s_own() -> None:
    """`requirements/run.in` has every dependency of pyproject.toml, with the same bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run = names((ROOT / "requirements" / "run.in").read_text("utf-8").splitlines())
    assert run - set(project["dependencies"]) == {"hatchling", "editables"}
    assert set(project["dependencies"]) <= run


def test_every_pin_has_a_hash_and_no_file_names_an_index() -> None:
    """A pinned file installs the same bytes from wherever the user's pip is set up to fetch."""
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text("utf-8")
        assert not re.search(r"^--(?!hash)|https?://", text)
        for pin in re.findall(r"^([a-z].*?)(?=^[a-z]|\Z)", text, re.DOTALL | re.MULTILINE):
            assert "--hash=sha256:" in pin, pin.splitlines()[0]
