"""What tests share: the case of 2020, the command as a process, and LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Changed = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[1]
os.environ["HOERING_LANG"] = "da"  # what is tested is what the program says, whoever runs the tests


@pytest.fixture(scope="session")
def sample_case() -> Path:
    """The file of the 2020 case."""
    return ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; the test is skipped without it, but fails where it is required (CI)."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("HOERING_REQUIRE_LIBREOFFICE"):
        pytest.fail("LibreOffice is required here and is not installed")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def calc(soffice: str) -> str:
    """LibreOffice with Calc, which is a package of its own on Linux."""
    program = Path(soffice).resolve().parent
    if program.joinpath("libswlo.so").exists() and not program.joinpath("libsclo.so").exists():
        if os.environ.get("HOERING_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice Calc is required here and is not installed")
        pytest.skip("LibreOffice Calc is not installed")
    return soffice


@pytest.fixture(scope="session")
def hoering() -> Run:
    """The command as a process of its own, with what it printed as text."""

    def run(*args: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hoering_plugin", *map(str, args)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def changed(sample_case: Path, tmp_path: Path) -> Changed:
    """The sample case with some of its values changed, as a new file."""

    def change(name: str = "sag.json", **values: Any) -> Path:
        case = json.loads(sample_case.read_text("utf-8"))
        case.update(values)
        path = tmp_path / name
        path.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
        return path

    return change
