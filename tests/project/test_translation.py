"""What a person meets is in Danish and in English; what is kept is the same whoever ran the program."""

from __future__ import annotations

import ast
import gettext
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from hoering_plugin.cli.readers import asks_for_english
from hoering_plugin.findings import Kind, Place, Severity
from hoering_plugin.language import LOCALES, Phrase, joined, literal, speak_english, spoken

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))
import catalogues

PACKAGE = Path(catalogues.hoering_plugin.__file__).parent
_NAME = re.compile(r"(?<!\{)(?:\{\{)*(\{[a-z_0-9!]+\})")
Catalogue = tuple[str, str]


def run(language: str, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """The command, spoken to in a language."""
    return subprocess.run(
        [sys.executable, "-m", "hoering_plugin", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ) | {"HOERING_LANG": language, "COLUMNS": "100"} | changed,
        check=False,
    )


@pytest.mark.parametrize("which", catalogues.CATALOGUES, ids="/".join)
def test_every_text_is_translated_and_nothing_else(which: Catalogue) -> None:
    """A new text needs a translation; one that nobody says any more is taken away."""
    catalogue = catalogues.read_catalogue(*which)
    assert not catalogues.missing(catalogue)
    assert {message.id for message in catalogue if message.id} == set(catalogues.CATALOGUES[which]())


@pytest.mark.parametrize("which", catalogues.CATALOGUES, ids="/".join)
def test_what_is_compiled_is_what_is_written(which: Catalogue) -> None:
    """The program reads the compiled catalogue."""
    language, domain = which
    compiled = gettext.translation(domain, LOCALES, [language])
    for message in catalogues.read_catalogue(*which):
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string


def test_a_translation_has_the_names_of_the_danish_text() -> None:
    """No value is lost on the way to English, and none is asked for that isn't there."""
    for message in catalogues.read_catalogue("en", "hoering_plugin"):
        danish, english = str(message.id), str(message.string)
        assert sorted(_NAME.findall(danish)) == sorted(_NAME.findall(english)), danish
        spaces = [(text[:1].isspace(), text.endswith("? ")) for text in (danish, english)]
        assert spaces[0] == spaces[1], danish


def test_a_text_for_the_catalogue_is_written_out_where_it_is_said() -> None:
    """A text put together on the way has no translation, and what is in it would be read as names."""
    spoken_of = ((file, call) for file, call in catalogues.calls(PACKAGE) if file != "language.py")
    for file, call in spoken_of:
        for argument in call.args[catalogues._WORDS_OF.get(call.func.id, slice(0))]:  # type: ignore[attr-defined]
            made = [node for node in ast.walk(argument) if isinstance(node, ast.JoinedStr | ast.BinOp)]
            assert not made, f"{file}:{call.lineno}"


@pytest.mark.parametrize(
    ("environment", "english"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "da_DK.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LC_MESSAGES": "en_US", "LANG": "da_DK"}, True),
        ({"LC_ALL": "", "LANG": "en"}, True),
        ({"HOERING_LANG": "en", "LANG": "da_DK"}, True),
        ({"HOERING_LANG": "da", "LC_ALL": "en_US.UTF-8"}, False),
        ({"HOERING_LANG": "EN", "LANG": "C"}, True),
        ({"LANG": "enm"}, False),
    ],
)
def test_it_is_danish_unless_english_is_asked_for(environment: Mapping[str, str], english: bool) -> None:
    """HOERING_LANG decides; else the locale, where it names a language."""
    assert asks_for_english(environment) is english


