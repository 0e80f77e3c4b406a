"""Ministries' packages written to disk, small enough to see what is wrong with each."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

WORDS = """\
[ministerium]
noegle = "{key}"

[[navne]]
navn = "Prøveministeriet"
minister = "prøveministeren"
kilde = "prøve"

[[ressort]]
opgaveomraader = ["natur_miljoe"]

[[vurderinger]]
opgaveomraader = ["natur_miljoe"]
vurdering = "fuldt"

[[vilkaar]]
id = "{key}-frist"
kategori = "ikrafttraeden"
retter_sig_mod = "begge"
opgaveomraader = ["natur_miljoe"]
tekst = "Kommunerne aftaler datoen."
godkendt = {{ af = "Prøvekontoret", den = 2020-11-27 }}
"""

MODULE = """\
from pathlib import Path

from hoering_plugin import hookimpl, ministry_from_file


@hookimpl
def hoering_ministry():
    return ministry_from_file(Path(__file__).with_name("vilkaar.toml"))
"""

Write = Callable[..., Path]


@pytest.fixture
def package(tmp_path: Path) -> Write:
    """Writes a package ``name`` under tmp_path/hooks with its module and words, and gives its folder."""

    def write(name: str, module: str = MODULE, words: str | None = None, extra: str = "") -> Path:
        folder = tmp_path / "hooks" / name / "src" / f"hoering_{name}"
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(textwrap.dedent(module), "utf-8")
        text = (WORDS.format(key=name) if words is None else words) + textwrap.dedent(extra)
        (folder / "vilkaar.toml").write_text(text, "utf-8")
        project = f'[project]\nname = "hoering-{name}"\nversion = "1.2.3"\n'
        (tmp_path / "hooks" / name / "pyproject.toml").write_text(project, "utf-8")
        return tmp_path / "hooks"

    return write
