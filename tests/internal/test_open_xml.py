"""Every workbook that the program makes passes an Open XML check: openxml-audit, after Microsoft's SDK."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator, ValidationSeverity

from hoering_plugin import CaseError, generate, letter_template, load_ministries, read_case
from hoering_plugin.case_files import convert_case, mark_workbook, new_workbook
from hoering_plugin.letter.templates import template_path

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"


def errors(path: Path) -> list[str]:
    """What the check finds wrong; warnings are of style."""
    found = OpenXmlValidator().validate(path).errors
    return [one.description for one in found if one.severity is ValidationSeverity.ERROR]


def internal(folder: Path, name: str) -> Path:
    """One of the two workbooks of a run."""
    generate(read_case(CASE), load_ministries(), letter_template(template_path()), folder)
    return folder / "2020-0000" / "internt" / name


def empty(folder: Path) -> Path:
    """A workbook to fill in."""
    new_workbook(folder / "sag.xlsx")
    return folder / "sag.xlsx"


def filled(folder: Path) -> Path:
    """The sample case."""
    convert_case(CASE, folder / "sag.xlsx")
    return folder / "sag.xlsx"


def marked(folder: Path) -> Path:
    """A copy with marked faults."""
    source = empty(folder)
    with pytest.raises(CaseError) as caught:
        read_case(source)
    copy = mark_workbook(source, caught.value.findings)
    assert copy is not None
    return copy


MADE: dict[str, Callable[[Path], Path]] = {
    "oversigt": lambda folder: internal(folder, "oversigt.xlsx"),
    "svar": lambda folder: internal(folder, "svar.xlsx"),
    "tom": empty,
    "sag": filled,
    "fejl": marked,
}


@pytest.mark.parametrize("name", MADE)
def test_a_workbook_of_ours_is_without_error(name: str, tmp_path: Path) -> None:
    """No program has to repair it."""
    assert errors(MADE[name](tmp_path)) == []


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    """Openpyxl alone puts a font's parts in an order of its own."""
    Workbook().save(tmp_path / "sag.xlsx")
    assert errors(tmp_path / "sag.xlsx")
