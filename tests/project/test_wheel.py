"""The same letters come from wheels installed outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"


def run(*command: str | Path, cwd: Path) -> str:
    """A command's standard output; the test fails with what it said if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an environment with our wheels and the libraries of this one, without the checkout."""
    folder = tmp_path_factory.mktemp("wheels")
    for source in (ROOT, *sorted((ROOT / "hooks").iterdir())):
        run(
            sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source, cwd=folder
        )
    home = folder / "environment"
    venv.create(home, with_pip=True)
    executable = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(executable, "-m", "pip", "install", "--no-index", "--no-deps", *folder.glob("*.whl"), cwd=folder)
    own = run(executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    # A path in a .pth file brings the libraries, and not what is installed there as editable.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(own) / "libraries.pth").write_text("\n".join(libraries), "utf-8")
    return executable


def test_wheels_outside_the_checkout_give_the_same_letters(python: Path, tmp_path: Path) -> None:
    """A wheel carries its template and its data, and each ministry's wheel its conditions."""
    where = run(python, "-c", "import hoering_plugin; print(hoering_plugin.__file__)", cwd=tmp_path)
    assert not where.startswith(str(ROOT / "src"))
    run(python, "-m", "hoering_plugin", "letters", CASE, "--out", tmp_path / "wheel", cwd=tmp_path)
    run(sys.executable, "-m", "hoering_plugin", "letters", CASE, "--out", tmp_path / "checkout", cwd=tmp_path)
    english = "from hoering_plugin.language import english; print(english('Sager'))"
    assert run(python, "-c", english, cwd=tmp_path).strip() == "Cases"
    made = {p.name: p.read_bytes() for p in (tmp_path / "wheel").rglob("*.docx")}
    expected = {p.name: p.read_bytes() for p in (tmp_path / "checkout").rglob("*.docx")}
    assert len(made) == 4
    assert made == expected
