"""PDF files are whole, tagged, searchable and archivable; and never in the way of the letters."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.libreoffice
def test_letters_become_tagged_pdf_a_with_title_language_and_bookmarks(
    hoering: Run, soffice: str, sample_case: Path, tmp_path: Path
) -> None:
    """What veraPDF would ask for first, looked up with pikepdf; the fonts with pdffonts."""
    done = hoering("letters", sample_case, "--out", tmp_path, "--pdf", "--soffice", soffice)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "2020-0000" / "pdf" / "v0001"
    files = sorted(folder.glob("*.pdf"))
    assert [file.stem for file in files] == sorted(path.stem for path in tmp_path.glob("*/v0001/*.docx"))
    for file in files:
        with pikepdf.open(file) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("da")
            with pdf.open_metadata() as xmp:
                assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) in (("2", "B"), ("2", "A"), ("2", "U"))
                assert xmp["dc:title"].startswith("Høring over udkast til tilladelse")
            with pdf.open_outline() as outline:
                assert any("Bilag 1" in str(one.title) for one in outline.root)
    if shutil.which("pdffonts"):
        told = subprocess.run(["pdffonts", files[0]], capture_output=True, encoding="utf-8", check=True)
        rows = told.stdout.splitlines()[2:]
        assert rows and all(row.split()[-5] == "yes" for row in rows)


@pytest.mark.libreoffice
def test_a_second_run_makes_none_again_and_an_edited_letter_is_told(
    hoering: Run, soffice: str, sample_case: Path, tmp_path: Path
) -> None:
    """What is there stays; a letter that a person has edited isn't what the PDF would show."""
    hoering("letters", sample_case, "--out", tmp_path)
    letter = next(tmp_path.glob("*/v0001/*dragoer.docx"))
    letter.write_bytes(letter.read_bytes() + b"\0")
    done = hoering("letters", sample_case, "--out", tmp_path, "--pdf", "--soffice", soffice)
    assert done.returncode == 0 and "pdf-rettet-brev" in done.stderr
    files = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/pdf/v0001/*")}
    assert len(files) == 4  # three letters, and the record of them
    hoering("letters", sample_case, "--out", tmp_path, "--pdf", "--soffice", soffice)
    assert files == {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/pdf/v0001/*")}


def test_without_libreoffice_it_is_told_how_to_get_it(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """Exit code 3, before anything is made."""
    done = hoering("letters", sample_case, "--out", tmp_path, "--pdf", "--soffice", tmp_path / "findes-ikke")
    assert done.returncode == 3 and "libreoffice.org" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
def test_a_libreoffice_that_fails_leaves_the_letters_alone(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """Exit code 1, each letter named, and the letters are there."""
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\necho gik i stykker >&2\nexit 1\n")
    broken.chmod(0o755)
    done = hoering("letters", sample_case, "--out", tmp_path / "ud", "--pdf", "--soffice", broken)
    assert (
        done.returncode == 1 and done.stderr.count("pdf-ikke-dannet") == 4 and "gik i stykker" in done.stderr
    )
    assert len(list(tmp_path.glob("ud/*/v0001/*.docx"))) == 4
    assert not (tmp_path / "ud" / "2020-0000" / "pdf").exists()