def test_the_danish_way_reads_no_catalogue() -> None:
    """Those who read Danish wait for no translation."""
    code = (
        "import sys; from hoering_plugin.language import Phrase, spoken; "
        "assert spoken(Phrase('linje {nr}', nr=3)) == 'linje 3'; assert 'gettext' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def in_english() -> Any:
    """People are spoken to in English for a while."""
    speak_english(True)
    yield
    speak_english(False)


@pytest.mark.usefixtures("in_english")
def test_a_finding_speaks_english_with_values_of_any_kind() -> None:
    """Phrases in it are translated; what people wrote stays, whatever stands in it."""
    kind = Kind("x", Severity.ERROR, "Filen kan ikke læses: {grund}.", "{forslag}Ret navnet.")
    hostile = "{grund} {0} »ja« %s linje"
    near = Phrase("Mente du »{navn}«? ", navn=hostile)
    found = kind.at(
        Place(hostile, 7, "tabel 1, række 3, celle 2"), grund=Phrase("stien findes ikke"), forslag=near
    )
    assert str(found) == (
        f"{hostile}, line 7, table 1, row 3, cell 2: The file can't be read: there is no such path. "
        f"Did you mean “{hostile}”? Correct the name. [x]"
    )
    assert found.message == f"Filen kan ikke læses: stien findes ikke. Mente du »{hostile}«? Ret navnet."
    assert spoken(joined([hostile, Phrase("ja")], "{ - }")) == f"{hostile}{{ - }}yes"
    assert spoken(literal("ja {x}")) == "ja {x}"


@pytest.mark.usefixtures("in_english")
def test_a_place_that_only_looks_like_one_in_word_stays_what_it_is() -> None:
    """A file, a path in a case and a cell are names, and names have no translation."""
    for path in ("$.kommuner[0].kode", "tabel 1!B3", "/sag/kommuner/post[2]"):
        assert str(Place("linje 3", None, path)) == f"linje 3, {path}"


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_kept_does_not_depend_on_the_language(sample_case: Path, tmp_path: Path) -> None:
    """Letters, manifest, overview and register are the same bytes; the second run finds nothing to do."""
    data = json.loads(sample_case.read_text("utf-8"))
    data["svarfrist"]["dato"] = "2020-12-24"
    data["forhandlinger"] = data["forhandlinger"][1:]
    data["oensker"][0]["ansoegninger"][0].pop("dato")
    case = tmp_path / "sag.json"
    case.write_text(json.dumps(data), "utf-8")
    one = run("da", "letters", str(case), "--out", str(tmp_path / "da"))
    other = run("en", "letters", str(case), "--out", str(tmp_path / "en"))
    assert "reply deadline" in other.stderr and "Svarfristen" in one.stderr
    assert files(tmp_path / "da") == files(tmp_path / "en")
    again = run("en", "letters", str(case), "--out", str(tmp_path / "da"))
    assert "unchanged" in again.stdout


COMMANDS: tuple[Callable[[Path, Path], list[str]], ...] = (
    lambda case, _: ["--help"],
    lambda case, _: ["letters", "--help"],
    lambda case, _: ["ministries", "--help"],
    lambda case, _: ["ministries", "check", "--help"],
    lambda case, _: ["check", str(case)],
    lambda case, out: ["letters", str(case), "--out", str(out)],
    lambda case, out: ["letters", str(case)],
    lambda case, out: ["verify", str(out)],
    lambda case, out: ["trace", str(next(out.rglob("*.docx"), out))],
    lambda case, _: ["letters", "fil.json", "--out", "x"],
    lambda case, _: ["ministries", "check", "mim"],
    lambda case, _: ["template", "fields"],
)


def test_nothing_danish_is_left_in_english_but_names_and_texts_of_the_case(
    sample_case: Path, tmp_path: Path
) -> None:
    """Function words give a Danish sentence away; letters, names and quoted words may be Danish."""
    given_away = re.compile(r"\b(ikke|eller|findes|kan|skal|der|som|mangler|vilkår|brevet|breve)\b")
    for command in COMMANDS:
        done = run("en", *command(sample_case, tmp_path / "out"))
        for line in (done.stdout + done.stderr).splitlines():
            said = re.sub(r"“[^”]*”|`[^`]*`|\[[a-z0-9-]+\]|\S*[/\\]\S*|--out breve", "", line)
            if command is COMMANDS[-1]:
                said = said[:100]  # the examples in the last column are of a Danish letter
            assert not given_away.search(said), f"{done.args}: {line}"


def test_the_records_system_gets_its_message_in_its_language(sample_case: Path, tmp_path: Path) -> None:
    """Keys and ids are the same; what is for a person is translated."""
    answers = {}
    for language in ("da", "en"):
        done = run(language, "export", str(sample_case), "--out", str(tmp_path / language))
        answers[language] = json.loads(done.stdout)
    danish, english = answers["da"], answers["en"]
    assert "4 skrevet" in danish["message"] and "4 written" in english["message"]
    assert danish.keys() == english.keys()
    assert [f["id"] for f in danish["findings"]] == [f["id"] for f in english["findings"]]
    assert danish["findings"][0]["message"] != english["findings"][0]["message"]


def test_workers_answer_in_the_language_of_whoever_asked(sample_case: Path, tmp_path: Path) -> None:
    """A result made elsewhere is translated where it is shown."""
    second = tmp_path / "anden.json"
    second.write_text(sample_case.read_text("utf-8").replace("2020-0000", "2020-0001"), "utf-8")
    done = run("en", "letters", str(sample_case), str(second), "--out", str(tmp_path / "ud"), "--jobs", "2")
    assert done.stdout.count("4 written") == 2, done.stderr
    assert "skrevet" not in done.stdout


def test_a_value_in_a_finding_that_is_words_is_a_phrase() -> None:
    """Words put into a finding as plain text would stay Danish in English."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "at":
                continue
            for value in (keyword.value for keyword in node.keywords):
                texts = [value] if isinstance(value, ast.Constant) else []
                texts += [one for one in getattr(value, "values", []) if isinstance(one, ast.Constant)]
                words = [one.value for one in texts if isinstance(one.value, str)]
                assert not any(re.search(r"[a-zæøå]{2}", word) for word in words if word != " end"), (
                    f"{path}:{node.lineno}"
                )
