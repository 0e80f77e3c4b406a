"""The rules of the tree: who may import whom, and which library has its home where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hoering_plugin

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "hoering_plugin"

MINISTRIES = {
    "hookspecs",
    "packs",
    "host",
    "asking",
    "standing",
    "foreign",
    "ministries_view",
    "ministry_checks",
}
STAGES = {
    "cases": {"cases"},
    "ministries": {*MINISTRIES, "settings", "toml_lines", "toml_values", "toml_words"},
    "draft": {"draft"},
    "letter": {"letter"},
    "delivery": {"delivery"},
}
"""The stages on a letter's way, each with the modules it is made of. None may import another's."""

HOMES = {
    "docxtpl": {"letter"},
    "docx": {"letter"},
    "jinja2": {"letter"},
    "pluggy": {"host", "hookspecs"},
    "click": {"cli"},
    "babel": {"danish"},
    "distributed": {"cli"},
    "holidays": {"draft"},
    "filelock": {"delivery"},
    "packaging": {"cases", "host", "asking"},
    "openpyxl": {"cases", "internal", "sheets"},
}
"""Where each library may be imported; elsewhere our own functions are used."""


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, in full."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def home(path: Path) -> str:
    """The part of the package that a file belongs to: its folder, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_is_imported_only_in_its_home(path: Path) -> None:
    """One library has one home, so that a change of library is a change of one place."""
    for module in imports(path):
        allowed = HOMES.get(module.split(".")[0])
        assert allowed is None or home(path) in allowed, f"{path} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_stages_know_nothing_of_one_another(path: Path) -> None:
    """Only the story itself (generate) and the doors (cli, export) may put stages together."""
    own = next((name for name, modules in STAGES.items() if home(path) in modules), None)
    if own is None:
        return
    others = set().union(*(modules for name, modules in STAGES.items() if name != own))
    for module in imports(path):
        parts = module.split(".")
        assert not (parts[0] == "hoering_plugin" and len(parts) > 1 and parts[1] in others), (
            f"{path} imports {module}"
        )


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda p: p.name)
def test_values_know_nothing_of_stages(path: Path) -> None:
    """The model imports the model, the findings, the language and pydantic, and nothing else of ours."""
    for module in imports(path):
        parts = module.split(".")
        assert parts[0] != "hoering_plugin" or parts[1] in {"model", "findings", "language"}, (
            f"{path} imports {module}"
        )


@pytest.mark.parametrize(
    "path", sorted(p for p in ROOT.glob("hooks/*/src/**/*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_hook_package_imports_only_public_names(path: Path) -> None:
    """A ministry's package stands on the published API and never on another ministry's package."""
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "hoering_plugin":
            assert len(parts) <= 2, f"{path} imports {module}"
        else:
            assert not parts[0].startswith("hoering_") or parts[0] == path.parent.name, (
                f"{path} imports {module}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """Each file opens with a sentence that says what it is for, and stays one idea long."""
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
    assert len(text.splitlines()) <= 350, f"{path} is more than one idea long"


FORBIDDEN = {"time.time", "datetime.now", "datetime.today", "date.today", "os.environ", "os.getenv"}


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if home(p) not in {"cli", "review", "impact"}],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_nothing_on_the_way_reads_the_clock_or_the_environment(path: Path) -> None:
    """The same case gives the same letter on any day and any machine; a review tries just that."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            assert not any(name.endswith(bad) for bad in FORBIDDEN), f"{path}:{node.lineno} reads {name}"


def test_no_public_name_is_a_modules() -> None:
    """Importing a module of that name would put the module in the public name's place."""
    modules = {path.name.removesuffix(".py") for path in PACKAGE.iterdir()}
    assert not modules.intersection(hoering_plugin.__all__)
