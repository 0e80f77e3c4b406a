"""The overview shows what was made; the register of replies is the caseworker's, and loses nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from hoering_plugin import Case, RunResult, generate, letter_template, load_ministries, read_case
from hoering_plugin.letter.templates import template_path

ROOT = Path(__file__).resolve().parents[2]
CASE = read_case(ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json")
MINISTRIES = load_ministries()
TEMPLATE = letter_template(template_path())


def run(out: Path, case: Case = CASE) -> RunResult:
    """The letters of a case."""
    return generate(case, MINISTRIES, TEMPLATE, out)


def changed(**values: object) -> Case:
    """The sample case with other values, read as from a file."""
    plain = CASE.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return Case.model_validate(plain | values)


def held() -> Case:
    """The sample case with Dragør's and Tårnby's letters held."""
    plain = json.loads(json.dumps(CASE.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
    for request in plain["oensker"]:
        if request["samarbejde"] == "dragoer-taarnby":
            request["ansoegninger"][0].pop("dato", None)
    return Case.model_validate(plain)


def home(out: Path) -> Path:
    """The folder with both files."""
    return out / "2020-0000" / "internt"


def sheet(path: Path, name: str) -> Worksheet:
    """A sheet of a workbook."""
    found: Worksheet = load_workbook(path)[name]
    return found


def table(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    head, *rows = sheet(path, name).iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_overview_has_a_row_for_each_letter_and_each_condition(tmp_path: Path) -> None:
    """Status, outcome by task area, the conditions that bind, the deadline, and a link that leads there."""
    result = run(tmp_path)
    path = home(tmp_path) / "oversigt.xlsx"
    letters = table(path, "Breve")
    assert [row["Kommune"] for row in letters] == [f"{letter.name} Kommune" for letter in result.letters]
    assert {row["Status"] for row in letters} == {"skrevet"}
    assert letters[0]["Svarfrist"].date() == dt.date(2021, 2, 8)
    assert letters[0]["Natur og miljø"].startswith("imødekommes fuldt (delegerende, ")
    assert any("imødekommes delvist" in str(row["Natur og miljø"]) for row in letters)
    for row in letters:
        target = row["Brev"].removeprefix('=HYPERLINK("').partition('"')[0]
        assert (path.parent / target).resolve().is_file()
    manifest = json.loads((Path(result.folder) / "manifest.json").read_text("utf-8"))
    conditions = [c for one in manifest["samarbejder"] for c in one["vilkaar"]]
    assert [(row["Nr."], row["Id"]) for row in table(path, "Vilkår")] == [
        (c["nummer"], c["id"]) for c in conditions
    ]
    assert len(table(path, "Fund")) == len(result.findings) + sum(len(one.findings) for one in result.letters)


def test_it_is_set_up_to_be_worked_with_and_printed(tmp_path: Path) -> None:
    """Frozen headings, filters, widths, landscape, one page wide, headings on every page."""
    run(tmp_path)
    for ws in load_workbook(home(tmp_path) / "oversigt.xlsx").worksheets:
        assert ws.freeze_panes == "A2" and ws.auto_filter.ref and ws.print_title_rows
        assert ws.page_setup.orientation == "landscape" and ws.page_setup.fitToWidth == 1
        assert all(dimension.width > 5 for dimension in ws.column_dimensions.values())


def test_text_never_becomes_a_formula_and_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    """A municipality called =1+1 is a name."""
    towns = [m.model_dump(mode="json", by_alias=True) for m in CASE.municipalities]
    towns[0]["navn"] = "=1+1"
    case = changed(kommuner=towns)
    run(tmp_path / "a", case)
    run(tmp_path / "b", case)
    ws = sheet(home(tmp_path / "a") / "oversigt.xlsx", "Breve")
    assert (ws["A2"].value, ws["A2"].data_type) == ("=1+1 Kommune", "s")
    for name in ("oversigt.xlsx", "svar.xlsx"):
        assert (home(tmp_path / "a") / name).read_bytes() == (home(tmp_path / "b") / name).read_bytes()


def test_a_second_run_writes_neither_again(tmp_path: Path) -> None:
    """Nothing has changed, so nothing is touched."""
    run(tmp_path)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in home(tmp_path).iterdir()}
    assert run(tmp_path).letters[0].status == "unchanged"
    assert before == {
        path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in home(tmp_path).iterdir()
    }


def test_a_held_letter_is_in_the_overview_and_has_no_rows_for_replies(tmp_path: Path) -> None:
    """Who gets no letter can't answer it; when the letter is there, the rows are added."""
    run(tmp_path, held())
    statuses = {row["Kommune"]: row["Status"] for row in table(home(tmp_path) / "oversigt.xlsx", "Breve")}
    assert statuses["Dragør Kommune"] == "tilbageholdt" and statuses["Ishøj Kommune"] == "skrevet"
    path = home(tmp_path) / "svar.xlsx"
    first = table(path, "Svar")
    assert {row["Kommune"] for row in first} == {"Ishøj", "Vallensbæk"}
    run(tmp_path)
    rows = table(path, "Svar")
    assert rows[: len(first)] == first
    assert {row["Kommune"] for row in rows} == {"Dragør", "Tårnby", "Ishøj", "Vallensbæk"}
    keys = [row["Nøgle"] for row in rows]
    assert len(keys) == len({*keys})


