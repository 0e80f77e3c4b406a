"""How fast letters are made, side by side with docxtpl and docx-mailmerge2, in one go on the same machine.

    python benchmarks/engine.py                    the table, from 1,000 letters of each
    python benchmarks/engine.py --letters 100      a quick look
    python benchmarks/engine.py --memory           also the memory of 1,000 and 10,000 letters

It builds one letter of two to three pages three times over: as our template, with docxtpl's tags, and with
merge fields. Every engine writes its letters into a fresh folder; ours are proved by reading each one back
(strict parse, every condition in its content control, in order, with its text). Texts must agree between the
engines before anything is timed. Needs docx-mailmerge2 besides what the tests need.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from hoering_plugin.letter.package import deflate, pack
from hoering_plugin.letter.template import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONDITIONS = 17
SIZES = (5, 20, 80, 320)
PROSE = (
    "Ministeriet sender hermed udkastet i høring hos jer. Udkastet er vedlagt som bilag 1. Efter § 11 a, "
    "stk. 2, i lov om forpligtende kommunale samarbejder kan ministeren efter ansøgning og efter forhandling "
    "med vedkommende minister tillade, at samarbejdet ikke omfatter opgaver, der er nævnt i § 1, stk. 2. "
)
SENTENCE = "Kommunalbestyrelserne meddeler i fællesskab datoen med mindst 2 måneders varsel. "

Make = Callable[[Mapping[str, object]], bytes]
Row = Mapping[str, str]


def context(number: int, conditions: int = CONDITIONS) -> dict[str, object]:
    """The data of one letter; each letter has its own."""
    return {
        "kommune": f"Kommune {number} & Øerne",
        "sag": f"2020 - {number:04}",
        "dato": "01-12-2020",
        "oensker": [
            {"nr": str(i), "opgave": "Bekæmpelse af rotter", "svar": "Fuldt ud"} for i in range(1, 6)
        ],
        "vilkaar": [
            {"vnr": str(i), "tekst": f"{number}.{i}: {SENTENCE * 2}", "mod": "begge kommuner"}
            for i in range(1, conditions + 1)
        ],
    }


def build(merge_fields: bool) -> bytes:
    """The letter as a template, with merge fields or with docxtpl's tags."""
    document = Document()
    field = _merge_field if merge_fields else _tag

    def paragraph(*pieces: str) -> None:
        made = document.add_paragraph()
        for piece in pieces:
            if piece.startswith("@"):
                field(made, piece[1:])
            else:
                made.add_run(piece)

    paragraph("@kommune", ", kommunalbestyrelsen")
    paragraph("Sagsnr. ", "@sag", ", dato ", "@dato")
    document.add_heading("Høring over udkast til tilladelse", 1)
    for _ in range(8):
        paragraph(PROSE, "Til ", "@kommune", ".")
    _table(document, ("nr", "opgave", "svar"), "oensker", "", merge_fields)
    document.add_heading("Vilkår", 2)
    _table(document, ("vnr", "tekst", "mod"), "vilkaar", "tekst", merge_fields)
    for _ in range(4):
        paragraph(PROSE)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _tag(paragraph, name: str) -> None:  # type: ignore[no-untyped-def]
    paragraph.add_run("{{ " + name + " }}")


def _merge_field(paragraph, name: str) -> None:  # type: ignore[no-untyped-def]
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD {name} "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
        )
    )


def _table(document, names, listed, controlled, merge_fields):  # type: ignore[no-untyped-def]
    table = document.add_table(1, len(names), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.text = name.capitalize()
    if not merge_fields:
        table.add_row().cells[0].text = "{%tr for r in " + listed + " %}"
    for cell, name in zip(table.add_row().cells, names, strict=True):
        (_merge_field if merge_fields else _tag)(cell.paragraphs[0], name if merge_fields else f"r.{name}")
        if name == controlled and not merge_fields:
            _control(cell)
    if not merge_fields:
        table.add_row().cells[0].text = "{%tr endfor %}"


def _control(cell) -> None:  # type: ignore[no-untyped-def]
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="vilkaar"/><w:id w:val="11"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    paragraph = cell.paragraphs[0]._p
    paragraph.addprevious(control)
    control[-1].append(paragraph)


def texts(letter: bytes) -> list[str]:
    """The text of each paragraph of a letter."""
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(text.text or "" for text in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def prove(letter: bytes, data: Mapping[str, object]) -> None:
    """Read a letter back: whole XML, and every condition once, in order, with its text."""
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        found.append((tag.get(f"{W}val"), "".join(text.text or "" for text in control.iter(f"{W}t"))))
    wanted = [(f"vilkaar-{i}", one["tekst"]) for i, one in enumerate(data["vilkaar"], 1)]  # type: ignore[arg-type,var-annotated]
    if found != wanted:
        raise SystemExit("a letter could not be proved")


def ours(data: bytes) -> Make:
    """Our engine; one template for all letters."""
    return Template(data, restricted=True).render


def proved(data: bytes) -> Make:
    """Our engine, each letter proved."""
    render = ours(data)

    def make(values: Mapping[str, object]) -> bytes:
        letter = render(values)
        prove(letter, values)
        return letter

    return make


def docxtpl(data: bytes) -> Make:
    """docxtpl; a fresh object for each letter, since an object keeps what it rendered."""
    from docxtpl import DocxTemplate

    def make(values: Mapping[str, object]) -> bytes:
        word, saved = DocxTemplate(io.BytesIO(data)), io.BytesIO()
        word.render(dict(values), autoescape=True)
        word.save(saved)
        return saved.getvalue()

    return make


def mailmerge(data: bytes) -> Make:
    """docx-mailmerge2; lists as rows of tables."""
    from mailmerge import MailMerge

    def make(values: Mapping[str, object]) -> bytes:
        saved = io.BytesIO()
        with MailMerge(io.BytesIO(data)) as word:
            word.merge(**{name: value for name, value in values.items() if isinstance(value, str)})
            word.merge_rows("nr", values["oensker"])
            word.merge_rows("vnr", values["vilkaar"])
            word.write(saved)
        return saved.getvalue()

    return make


ENGINES = {
    "ours, proved": proved,
    "ours, without proof": ours,
    "docxtpl": docxtpl,
    "docx-mailmerge2": mailmerge,
}


def timed(make: Make, letters: int, folder: Path, conditions: int = CONDITIONS) -> list[float]:
    """The milliseconds that each letter took, written to its own file."""
    folder.mkdir()
    taken = []
    for number in range(letters):
        values = context(number, conditions)
        start = time.perf_counter()
        (folder / f"{number:05}.docx").write_bytes(make(values))
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def cold(name: str, data: bytes, folder: Path, cache: bool) -> float:
    """The milliseconds from the start of a new process to its first letter: the median of five."""
    path = folder / f"{name}.docx"
    path.write_bytes(data)
    kept = f", cache=Path({str(folder / 'lager')!r})" if cache else ""
    first = f"Template({str(path)!r}{kept}).render(values)"
    if name == "docxtpl":
        first = f"w = DocxTemplate({str(path)!r}); w.render(values, autoescape=True); w.save(io.BytesIO())"
    needed = (
        "docxtpl import DocxTemplate"
        if name == "docxtpl"
        else "hoering_plugin.letter.template import Template"
    )
    imports = f"import io, json, sys\nfrom pathlib import Path\nfrom {needed}"
    script = f"{imports}\nvalues = json.load(sys.stdin)\n{first}"
    taken = []
    for _ in range(6):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], input=json.dumps(context(1)).encode(), check=True)
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken[1:])


