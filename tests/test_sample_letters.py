"""The four letters of the 2020 case: their text, their annexes, and that LibreOffice opens them."""

from __future__ import annotations

import runpy
import subprocess
from pathlib import Path

import pytest

from hoering_plugin import generate, load_ministries, read_case
from hoering_plugin.letter.templates import template_path

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "forventet"
PAIRS = [("0155", "0185"), ("0183", "0187")]


@pytest.fixture(scope="module")
def texts(sample_case: Path) -> dict[str, str]:
    """The text of each letter as the program makes it now."""
    found: dict[str, str] = runpy.run_path(str(ROOT / "sample_cases" / "write_expected.py"))["letter_texts"](
        sample_case
    )
    return found


def of(texts: dict[str, str], code: str) -> str:
    """The text of the letter to one municipality."""
    return next(text for name, text in texts.items() if f"-{code}-" in name)


def annex(text: str) -> str:
    """What stands from the annex's title on."""
    return text[text.index("Udkast til tilladelse efter") :]


def test_the_letters_say_what_is_written_down(texts: dict[str, str]) -> None:
    """A change of wording is a change of a file in sample_cases."""
    written = {path.stem: path.read_text("utf-8") for path in EXPECTED.glob("*.txt")}
    assert len(texts) == 4
    assert texts == written


@pytest.mark.parametrize("pair", PAIRS)
def test_the_annex_is_the_same_in_both_letters(texts: dict[str, str], pair: tuple[str, str]) -> None:
    """One permission is one act: both councils are heard on the same words and numbers."""
    assert annex(of(texts, pair[0])) == annex(of(texts, pair[1]))


@pytest.mark.parametrize("code", [code for pair in PAIRS for code in pair])
def test_each_letter_says_what_a_consultation_letter_must(texts: dict[str, str], code: str) -> None:
    """Deadline, what silence means, where to answer, and nothing that belongs to a final decision."""
    text = of(texts, code).replace("\u00a0", " ")
    for phrase in (
        "mandag den 8. februar 2021 kl. 12.00",
        "på det foreliggende grundlag",
        "anses ikke for",
        "2020-0000",
        "01-12-2020",
        "§ 11 a, stk. 2",
        "§ 11 a, stk. 3",
        "Med venlig hilsen",
        "politiske forhandlinger",
    ):
        assert phrase in text, phrase
    for phrase in ("klagevejledning", "Miljø- og Fødevareministeriet", "desværre", " Deres ", " Dem "):
        assert phrase not in text, phrase
    assert ("i meget vidt omfang" in text) == (code in ("0183", "0187"))


def test_every_letter_opens_in_libreoffice(sample_case: Path, soffice: str, tmp_path: Path) -> None:
    """The letters convert to PDF, each with the text of its annex on the pages."""
    generate(read_case(sample_case), load_ministries(), template_path(), tmp_path / "out")
    letters = sorted((tmp_path / "out").rglob("*.docx"))
    profile = (tmp_path / "profile").as_uri()
    convert = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*convert, "--outdir", tmp_path, *letters], check=True, capture_output=True, timeout=300)
    for letter in letters:
        pdf = tmp_path / f"{letter.stem}.pdf"
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout
        assert "UDKAST" in text.decode("utf-8")
