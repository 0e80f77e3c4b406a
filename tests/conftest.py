"""What tests share: the case of 2020, and LibreOffice where it is to be had."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