def peak(letters: int) -> float:
    """The most memory, in MB, that a process making that many proved letters has had."""
    command = [sys.executable, __file__, "--only-memory", str(letters)]
    return float(subprocess.run(command, capture_output=True, check=True).stdout)


def only_memory(letters: int) -> float:
    """Make letters in this process, and give the most memory it has had, in MB."""
    make = proved(build(merge_fields=False))
    with tempfile.TemporaryDirectory() as folder:
        timed(make, letters, Path(folder) / "breve")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def floor(data: bytes, folder: Path) -> dict[str, float]:
    """Where the time of one letter goes, and what no engine of this kind can go below (milliseconds)."""
    template, values = Template(data, restricted=True), context(1)
    letter = template.render(values)
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        document = archive.read("word/document.xml")
        members = [deflate(name, archive.read(name)) for name in archive.namelist()]

    def best(action: Callable[[], object]) -> float:
        return min(_once(action) for _ in range(200))

    return {
        "data into text and XML (Jinja)": best(lambda: template._merge.blobs(values)),
        "deflate of document.xml, level 6": best(lambda: zlib.compress(document, 6)),
        "deflate of document.xml, level 1": best(lambda: zlib.compress(document, 1)),
        "the zip, members compressed already": best(lambda: pack(members)),
        "writing the file": best(lambda: (folder / "x.docx").write_bytes(letter)),
        "the proof: unzip, parse, compare": best(lambda: prove(letter, values)),
    }


def _once(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def report(letters: int, memory: bool) -> None:
    """Check that the engines agree, time them, and write the tables."""
    say = sys.stdout.write
    tags, fields = build(merge_fields=False), build(merge_fields=True)
    makes = {name: engine(fields if name == "docx-mailmerge2" else tags) for name, engine in ENGINES.items()}
    expected = texts(makes["docxtpl"](context(1)))
    for name, make in makes.items():
        if texts(make(context(1))) != expected:
            raise SystemExit(f"the texts of {name} do not agree with docxtpl's")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        say(f"| warm, {letters} letters, {CONDITIONS} conditions | median ms | letters/s | × docxtpl |\n")
        say("|---|---|---|---|\n")
        taken = {name: median(timed(make, letters, folder / name)) for name, make in makes.items()}
        for name, one in taken.items():
            say(f"| {name} | {one:.2f} | {1000 / one:.0f} | {taken['docxtpl'] / one:.1f} |\n")
        say("\n| cold: a new process to its first letter | median ms |\n|---|---|\n")
        say(f"| ours | {cold('ours', tags, folder, False):.0f} |\n")
        say(f"| ours, template kept on disk | {cold('ours', tags, folder, True):.0f} |\n")
        say(f"| docxtpl | {cold('docxtpl', tags, folder, False):.0f} |\n")
        say("\n| conditions | ours, proved: ms | ms per condition | docxtpl: ms |\n|---|---|---|---|\n")
        for size in SIZES:
            one = median(timed(makes["ours, proved"], 100, folder / f"a{size}", size))
            other = median(timed(makes["docxtpl"], 10, folder / f"b{size}", size))
            say(f"| {size} | {one:.2f} | {one / size:.3f} | {other:.1f} |\n")
        say("\n| of one letter | ms |\n|---|---|\n")
        for name, one in floor(tags, folder).items():
            say(f"| {name} | {one:.2f} |\n")
    if memory:
        say("\n| letters made by one process | peak memory, MB |\n|---|---|\n")
        for count in (1_000, 10_000):
            say(f"| {count} | {peak(count):.1f} |\n")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--only-memory", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_memory:
        sys.stdout.write(str(only_memory(chosen.only_memory)))
    else:
        report(chosen.letters, chosen.memory)


if __name__ == "__main__":
    main()
