"""A letter goes on only when an office has named it final, and never twice; cases come in as they are."""

from __future__ import annotations

import base64
import importlib.metadata
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from hoering_plugin import generate, letter_template, load_ministries, parse_case, read_case
from hoering_plugin.cases.write import case_bytes
from hoering_plugin.letter.templates import template_path
from hoering_plugin.schemas import published

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter of a case that is no example, from packages whose texts are the ministries' own, signed."""
    for hook in sorted((ROOT / "hooks").iterdir()):
        shutil.copytree(hook, tmp_path / "hooks" / hook.name)
    for words in (tmp_path / "hooks").rglob("vilkaar.toml"):
        words.write_text(words.read_text("utf-8").replace("eksempeltekst = true", ""), "utf-8")
    plain = json.loads(SAMPLE.read_text("utf-8"))
    plain["eksempel"] = False
    plain["underskriver"] = {"rolle": "embedsmand", "navn": "Kontoret", "titel": "kontorchef"}
    case = parse_case(json.dumps(plain).encode(), "sag.json")
    ministries = load_ministries([tmp_path / "hooks"], installed=False)
    result = generate(case, ministries, letter_template(template_path()), tmp_path / "ud")
    return Path(result.folder) / result.letters[0].file


def test_a_released_letter_is_delivered_whole_and_once(hoering: Run, letter: Path, tmp_path: Path) -> None:
    """Letter and metadata in a folder of their own; the same call again does nothing."""
    inbox = tmp_path / "import"
    inbox.mkdir()
    done = hoering("release", letter, "--by", "Kommunalret")
    assert done.returncode == 0 and "som det blev dannet" in done.stdout, done.stderr
    first = hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox)
    assert first.returncode == 0, first.stderr
    (folder,) = inbox.iterdir()
    assert (folder / letter.name).read_bytes() == letter.read_bytes()
    plain = json.loads((folder / letter.name.replace(".docx", ".metadata.json")).read_text("utf-8"))
    jsonschema.validate(plain, json.loads(published()["metadata.schema.json"]))
    xsd = etree.XMLSchema(etree.fromstring(published()["metadata.xsd"].encode()))
    xsd.assertValid(etree.parse(folder / letter.name.replace(".docx", ".metadata.xml")))
    shutil.rmtree(folder)  # the records system has taken it in
    again = hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox)
    assert again.returncode == 0 and "tidligere" in again.stdout
    assert list(inbox.iterdir()) == []


def test_only_what_was_released_is_delivered(hoering: Run, letter: Path, tmp_path: Path) -> None:
    """Exit code 5 before a release, and after a later change to the file, which voids it."""
    refused = hoering("deliver", letter, "--adapter", "importmappe", "--to", tmp_path)
    assert refused.returncode == 5 and "ikke-frigivet" in refused.stderr
    hoering("release", letter, "--by", "Kommunalret")
    letter.write_bytes(letter.read_bytes() + b"\0")
    void = hoering("deliver", letter, "--adapter", "importmappe", "--to", tmp_path)
    assert void.returncode == 5 and "frigivelse-bortfaldet" in void.stderr and "Kommunalret" in void.stderr


def test_the_same_release_twice_is_one(hoering: Run, letter: Path) -> None:
    """The record has one entry, with who, when and the file's hash."""
    for _ in range(2):
        assert hoering("release", letter, "--by", "Kommunalret").returncode == 0
    record = json.loads((letter.parent.parent / "internt" / "frigivet.json").read_text("utf-8"))
    (one,) = record["frigivelser"]
    assert (one["af"], one["fil"], one["rettet"]) == ("Kommunalret", letter.name, False)
    assert len(one["sha256"]) == 64 and one["tidspunkt"].startswith("20")


def test_examples_and_letters_with_something_left_to_do_are_not_released(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """All that stands in the way is told at once: the example, the sample texts, the open places."""
    hoering("letters", sample_case, "--out", tmp_path)
    letter = next(tmp_path.glob("*/v0001/*dragoer.docx"))
    done = hoering("release", letter, "--by", "Kommunalret")
    assert done.returncode == 5
    assert all(
        kind in done.stderr for kind in ("frigiv-eksempel]", "frigiv-eksempeltekst", "frigiv-ufaerdig")
    )


def test_a_delivery_that_was_cut_off_is_not_repeated_unasked(
    hoering: Run, letter: Path, tmp_path: Path
) -> None:
    """It may have arrived: a person looks, and then says --again."""
    inbox = tmp_path / "import"
    inbox.mkdir()
    hoering("release", letter, "--by", "Kommunalret")
    hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox)
    record = letter.parent.parent / "internt" / "afleveret.json"
    value = json.loads(record.read_text("utf-8"))
    for one in value["afleveringer"].values():
        one["status"] = "i gang"
    record.write_text(json.dumps(value), "utf-8")
    shutil.rmtree(inbox)
    inbox.mkdir()
    unsure = hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox)
    assert unsure.returncode == 5 and "aflever-uvist" in unsure.stderr and not list(inbox.iterdir())
    again = hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox, "--again")
    assert again.returncode == 0 and len(list(inbox.iterdir())) == 1


