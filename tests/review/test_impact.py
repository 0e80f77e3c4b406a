"""``hoering ministries diff`` shows which letters a new version of a package changes, before its use."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def changed_mim(tmp_path: Path) -> Callable[[Callable[[str], str]], Path]:
    """The environment ministry's package with its words changed, as a folder."""

    def change(how: Callable[[str], str]) -> Path:
        folder = tmp_path / "mim"
        shutil.copytree(ROOT / "hooks" / "mim", folder)
        words = folder / "src" / "hoering_mim" / "vilkaar.toml"
        words.write_text(how(words.read_text("utf-8")), "utf-8")
        project = folder / "pyproject.toml"
        newer = project.read_text("utf-8").replace('version = "0.1.0"', 'version = "0.2.0"')
        project.write_text(newer, "utf-8")
        return folder

    return change


def answer(hoering: Run, *args: object) -> dict[str, Any]:
    """What the command says, as JSON."""
    done = hoering("ministries", "diff", *args, "--format", "json")
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def test_the_same_package_changes_nothing(hoering: Run, sample_case: Path) -> None:
    """By key against its own folder: no letter, no condition."""
    found = answer(hoering, "mim", ROOT / "hooks" / "mim", "--cases", sample_case)
    assert found["letters"] == [] and found["conditions"] == [] and found["findings"] == []


def test_a_changed_text_is_shown_with_both_wordings_as_folder_and_as_wheel(
    hoering: Run, sample_case: Path, changed_mim: Callable[..., Path], tmp_path: Path
) -> None:
    """The wheel isn't installed, and says the same as the folder it was built from."""
    folder = changed_mim(lambda words: words.replace("fund af rotter", "fund af rotter og mus"))
    found = answer(hoering, "mim", folder, "--cases", sample_case)
    assert found["after"] == ["hoering-mim 0.2.0"]
    (condition,) = found["conditions"]
    assert "og mus" in condition["after"] and "og mus" not in condition["before"]
    assert {letter["name"] for letter in found["letters"]} == {"Dragør", "Tårnby"}
    assert any(line.startswith("+ ") and "og mus" in line for line in found["letters"][0]["lines"])
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "hjul"), str(folder)]
    subprocess.run([sys.executable, *build], check=True, capture_output=True)
    (wheel,) = (tmp_path / "hjul").glob("*.whl")
    assert answer(hoering, "mim", wheel, "--cases", sample_case) == found


def test_a_letter_that_would_be_held_is_told(
    hoering: Run, sample_case: Path, changed_mim: Callable[..., Path]
) -> None:
    """Where the ministry leaves to others what nobody else assesses."""
    folder = changed_mim(lambda words: words.replace('vurdering = "fuldt"', 'vurdering = "overlades"'))
    found = answer(hoering, "mim", folder, "--cases", sample_case)
    assert "tilbageholdt" in {letter["after"] for letter in found["letters"]}
    assert any(line.startswith("+ ") for line in found["findings"])


@pytest.mark.parametrize("new", ["findes-ikke", "findes-ikke.whl"])
def test_what_cannot_be_loaded_is_told(new: str, hoering: Run, sample_case: Path) -> None:
    """Exit code 3 and why."""
    done = hoering("ministries", "diff", "mim", new, "--cases", sample_case)
    assert done.returncode == 3 and "diff-" in done.stderr and "Traceback" not in done.stderr
