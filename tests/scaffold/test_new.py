"""A new ministry's package passes its own check and tests at once, and gives its conditions to a letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from hoering_plugin.model.law import TaskArea

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
OPTIONS = [
    "--key",
    "kfm",
    "--name",
    "Kystministeriet",
    "--minister",
    "kystministeren",
    "--area",
    "natur_miljoe",
]


@pytest.mark.parametrize("area", [area.value for area in TaskArea])
def test_what_it_makes_passes_its_own_check_and_tests(area: str, hoering: Run, tmp_path: Path) -> None:
    """Whatever the task area: no fault, no warning, and every sentence holds."""
    folder = tmp_path / "kfm"
    made = hoering("ministries", "new", folder, *OPTIONS[:-1], area)
    assert made.returncode == 0, made.stderr
    checked = hoering("ministries", "check", folder)
    assert checked.returncode == 0 and "0 fejl, 0 advarsler" in checked.stdout, checked.stdout
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), "tests"]
    tests = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert tests.returncode == 0 and "3 passed" in tests.stdout, tests.stdout


def test_without_a_terminal_it_asks_nothing(hoering: Run, tmp_path: Path) -> None:
    """The option that is missing is named, and nothing is written."""
    done = hoering("ministries", "new", tmp_path / "x", "--key", "kfm")
    assert done.returncode == 2 and "Optionen --name mangler" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"--key": "KFM"}, "ny-noegle"), ({"--key": "../x"}, "ny-noegle"), ({"--name": 'A"B'}, "ny-tekst")],
)
def test_what_cannot_be_a_ministry_is_refused(
    changed: dict[str, str], kind: str, hoering: Run, tmp_path: Path
) -> None:
    """Exit code 3, and nothing is written."""
    options = dict(zip(OPTIONS[::2], OPTIONS[1::2], strict=True)) | changed
    done = hoering("ministries", "new", tmp_path / "x", *(word for pair in options.items() for word in pair))
    assert done.returncode == 3 and kind in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_left_alone(hoering: Run, tmp_path: Path) -> None:
    """Nobody's files are written over."""
    (tmp_path / "mit.txt").write_text("mit")
    done = hoering("ministries", "new", tmp_path, *OPTIONS)
    assert done.returncode == 5 and [path.name for path in tmp_path.iterdir()] == ["mit.txt"]


def run(*command: str | Path, cwd: Path) -> str:
    """A command's standard output; the test fails with what it said if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_its_wheel_in_a_fresh_environment_gives_its_conditions_to_a_letter(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """From two wheels alone, without our checkout or the other ministries."""
    project = tmp_path / "kfm"
    hoering("ministries", "new", project, *OPTIONS)
    for source in (ROOT, project):
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "hjul"), str(source)]
        run(sys.executable, *build, cwd=tmp_path)
    venv.create(tmp_path / "miljoe", with_pip=True)
    python = tmp_path / "miljoe" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheels = sorted((tmp_path / "hjul").glob("*.whl"))
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", *wheels, cwd=tmp_path)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    for library in Path(sysconfig.get_path("purelib")).iterdir():
        # Third parties' libraries alone: nothing that is installed here of ours.
        if "hoering" not in library.name and not (Path(own) / library.name).exists():
            (Path(own) / library.name).symlink_to(library)

    case = json.loads(sample_case.read_text("utf-8"))
    case["oensker"] = [one for one in case["oensker"] if one["id"] in ("dt-rotter", "iv-spildevand")]
    for duty in case["svarpligt"]:
        if duty["ministerium"] == "mim":
            duty["ministerium"] = "kfm"
    case["svarpligt"] = [duty for duty in case["svarpligt"] if duty["ministerium"] in ("kfm", "kommunalret")]
    for talk in case["forhandlinger"]:
        talk["ministerium"] = "kfm"
    case["forhandlinger"] = [
        one
        for n, one in enumerate(case["forhandlinger"])
        if one["samarbejde"] not in [earlier["samarbejde"] for earlier in case["forhandlinger"][:n]]
    ]
    case["ministersvar"] = []
    case["afgoerelser"] = []
    file = tmp_path / "sag.json"
    file.write_text(json.dumps(case), "utf-8")
    hooks = ["--hooks-dir", str(ROOT / "hooks" / "kommunalret")]
    text = run(python, "-m", "hoering_plugin", "check", file, "--show", "0155", *hooks, cwd=tmp_path)
    assert "til tidligst den 1." in text and "kystministeren" in text
    run(python, "-m", "hoering_plugin", "letters", file, "--out", tmp_path / "ud", *hooks, cwd=tmp_path)
    assert len(list((tmp_path / "ud").rglob("*.docx"))) == 4


def test_the_changelog_states_period_and_task_areas(hoering: Run, tmp_path: Path) -> None:
    """And the package names the version of the hook API before it is imported."""
    hoering("ministries", "new", tmp_path / "kfm", *OPTIONS)
    assert "From 2020-12-01; Natur og miljø" in (tmp_path / "kfm" / "CHANGELOG.md").read_text("utf-8")
    project = tomllib.loads((tmp_path / "kfm" / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"] == {"hoering_plugin.ministries": {"kfm": "hoering_kfm"}}


def test_a_key_that_an_installed_package_has_is_told(hoering: Run, tmp_path: Path) -> None:
    """The package is written, as a new version of the same ministry may be meant; but it isn't news later."""
    words = ["--name", "Miljøministeriet", "--minister", "miljøministeren", "--area", "natur_miljoe"]
    done = hoering("ministries", "new", tmp_path / "mim", "--key", "mim", *words)
    assert done.returncode == 0 and "[ny-noegle-i-brug]" in done.stderr and "hoering-mim" in done.stderr
    done = hoering("ministries", "new", tmp_path / "fm", "--key", "fm", *words)
    assert done.returncode == 0 and not done.stderr
