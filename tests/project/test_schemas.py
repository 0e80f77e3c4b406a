"""The published schemas are what the models say, and real files keep them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from hoering_plugin.schemas import published

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "hoering_plugin" / "data"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    """The 2020 case as a user makes it: the folder of its version, and the answer as JSON."""
    out = tmp_path_factory.mktemp("ud")
    case = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
    command = [sys.executable, "-m", "hoering_plugin", "letters", case, "--out", out, "--format", "json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return next(out.glob("*/v0001")), json.loads(done.stdout)


@pytest.mark.parametrize("name", published())
def test_the_shipped_schema_is_what_the_model_says(name: str) -> None:
    """A field that is added shows up in the published file in the same commit."""
    assert (DATA / name).read_text("utf-8") == published()[name]


def test_a_runs_answer_keeps_its_schema(made: tuple[Path, object]) -> None:
    """A records system may check every answer against the published file."""
    jsonschema.validate(made[1], json.loads(published()["svar.schema.json"]))


def test_the_metadata_beside_each_letter_keep_their_schemas(made: tuple[Path, object]) -> None:
    """As JSON and as XML, one of each for each letter, and both say the same of the file beside them."""
    schema = json.loads(published()["metadata.schema.json"])
    xsd = etree.XMLSchema(etree.fromstring(published()["metadata.xsd"].encode()))
    letters = sorted(made[0].glob("*.docx"))
    assert len(letters) == 4
    for letter in letters:
        plain = json.loads(letter.with_suffix(".metadata.json").read_text("utf-8"))
        jsonschema.validate(plain, schema)
        tree = etree.parse(letter.with_suffix(".metadata.xml"))
        xsd.assertValid(tree)
        assert plain["filer"][0]["navn"] == letter.name
        assert tree.findtext("{*}ekstern_id") == plain["ekstern_id"]


def test_the_metadata_tell_nothing_of_the_ministries(made: tuple[Path, object]) -> None:
    """Of the ministries only the sender is named, and no condition's key, package or hash of the manifest."""
    manifest = json.loads((made[0] / "manifest.json").read_text("utf-8"))
    inner = {condition["id"] for one in manifest["samarbejder"] for condition in one["vilkaar"]}
    inner |= {package["pakke"] for package in manifest["noegle"]["pakker"]} | {"ministerium"}
    for file in made[0].glob("*.metadata.*"):
        text = file.read_text("utf-8")
        assert not [word for word in inner if word in text]
