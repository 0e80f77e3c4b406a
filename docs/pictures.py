"""Makes the pictures in the docs from the program itself, so that they stay true.

    python docs/pictures.py            needs LibreOffice with Calc and Writer, and pdftoppm

Each picture is the first page of a file that the program makes of the 2020 case.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hoering_plugin import generate, letter_template, load_ministries, read_case
from hoering_plugin.cases.workbook import workbook_bytes
from hoering_plugin.letter.templates import template_path
from hoering_plugin.pdf import office

DOCS = Path(__file__).resolve().parent
CASE = DOCS.parent / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"


def picture(source: Path, target: Path, work: Path, page: int, dots: int) -> None:
    """One page of a Word or Excel file as a picture, without the white around it."""
    profile = f"-env:UserInstallation={(work / 'profil').as_uri()}"
    how = [office(), profile, "--headless", "--convert-to", "pdf", "--outdir", work, source]
    subprocess.run(how, check=True, capture_output=True)
    part = work / target.stem
    pages = ["-f", str(page), "-l", str(page), "-r", str(dots), "-png", "-singlefile"]
    subprocess.run(
        [shutil.which("pdftoppm") or "pdftoppm", *pages, work / f"{source.stem}.pdf", part], check=True
    )
    shutil.copy(part.with_suffix(".png"), target)


def main(folder: Path = DOCS / "images") -> None:
    """Make all of them."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        case = read_case(CASE)
        result = generate(case, load_ministries(), letter_template(template_path()), work / "breve")
        letter = next(Path(result.folder).glob("*dragoer.docx"))
        picture(letter, folder / "brev-dragoer.png", work, 1, 60)
        overview = work / "breve" / "2020-0000" / "internt" / "oversigt.xlsx"
        picture(overview, folder / "oversigt.png", work, 1, 70)
        book = work / "regneark.xlsx"
        book.write_bytes(_landscape(workbook_bytes(case), "Kommuner"))
        picture(book, folder / "regneark.png", work, 1, 70)


def _landscape(data: bytes, sheet: str) -> bytes:
    """The workbook with one sheet alone, as it fits a page."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for ws in book.worksheets:
        if ws.title != sheet:
            book.remove(ws)
    ws = book[sheet]
    ws.page_setup.orientation, ws.page_setup.fitToHeight = "landscape", 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.print_area = "A1:F8"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
