"""The docs say what the program does: generated pages are fresh, commands and settings are all there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from hoering_plugin.findings import ExitCode

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]
DOCS = "\n".join(
    path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    """`python docs/generate.py` has been run since the code changed."""
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name]()


def test_every_exit_code_is_documented() -> None:
    """An administrator finds what to do for every exit code."""
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    for code in ExitCode:
        assert f"\n| {code.value} |" in page


def test_links_between_pages_lead_somewhere() -> None:
    """A link to a file of ours is to a file that is there."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
