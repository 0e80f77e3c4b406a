"""Letters as PDF, where Word alone won't do: tagged PDF/A-2 by LibreOffice, beside the versions, in ``pdf/``.

A version's PDF files are made together and moved into place whole, in a folder of the version's name. They
are of the letters as they were made; a letter that a person has edited since is passed over, and it is told.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hoering_plugin.delivery.manifest import read_manifest
from hoering_plugin.delivery.versions import MANIFEST
from hoering_plugin.disk import reason
from hoering_plugin.findings import Finding, OutputError, Place, SetupError, error, warning
from hoering_plugin.language import Phrase, joined
from hoering_plugin.verify import is_as_written

NO_OFFICE = error(
    "pdf-uden-libreoffice",
    "PDF dannes med LibreOffice, som ikke er fundet.",
    "Installér LibreOffice (libreoffice.org), eller angiv programmet med --soffice.",
)
NOT_MADE = error(
    "pdf-ikke-dannet",
    "LibreOffice dannede ikke PDF af {fil}{grund}.",
    "Åbn brevet i Word, og gem det som PDF, eller kør igen. Brevet selv er skrevet.",
)
NOT_WRITTEN = error(
    "pdf-kan-ikke-skrives", "PDF-filerne kan ikke skrives: {grund}.", "Brevene selv er skrevet."
)
EDITED = warning(
    "pdf-rettet-brev",
    "Brevet {fil} er rettet, siden det blev dannet, og bliver ikke til PDF.",
    "Gem det som PDF i Word.",
)
FOLDER = "pdf"
_RECORD = "pdf.json"
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "PDFUACompliance": {"type": "boolean", "value": "false"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
    },
    separators=(",", ":"),
)
_START_SECONDS, _LETTER_SECONDS = 60, 5
_COMMAND_CHARACTERS = 30_000
"""What a command line may hold on Windows, less some: more letters are another start."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A version whose PDF files are to be made."""

    version: Path
    target: Path
    letters: tuple[Path, ...]


def office(given: Path | None = None) -> Path:
    """The LibreOffice program: the one given, else on the path or where it is usually installed.

    Raises SetupError where there is none.
    """
    usual = {
        "win32": [r"C:\Program Files\LibreOffice\program\soffice.exe"],
        "darwin": ["/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    }.get(sys.platform, ["/usr/lib/libreoffice/program/soffice"])
    found = [shutil.which("soffice"), shutil.which("libreoffice"), *usual]
    for one in [given] if given else [Path(name) for name in found if name]:
        if one.is_file():
            return one
    raise SetupError([NO_OFFICE.at(Place(str(given or "")))])


def make_pdfs(versions: Iterable[Path], program: Path) -> tuple[Finding, ...]:
    """Make the PDF files of every version that hasn't got them, with as few starts as can be.

    Raises OutputError for a folder that can't be written; what LibreOffice didn't make is in the findings.
    """
    told: list[Finding] = []
    wanted = []
    for version in dict.fromkeys(versions):
        target = version.parent / FOLDER / version.name
        if not target.exists():
            letters, edited = _letters(version)
            told += edited
            wanted.append(_Wanted(version, target, letters))
    if not any(one.letters for one in wanted):
        return tuple(told)
    try:
        with tempfile.TemporaryDirectory(prefix="hoering-pdf-") as work:
            made, said = _converted([letter for one in wanted for letter in one.letters], program, Path(work))
            for one in wanted:
                told += _placed(one, made, said)
    except OSError as fault:
        raise OutputError([NOT_WRITTEN.at(grund=reason(fault))]) from fault
    return tuple(told)


def _letters(version: Path) -> tuple[tuple[Path, ...], list[Finding]]:
    """The letters of a version that are as they were made, and a warning for each other."""
    letters, edited = [], []
    for letter in read_manifest(version / MANIFEST)["breve"]:
        path = version / letter["fil"]
        if is_as_written(path, letter["sha256"]):
            letters.append(path)
        else:
            edited.append(EDITED.at(Place(str(path)), fil=letter["fil"]))
    return tuple(letters), edited


def _converted(letters: Sequence[Path], program: Path, work: Path) -> tuple[dict[Path, Path], str]:
    """Each letter's PDF file, for those that came out; and what the program said where it failed."""
    made: dict[Path, Path] = {}
    said = ""
    for number, share in enumerate(_shares(letters)):
        out = work / str(number)
        command = [str(program), f"-env:UserInstallation={(work / 'profil').as_uri()}", "--headless"]
        command += ["--norestore", "--convert-to", _FILTER, "--outdir", str(out), *map(str, share)]
        try:
            done = subprocess.run(  # noqa: S603 - the program that the caller chose
                command,
                capture_output=True,
                timeout=_START_SECONDS + _LETTER_SECONDS * len(share),
                check=False,
            )
            said = done.stderr.decode("utf-8", "replace").strip()[-200:] if done.returncode else ""
        except subprocess.TimeoutExpired:
            said = Phrase("den blev ikke færdig i tide")
        for letter in share:
            pdf = out / f"{letter.stem}.pdf"
            if pdf.is_file() and pdf.read_bytes()[:5] == b"%PDF-":
                made[letter] = pdf
    return made, said


def _shares(letters: Sequence[Path]) -> Iterator[list[Path]]:
    share: list[Path] = []
    names: set[str] = set()
    length = 0
    for letter in letters:
        if share and (length + len(str(letter)) > _COMMAND_CHARACTERS or letter.name in names):
            yield share
            share, names, length = [], set(), 0
        share.append(letter)
        names.add(letter.name)
        length += len(str(letter)) + 3
    if share:
        yield share


def _placed(one: _Wanted, made: dict[Path, Path], said: str) -> Iterator[Finding]:
    """Move a version's PDF files into place, if all are there; else say which aren't."""
    missing = [letter for letter in one.letters if letter not in made]
    for letter in missing:
        yield NOT_MADE.at(
            Place(str(letter)), fil=letter.name, grund=joined([" (", said, ")"], "") if said else ""
        )
    if missing or not one.letters:
        return
    part = one.target.with_name(f".{one.target.name}.ny")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for letter in one.letters:
        _copied(made[letter], part / f"{letter.stem}.pdf")
    (part / _RECORD).write_text(json.dumps([letter.name for letter in one.letters], indent=1) + "\n", "utf-8")
    part.rename(one.target)


def _copied(source: Path, target: Path) -> None:
    with target.open("xb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
