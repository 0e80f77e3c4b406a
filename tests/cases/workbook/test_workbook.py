"""A case in a workbook: what people do to workbooks is understood, or told with sheet and cell."""

from __future__ import annotations

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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hoering_plugin import Case, CaseError, parse_case, read_case
from hoering_plugin.cases import reading, reading_of
from hoering_plugin.cases.schema import shipped_case_schema
from hoering_plugin.cases.workbook import marked, workbook_bytes
from hoering_plugin.cases.workbook.layout import sheets
from hoering_plugin.cases.write import case_bytes
from hoering_plugin.xml_form import resolved

ROOT = Path(__file__).resolve().parents[3]
CASE = read_case(ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json")
DATA = workbook_bytes(CASE)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def full() -> Case:
    """The sample case with everything that a case can say, told so that nothing may be confused."""
    plain: dict[str, Any] = json.loads(case_bytes(CASE, ".json"))
    grounds = {"regel": "=1+1", "hensyn": "-h", "fakta": "@f"}
    condition = {
        "id": "eget",
        "kategori": "andet",
        "grund": "fordi",
        "retter_sig_mod": "begge",
        "bestemmelser": ["miljoebeskyttelsesloven-17"],
        "tekst": "Senest {dag} og {antal} gange, {ord}.",
        "tidligst": "2021-01-01",
        "varsel": {"antal": 2, "enhed": "maaneder"},
        "kun_den": ["01-01", "07-01"],
        "vaerdier": {"dag": "2021-03-01", "antal": 12, "ord": "12"},
        "godkendt": {"af": "Kontoret", "den": "2020-11-01"},
        "eksempel": True,
    }
    reply = {
        "samarbejde": "dragoer-taarnby",
        "ministerium": "mim",
        "bestemmelser": ["miljoebeskyttelsesloven-17"],
        "vurdering": "delvist",
        "begrundelse": grounds,
        "dato": "2020-11-28",
        "dokument": "0012",
    }
    other = {**condition, "vaerdier": {"ord": "andet", "dag": "2021-04-01", "antal": 1}}
    plain["ministersvar"] = [
        {**reply, "vilkaar": [condition]},
        {**reply, "ministerium": "kommunalret", "vilkaar": []},
        {**reply, "ministerium": "sim"},
        {
            **reply,
            "samarbejde": "ishoej-vallensbaek",
            "bestemmelser": ["spildevandsbetaling"],
            "vilkaar": [{**other, "bestemmelser": ["spildevandsbetaling"]}],
        },
    ]
    plain["datoer"] = [{"oenske": plain["oensker"][0]["id"], "kommune": "0155", "dato": "2021-09-01"}]
    return Case.model_validate(plain)


def changed(change: Callable[[Workbook], None]) -> bytes:
    """The sample's workbook as a person has changed it."""
    book = load_workbook(io.BytesIO(DATA))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults(data: bytes) -> dict[str, str]:
    """What is wrong with a workbook: where each finding is, by its id."""
    with pytest.raises(CaseError) as caught:
        parse_case(data, "sag.xlsx")
    return {finding.id: finding.place.path for finding in caught.value.findings}


def notes(data: bytes) -> dict[str, str]:
    """What is worth telling about a workbook that can be read: where, by its id."""
    return {note.id: note.place.path for note in reading_of(data, "sag.xlsx").notes}


def paths(node: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every field of a case that holds a value, by its names."""
    schema = shipped_case_schema()
    node = resolved(node, schema)
    if node.get("type") == "array" and "properties" in resolved(node["items"], schema):
        return paths(node["items"], path)
    if "properties" in node:
        return [leaf for name, part in node["properties"].items() for leaf in paths(part, (*path, name))]
    return [path]


def test_every_field_of_a_case_has_its_column() -> None:
    """A field that is added to the model and not to the workbook would be lost there."""
    by_name = {sheet.name: sheet for sheet in sheets()}

    def whole(name: str) -> tuple[str, ...]:
        sheet = by_name[name]
        return (*(whole(sheet.parent) if sheet.parent else ()), *sheet.path)

    there = {(*whole(sheet.name), *column.path) for sheet in sheets() for column in sheet.columns}
    missing = [path for path in paths(shipped_case_schema()) if path not in there]
    assert missing == [("ministersvar", "vilkaar", "vaerdier")]  # it has a sheet of its own, name by name
    assert "Værdier i vilkår" in by_name


def test_the_sample_goes_to_a_workbook_and_back() -> None:
    """JSON, XML and workbook of the 2020 case read to the same case; the same bytes each time."""
    assert parse_case(DATA, "sag.xlsx") == CASE
    assert parse_case(case_bytes(CASE, ".xml"), "sag.xml") == CASE
    assert workbook_bytes(CASE) == DATA


def test_everything_a_case_can_say_goes_there_and_back() -> None:
    """Own conditions, none and the package's are three things; a text of digits stays a text."""
    case = full()
    assert parse_case(workbook_bytes(case), "sag.xlsx") == case


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_any_text_goes_there_and_back(texts: list[str]) -> None:
    """Also one that begins like a formula, looks like a number or has spaces around it."""
    plain = json.loads(case_bytes(CASE, ".json"))
    plain["titel"], plain["kommuner"][0]["borgmester"], plain["oensker"][0]["opgave"] = texts
    try:
        case = Case.model_validate(plain)
    except ValueError:
        return
    assert parse_case(workbook_bytes(case), "sag.xlsx") == case


def test_moved_and_hidden_columns_blank_rows_and_spaces_are_no_matter() -> None:
    """People move things about; the headings say what is what."""

    def change(book: Workbook) -> None:
        ws = book["Kommuner"]
        ws.insert_cols(1, 2)
        ws.insert_rows(4, 3)
        ws.column_dimensions["D"].hidden = True
        for row in ws.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f"  {cell.value} "
        ws["A1"], ws["A9"] = "Noter", "husk at ringe"
        del book["Datoer"]

    data = changed(change)
    assert parse_case(data, "sag.xlsx") == CASE
    assert notes(data) == {"kolonne-ukendt": "Kommuner!A1"}


def test_dates_may_be_dates_or_text_as_danes_write_them() -> None:
    """A real date, 01-12-2020, 1.12.2020, 1/12 2020 and 2020-12-01 are one day; a number is told."""
    for written in (dt.date(2020, 12, 1), "01-12-2020", "1.12.2020", "1/12 2020", "2020-12-01"):

        def change(book: Workbook, written: object = written) -> None:
            book["Sag"]["B14"] = written

        assert parse_case(changed(change), "sag.xlsx").letter_date == dt.date(2020, 12, 1)

    def number(book: Workbook) -> None:
        book["Sag"]["B14"] = 44166
        book["Sag"]["B14"].number_format = "General"

    assert faults(changed(number))["celle-dato-tal"] == "Sag!B14"


def test_the_other_date_system_is_understood() -> None:
    """A workbook from a Mac counts days from 1904; the dates are the same."""

    def change(book: Workbook) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904

    assert parse_case(changed(change), "sag.xlsx") == CASE


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    """A number for a code, a formula nobody computed, a faulty one, a merged cell, a wrong name."""

    def change(book: Workbook) -> None:
        book["Kommuner"]["A3"] = 155
        book["Kommuner"]["A3"].number_format = "0"
        book["Kommuner"]["E3"] = "=B3"
        book["Kommuner"]["E4"] = "#N/A"
        book["Kommuner"]["E4"].data_type = "e"
        book["Forhandlinger"].merge_cells("A3:A4")
        book["Roller"]["A3"] = "dragor-taarnby"
        book["Sag"]["B11"] = "måske"
        book["Sag"]["B14"] = "31-02-2020"

    found = faults(changed(change))
    assert found["celle-tal"] == "Kommuner!A3"
    assert found["celle-formel"] == "Kommuner!E3"
    assert found["celle-fejlvaerdi"] == "Kommuner!E4"
    assert found["celler-flettet"] == "Forhandlinger!A3:A4"
    assert found["raekke-uden-ejer"] == "Roller!A3"
    assert found["celle-ja-nej"] == "Sag!B11"
    assert found["celle-dato"] == "Sag!B14"


def test_a_renamed_sheet_and_a_missing_column_are_named_with_the_nearest() -> None:
    """Who renames »Kommuner« to »Kommunerne« is told so."""

    def change(book: Workbook) -> None:
        book["Kommuner"].title = "Kommunerne"
        book["Ønsker"].delete_cols(4)

    with pytest.raises(CaseError) as caught:
        parse_case(changed(change), "sag.xlsx")
    told = {finding.id: finding.message for finding in caught.value.findings}
    assert "»Kommuner«" in told["ark-mangler"] and "»Kommunerne«" in told["ark-mangler"]
    assert "»Opgave«" in told["kolonne-mangler"]


def test_filtered_rows_count_and_it_is_said() -> None:
    """A filter that was left on hides rows from the eye, not from the letters."""

    def change(book: Workbook) -> None:
        book["Kommuner"].auto_filter.ref = "A1:F6"
        book["Kommuner"].row_dimensions[4].hidden = True

    data = changed(change)
    assert parse_case(data, "sag.xlsx") == CASE
    assert notes(data)["raekker-skjult"] == "Kommuner"


def test_a_workbook_that_is_open_is_read_as_last_saved_and_it_is_said(tmp_path: Path) -> None:
    """Excel and LibreOffice put a lock file beside what they have open."""
    file = tmp_path / "sag.xlsx"
    file.write_bytes(DATA)
    assert reading(file).notes == ()
    (tmp_path / "~$sag.xlsx").write_bytes(b"")
    assert [note.id for note in reading(file).notes] == ["regneark-aabent"]


def zipped(**members: bytes) -> bytes:
    """A zip file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "regneark-laast"),
        (b"PK\x03\x04 og ikke mere", "regneark-ulaeseligt"),
        (DATA[: len(DATA) // 2], "regneark-ulaeseligt"),
        (b"", "regneark-ulaeseligt"),
        (zipped(word__document_xml=b"<w/>"), "regneark-ulaeseligt"),
        (zipped(xl__workbook_xml=b"<workbook/>"), "regneark-ulaeseligt"),
        (zipped(xl__workbook_xml=b"0" * 70_000_000), "regneark-for-stort"),
    ],
    ids=["krypteret", "stump", "halv", "tom", "word", "uden-indhold", "bombe"],
)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(data: bytes, kind: str) -> None:
    """Encrypted, damaged, something else, or a bomb: each ends in a finding."""
    assert kind in faults(data)


def test_a_strict_workbook_is_told_by_its_name_in_excel() -> None:
    """Excel offers »Strict Open XML« beside the usual kind; read as that kind it would seem to be empty."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes(full()))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            transitional, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
            target.writestr(name, source.read(name).replace(transitional, strict))
    assert list(faults(out.getvalue())) == ["regneark-strict"]


def test_macros_are_not_read_and_it_is_said() -> None:
    """A workbook with macros inside is read for its cells alone."""
    out = io.BytesIO(DATA)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"makro")
    assert notes(out.getvalue()) == {"regneark-makroer": ""}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(DATA) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_a_case_or_a_case_error(at: int, piece: bytes) -> None:
    """Whatever became of the bytes on the way."""
    try:
        parse_case(DATA[:at] + piece + DATA[at + len(piece) :], "sag.xlsx")
    except CaseError as fault:
        assert fault.findings


def test_the_marked_copy_has_each_fault_in_its_cell() -> None:
    """The caseworker sees what to mend where it is; marks of an earlier run are gone."""

    def change(book: Workbook) -> None:
        book["Kommuner"]["A3"] = 155
        book["Sag"]["B14"] = "i morgen"

    data = changed(change)
    with pytest.raises(CaseError) as caught:
        parse_case(data, "sag.xlsx")
    book = load_workbook(io.BytesIO(marked(marked(data, caught.value.findings), caught.value.findings)))
    assert "celle-tal" in book["Kommuner"]["A3"].comment.text
    assert "celle-dato" in book["Sag"]["B14"].comment.text
    comments = [c for ws in book.worksheets for row in ws.iter_rows() for c in row if c.comment]
    assert len(comments) <= len(caught.value.findings)


def test_an_empty_workbook_says_all_that_is_to_be_filled_in(hoering: Run, tmp_path: Path) -> None:
    """Made by the command; checked at once it names every field, each with its cell; --mark shows them."""
    file = tmp_path / "sag.xlsx"
    assert hoering("case", "new", file).returncode == 0
    assert hoering("case", "new", file).returncode == 5
    done = hoering("check", file, "--mark")
    assert done.returncode == 4
    assert "Sag!B3: Feltet »Sagsnummer« mangler" in done.stderr
    assert "Sag!B18: Feltet »Svarfrist: dato« mangler" in done.stderr
    assert "Arket »Kommuner« har ingen rækker" in done.stderr
    assert (tmp_path / "sag.fejl.xlsx").exists()
    book = load_workbook(file)
    assert book.sheetnames == [sheet.name for sheet in sheets()]
    assert [str(rule.sqref) for rule in book["Kommuner"].data_validations.dataValidation] == ["D3:D202"]


@pytest.mark.libreoffice
def test_after_libreoffice_it_is_the_same_case(calc: str, tmp_path: Path) -> None:
    """Opened and saved by another program, with its own way of writing strings and dates."""
    case = full()
    (tmp_path / "sag.xlsx").write_bytes(workbook_bytes(case))
    (tmp_path / "ud").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    subprocess.run(
        [
            calc,
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            tmp_path / "ud",
            tmp_path / "sag.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert read_case(tmp_path / "ud" / "sag.xlsx") == case
    shutil.rmtree(tmp_path / "profil", ignore_errors=True)


def saved_by_a_person(path: Path) -> None:
    """Saved again, as every program that saves a workbook does it: with the time."""
    book = load_workbook(path)
    book["Sag"]["B3"] = "2020-0000"
    book.save(path)


def test_a_marked_copy_that_a_person_has_worked_in_is_left_alone(hoering: Run, tmp_path: Path) -> None:
    """Ours is replaced, and taken away when all is well; a person's work never is."""
    file, copy = tmp_path / "sag.xlsx", tmp_path / "sag.fejl.xlsx"
    assert hoering("case", "new", file).returncode == 0
    hoering("check", file, "--mark")
    hoering("check", file, "--mark")
    assert [p.name for p in sorted(tmp_path.glob("*.fejl*"))] == ["sag.fejl.xlsx"]
    saved_by_a_person(copy)
    theirs = copy.read_bytes()
    assert "sag.fejl 2.xlsx" in hoering("check", file, "--mark").stderr
    assert "sag.fejl 2.xlsx" in hoering("check", copy, "--mark").stderr
    assert copy.read_bytes() == theirs
    file.write_bytes(DATA)
    assert hoering("check", file, "--mark").returncode == 0
    assert [p.name for p in sorted(tmp_path.glob("*.fejl*"))] == ["sag.fejl.xlsx"]
    assert copy.read_bytes() == theirs


def test_marked_copies_in_a_folder_are_no_cases(hoering: Run, tmp_path: Path) -> None:
    """The second run of a folder finds the same cases as the first."""
    (tmp_path / "sag.xlsx").write_bytes(DATA)
    for name in ("sag.fejl.xlsx", "sag.fejl 2.xlsx", "SAG.FEJL.XLSX", "~$sag.xlsx"):
        (tmp_path / name).write_bytes(DATA)
    done = hoering("check", tmp_path, "--quiet")
    assert done.returncode == 0 and done.stdout.count("Sag 2020-") == 1


def test_the_same_case_in_two_formats_is_found_by_its_number(hoering: Run, tmp_path: Path) -> None:
    """The number is read from a workbook that people have worked in, too; each file is told of the other."""

    def moved(book: Workbook) -> None:
        book["Sag"].insert_rows(1, 3)
        book["Sag"].title = " sag "
        book.move_sheet(book[" sag "], 4)

    (tmp_path / "a.xlsx").write_bytes(changed(moved))
    (tmp_path / "b.json").write_bytes(case_bytes(read_case_of(DATA), ".json"))
    (tmp_path / "c.xlsx").write_bytes(DATA[:2000])
    done = hoering("check", tmp_path)
    assert done.returncode == 4 and done.stderr.count("[sag-to-gange]") == 2
    assert done.stderr.count("[regneark-ulaeseligt]") == 1


def read_case_of(data: bytes) -> Case:
    """The case in a workbook's bytes."""
    return reading_of(data, "sag.xlsx").case


@pytest.mark.parametrize(
    ("sheet", "cell", "written", "read"),
    [
        ("Sag", "B14", "1. december 2020", lambda case: case.letter_date == dt.date(2020, 12, 1)),
        ("Sag", "B14", "den 1 December 2020", lambda case: case.letter_date == dt.date(2020, 12, 1)),
        ("Sag", "B19", 12, lambda case: case.reply_deadline.time == dt.time(12)),
        ("Sag", "B19", 12.3, lambda case: case.reply_deadline.time == dt.time(12, 30)),
        ("Kommuner", "D3", "Byråd ", lambda case: case.municipalities[0].council == "byraad"),
        ("Ønsker", "C3", "Genoptræning", lambda case: case.requests[0].area == "genoptraening"),
        ("Forhandlinger", "C3", "Afsluttet", lambda case: case.negotiations[0].status == "afsluttet"),
    ],
)
def test_what_people_write_for_what_they_mean_is_understood(
    sheet: str, cell: str, written: object, read: Callable[[Case], bool]
) -> None:
    """A date in words, an hour without minutes, a choice in plain Danish."""

    def write(book: Workbook) -> None:
        book[sheet][cell] = written

    assert read(read_case_of(changed(write)))


@pytest.mark.parametrize("written", [0.5, 25, 12.75, True])
def test_a_number_that_is_no_time_of_day_is_told(written: object) -> None:
    """Half a day in Excel, or half an hour: nobody can tell."""

    def write(book: Workbook) -> None:
        book["Sag"]["B19"] = written

    assert list(faults(changed(write))) == ["celle-klokkeslaet"]


def test_a_code_that_lost_its_zero_is_told_once() -> None:
    """And not again by each row that names the municipality."""

    def write(book: Workbook) -> None:
        book["Kommuner"]["A3"] = 155

    assert list(faults(changed(write))) == ["celle-tal"]