def test_an_overview_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    """Put aside under another name, and it is said; the new one is in its place."""
    run(tmp_path)
    path = home(tmp_path) / "oversigt.xlsx"
    path.write_bytes(b"mine egne noter")
    result = run(tmp_path, changed(titel="Ny titel", doknr="111111"))
    assert "oversigt-rettet" in {finding.id for finding in result.findings} and result.success
    assert (home(tmp_path) / "oversigt (rettet 1).xlsx").read_bytes() == b"mine egne noter"
    assert table(path, "Breve")


def test_what_a_caseworker_did_to_the_register_stays(tmp_path: Path) -> None:
    """Answers, moved columns, a picture, a sheet of their own: rows are added, nothing else changes."""
    run(tmp_path, held())
    path = home(tmp_path) / "svar.xlsx"
    book = load_workbook(path)
    ws = book["Svar"]
    ws.move_range(f"J1:J{ws.max_row}", cols=3)
    ws["G2"], ws["H2"] = "tiltræder", "=1+1"
    book.create_sheet("Mine noter")["A1"] = "husk"
    picture = io.BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
            "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
        )
    )
    pytest.importorskip("PIL", reason="openpyxl needs it to put a picture in")
    ws.add_image(Image(picture), "L2")
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    run(tmp_path)
    with zipfile.ZipFile(path) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    rows = list(load_workbook(path)["Svar"].iter_rows(values_only=True))
    assert rows[1][6] == "tiltræder" and rows[1][7] == "=1+1"
    assert {row[0] for row in rows[1:]} == {"Dragør", "Tårnby", "Ishøj", "Vallensbæk"}
    assert all(row[12] for row in rows)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"PK ikke et regneark"), "kan læses"),
        (lambda path: path.write_bytes(b""), "kan læses"),
        (lambda path: rename_sheet(path), "arket »Svar« mangler"),
    ],
    ids=["beskadiget", "tom", "omdøbt"],
)
def test_a_register_that_rows_cannot_be_added_to_is_left_alone(
    spoil: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    """It is told how many rows are missing and why; the letters are written all the same."""
    run(tmp_path, held())
    path = home(tmp_path) / "svar.xlsx"
    spoil(path)
    before = path.read_bytes()
    result = run(tmp_path)
    (told,) = [finding for finding in result.findings if finding.id == "svar-ikke-udvidet"]
    assert said in told.message and result.success
    assert path.read_bytes() == before


def rename_sheet(path: Path) -> None:
    """Give the register's sheet another name."""
    book = load_workbook(path)
    book["Svar"].title = "Svarene"
    book.save(path)


def test_the_files_are_whole_open_xml(tmp_path: Path) -> None:
    """Every relation leads somewhere, every part has a type, no cell stands twice, rows are in order."""
    run(tmp_path)
    for name in ("oversigt.xlsx", "svar.xlsx"):
        with zipfile.ZipFile(home(tmp_path) / name) as archive:
            parts = set(archive.namelist())
            types = etree.fromstring(archive.read("[Content_Types].xml"))
            given = {one.get("PartName", "").lstrip("/") for one in types}
            endings = {one.get("Extension") for one in types}
            assert all(
                part in given or part.rpartition(".")[2] in endings
                for part in parts - {"[Content_Types].xml"}
            )
            assert {part for part in given if part} <= parts
            for part in parts:
                root = etree.fromstring(archive.read(part))
                if part.startswith("xl/worksheets/sheet"):
                    cells = [cell.get("r") for cell in root.iter("{*}c")]
                    numbers = [int(row.get("r", "0")) for row in root.iter("{*}row")]
                    assert len(cells) == len({*cells}) and numbers == sorted({*numbers})


@pytest.mark.libreoffice
def test_libreoffice_opens_both_and_shows_the_same(calc: str, tmp_path: Path) -> None:
    """Converted to CSV, the first sheet of each has its rows, the links their names, dates in Danish."""
    run(tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    how = [
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        str(tmp_path),
    ]
    files = [str(home(tmp_path) / name) for name in ("oversigt.xlsx", "svar.xlsx")]
    subprocess.run([calc, profile, *how, *files], check=True, capture_output=True, timeout=180)
    shutil.rmtree(tmp_path / "profil", ignore_errors=True)
    with (tmp_path / "oversigt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Brev"] == "2020-0000-0155-dragoer.docx"
    assert rows[0]["Svarfrist"] == "08-02-2021"
    with (tmp_path / "svar.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(table(home(tmp_path) / "svar.xlsx", "Svar"))


def test_a_damaged_register_stops_no_letter(tmp_path: Path) -> None:
    """Bytes that can't be unpacked are a warning, and the letters are there."""
    run(tmp_path, held())
    path = home(tmp_path) / "svar.xlsx"
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 100
    data = bytearray(path.read_bytes())
    data[start : start + 20] = b"\xff" * 20
    path.write_bytes(data)
    result = run(tmp_path)
    assert result.success and "svar-ikke-udvidet" in {finding.id for finding in result.findings}
    assert path.read_bytes() == data


def test_an_overview_saved_again_is_left_until_something_changes(tmp_path: Path) -> None:
    """A caseworker who saves a filter doesn't get a copy put aside for each run."""
    run(tmp_path)
    path = home(tmp_path) / "oversigt.xlsx"
    load_workbook(path).save(path)
    saved = path.read_bytes()
    assert "oversigt-rettet" not in {finding.id for finding in run(tmp_path).findings}
    assert path.read_bytes() == saved
    result = run(tmp_path, changed(doknr="111111", svarfrist={"dato": "2021-02-15"}))
    assert "oversigt-rettet" in {finding.id for finding in result.findings}
    assert (home(tmp_path) / "oversigt (rettet 1).xlsx").read_bytes() == saved


def renamed(mayor: str) -> Case:
    """The sample case with another mayor in Dragør."""
    plain = json.loads(json.dumps(CASE.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
    next(one for one in plain["kommuner"] if one["kode"] == "0155")["borgmester"] = mayor
    return Case.model_validate(plain)


def test_a_run_for_one_municipality_tells_of_the_others_letters(tmp_path: Path) -> None:
    """The overview has every municipality: its own new letter, and where the others' newest are."""
    generate(renamed("En"), MINISTRIES, TEMPLATE, tmp_path, only=["0155"])
    first = {row["Kommune"]: row for row in table(home(tmp_path) / "oversigt.xlsx", "Breve")}
    assert first["Dragør Kommune"]["Status"] == "skrevet"
    assert first["Ishøj Kommune"]["Status"] == "ikke dannet" and first["Ishøj Kommune"]["Brev"] is None
    run(tmp_path)
    generate(renamed("En anden"), MINISTRIES, TEMPLATE, tmp_path, only=["0155"])
    then = {row["Kommune"]: row for row in table(home(tmp_path) / "oversigt.xlsx", "Breve")}
    assert then["Dragør Kommune"]["Status"] == "skrevet" and "v0003/" in then["Dragør Kommune"]["Brev"]
    assert then["Ishøj Kommune"]["Status"] == "ældre (v0002)" and "v0002/" in then["Ishøj Kommune"]["Brev"]


def test_one_municipality_of_an_unchanged_case_leaves_the_overview_as_it_is(tmp_path: Path) -> None:
    """Nothing is older than the newest version."""
    run(tmp_path)
    before = (home(tmp_path) / "oversigt.xlsx").read_bytes()
    generate(CASE, MINISTRIES, TEMPLATE, tmp_path, only=["0155"])
    assert (home(tmp_path) / "oversigt.xlsx").read_bytes() == before


def test_the_overview_follows_when_every_letter_is_held(tmp_path: Path) -> None:
    """An overview that is there doesn't go on saying that all is well; where there is none, none is made."""
    plain = json.loads(json.dumps(CASE.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
    for request in plain["oensker"]:
        request["ansoegninger"][0].pop("dato", None)
    case = Case.model_validate(plain)
    run(tmp_path / "ny", case)
    assert not (tmp_path / "ny").exists() or not list((tmp_path / "ny").rglob("*.xlsx"))
    run(tmp_path)
    result = run(tmp_path, case)
    assert {row["Status"] for row in table(home(tmp_path) / "oversigt.xlsx", "Breve")} == {"tilbageholdt"}
    assert not result.version and len(list((tmp_path / "2020-0000").glob("v*"))) == 1
    found = table(home(tmp_path) / "oversigt.xlsx", "Fund")
    assert any(row["Sted"] == "$.svarfrist.dato" for row in found)


def test_a_register_that_is_open_gets_its_rows_when_it_is_closed(tmp_path: Path) -> None:
    """Rows put in under a person's hands would be gone when the person saves."""
    run(tmp_path, held())
    path = home(tmp_path) / "svar.xlsx"
    before = path.read_bytes()
    lock = path.with_name("~$svar.xlsx")
    lock.write_bytes(b"x")
    assert "svar-aabent" in {finding.id for finding in run(tmp_path).findings}
    assert path.read_bytes() == before
    lock.unlink()
    assert "svar-aabent" not in {finding.id for finding in run(tmp_path).findings}
    assert len(table(path, "Svar")) > 40 and path.read_bytes() != before