def test_a_folder_that_is_not_there_is_told_and_may_be_tried_again(
    hoering: Run, letter: Path, tmp_path: Path
) -> None:
    """A refused delivery hasn't arrived: when the folder is there, it goes."""
    hoering("release", letter, "--by", "Kommunalret")
    inbox = tmp_path / "import"
    refused = hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox)
    assert refused.returncode == 5 and "import-mappe" in refused.stderr
    inbox.mkdir()
    assert hoering("deliver", letter, "--adapter", "importmappe", "--to", inbox).returncode == 0


def document(**fields: Any) -> dict[str, Any]:
    """A Public 360 document with the sample case as its file."""
    data = base64.b64encode(case_bytes(read_case(SAMPLE), ".xml")).decode()
    case = read_case(SAMPLE)
    return {
        "parameter": {
            "CaseNumber": case.case_number,
            "Title": case.title,
            "DocumentDate": f"{case.letter_date.isoformat()}T00:00:00",
            "Contacts": [{"Role": "Modtager", "DispatchChannel": "Digital Post"}],
            "Files": [
                {"Title": "sag", "Format": "xml", "Data": data},
                {"Title": "bilag", "Format": "pdf", "Data": ""},
            ],
            **fields,
        }
    }


def exported(tmp_path: Path, value: object, adapter: str = "public360") -> dict[str, Any]:
    """The answer of the export hook to a foreign case."""
    done = subprocess.run(
        [sys.executable, "-m", "hoering_plugin", "export", "--out", tmp_path / "ud", "--adapter", adapter],
        input=json.dumps(value).encode(),
        capture_output=True,
        check=False,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["exit_code"] == done.returncode and b"Traceback" not in done.stderr
    return answer


def test_a_case_in_a_public_360_document_gives_the_same_letters(tmp_path: Path) -> None:
    """The document's file is the case, when both say the same."""
    answer = exported(tmp_path, document())
    assert answer["success"] and len(answer["letters"]) == 4


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (document(CaseNumber="2020-9999"), "sif-afviger"),
        (document(Files=[]), "sif-uden-sag"),
        (document(Files=[{"Title": "sag", "Format": "json", "Data": "æ"}]), "sif-ukendt"),
        (
            document(Files=[{"Title": "s", "Format": "json", "Data": base64.b64encode(b"{").decode()}]),
            "json-fejl",
        ),
        (document(Files="x"), "sif-ukendt"),
        ({"noget": "andet"}, "sif-ukendt"),
        ([1], "sif-ukendt"),
    ],
)
def test_a_document_that_cannot_be_used_is_told(value: object, said: str, tmp_path: Path) -> None:
    """Exit code 4 and what is wrong with it."""
    answer = exported(tmp_path, value)
    assert answer["exit_code"] == 4
    assert said in {finding["id"] for finding in answer["findings"]}


def test_an_adapter_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    """Exit code 3, never a guess."""
    answer = exported(tmp_path, document(), adapter="public36")
    assert answer["exit_code"] == 3 and "public360" in answer["message"]


ADAPTERS = {
    "gaar-i-staa": "def hoering_read_case(data, name):\n    raise SystemExit(3)\n",
    "rod": "def hoering_read_case(data, name):\n    return 7\n",
    "stavefejl": "from hoering_plugin import hookimpl\n@hookimpl\ndef hoering_raed_case():\n    return {}\n",
    "import": "import findes_ikke\n",
    "intet": "",
}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gaar-i-staa", "adapter-fejl"),
        ("rod", "adapter-resultat"),
        ("stavefejl", "adapter-hook-ukendt"),
        ("import", "adapter-indlaesning"),
        ("intet", "adapter-kan-ikke"),
    ],
)
def test_a_strangers_adapter_that_fails_is_named(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A really installed package, with its entry point: its faults are told with its name and version."""
    site = tmp_path / "site"
    info = site / "fremmed-1.2.dist-info"
    info.mkdir(parents=True)
    (site / "fremmed_adapter.py").write_text(ADAPTERS[name], "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fremmed\nVersion: 1.2\n", "utf-8")
    (info / "entry_points.txt").write_text("[hoering_plugin.adapters]\nfremmed = fremmed_adapter\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(site))
    answer = exported(tmp_path, document(), adapter="fremmed")
    assert said in {finding["id"] for finding in answer["findings"]}
    assert "fremmed 1.2" in answer["message"]
    assert importlib.metadata.version("hoering-plugin")
