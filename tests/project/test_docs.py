"""The docs say what the program does: generated pages are fresh, commands and settings are all there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from pydantic import BaseModel

import hoering_plugin
from hoering_plugin.adapters import GROUP, HOOKS
from hoering_plugin.findings import ExitCode
from hoering_plugin.packs import Pack

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


def test_every_environment_variable_is_documented() -> None:
    """What the surroundings decide is told to whoever sets them up."""
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r'"((?:HOERING_|LC_|XDG_|LANG|LOCALAPPDATA)\w*)"', source)) - {"LANGUAGE"}
    ours_alone = {"HOERING_PROEVE_DAG"}  # set by a review for its own child process
    page = (ROOT / "docs" / "records-system.md").read_text("utf-8")
    assert "HOERING_LANG" in named
    assert [name for name in sorted(named - ours_alone) if f"`{name}`" not in page] == []


def test_links_between_pages_lead_somewhere() -> None:
    """A link to a file of ours is to a file that is there."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def keys_of(model: type[BaseModel]) -> set[str]:
    """Every key of a condition file's model and of the models in it."""
    schema = model.model_json_schema(by_alias=True)
    return {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}


def test_every_key_of_the_condition_file_is_documented() -> None:
    """Who writes a condition file from the docs alone finds all that it can say."""
    page = (ROOT / "docs" / "ministries.md").read_text("utf-8")
    assert [key for key in sorted(keys_of(Pack)) if f"`{key}`" not in page and f"{key}]" not in page] == []


def test_the_public_names_that_packages_use_are_documented_and_there() -> None:
    """Today's API is what the docs say."""
    page = (ROOT / "docs" / "ministries.md").read_text("utf-8")
    said = page.partition("Packages use these names")[2].partition("and the helpers")[0]
    names = set(re.findall(r"`(\w+)`", said)) - {"hoering_plugin"}
    assert len(names) >= 10 and names <= {*hoering_plugin.__all__}


def test_every_adapter_hook_and_group_is_documented() -> None:
    """An adapter is written from the page alone."""
    page = (ROOT / "docs" / "records-system.md").read_text("utf-8")
    assert all(name in page for name in (*HOOKS, GROUP))
