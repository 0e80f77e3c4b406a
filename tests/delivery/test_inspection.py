"""What is read in a letter that a person has had open in Word, and what verify and trace say of it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from hoering_plugin.findings import OutputError
from hoering_plugin.letter.inspection import inspect_letter
from hoering_plugin.trace import trace
from hoering_plugin.verify import verify

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIRST = "{b} overtager opgaven den 1. i en måned.".replace("{b}", "Dragør Kommune")
SECOND = "Tårnby Kommune afleverer sagerne senest 14 dage før."


def control(tag: str, text: str) -> str:
    """A paragraph whose text stands in a content control."""
    return (
        f'<w:p {W}><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def word(*paragraphs: str) -> bytes:
    """A real Word file with those paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.element.body.insert(0, parse_xml(paragraph))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(folder: Path, data: bytes) -> Path:
    """A version's folder with one letter and a manifest that knows it."""
    folder.mkdir()
    (folder / "brev.docx").write_bytes(data)
    source = {"slags": "pakke", "pakke": "hoering-mim", "version": "0.1.0", "fil": "", "dokument": ""}
    conditions = [
        {"nummer": n, "id": key, "ministerium": "mim", "tekst": text, "kilde": source}
        for n, key, text in ((1, "overgang", FIRST), (2, "sager", SECOND))
    ]
    letter = {
        "kommune": "0155",
        "samarbejde": "dt",
        "fil": "brev.docx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "vilkaar": [{"nummer": n, "maerke": f"vilkaar-{n}"} for n in (1, 2)],
    }
    manifest = {
        "format": "hoering-manifest/1",
        "sag": {"sagsnummer": "1"},
        "noegle": {},
        "breve": [letter],
        "samarbejder": [{"id": "dt", "vilkaar": conditions}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder / "brev.docx"


LETTER = (control("vilkaar-1", FIRST), control("vilkaar-2", SECOND))


def test_changes_comments_hidden_text_and_open_places_are_seen() -> None:
    """What must not leave the house is counted, and deleted text isn't read as text."""
    seen = inspect_letter(
        word(
            f'<w:p {W}><w:del w:id="1" w:author="a"><w:r><w:delText>nej</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a"><w:r><w:t>ja</w:t></w:r></w:ins></w:p>',
            f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>",
            f"<w:p {W}><w:r><w:t>[underskrivers navn]</w:t></w:r></w:p>",
        )
    )
    assert (seen.tracked, seen.hidden, seen.open_places) == (2, 1, ("[underskrivers navn]",))
    assert seen.holds("ja") and not seen.holds("nej")


def test_an_untouched_letter_is_traced_by_its_marks(tmp_path: Path) -> None:
    """Each condition is found in its own control and told with package and version."""
    traced = trace(written(tmp_path / "v0001", word(*LETTER)))
    assert [(t.key, t.package, t.version, t.state, t.found_by) for t in traced] == [
        ("overgang", "hoering-mim", "0.1.0", "uaendret", "maerke"),
        ("sager", "hoering-mim", "0.1.0", "uaendret", "maerke"),
    ]


def test_an_edited_condition_is_told_with_what_it_says_now(tmp_path: Path) -> None:
    """An edit within a control is seen; a condition deleted altogether is missing."""
    path = written(tmp_path / "v0001", word(*LETTER))
    path.write_bytes(word(control("vilkaar-1", "Noget andet.")))
    first, second = trace(path)
    assert (first.state, first.now) == ("aendret", "Noget andet.")
    assert second.state == "mangler"


def test_without_marks_conditions_are_found_by_their_words(tmp_path: Path) -> None:
    """LibreOffice drops the marks; the words are then what is left, also under a new name."""
    path = written(tmp_path / "v0001", word(*LETTER))
    renamed = path.with_name("omdoebt.docx")
    renamed.write_bytes(word(*(f"<w:p {W}><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (FIRST, SECOND))))
    assert [(t.state, t.found_by) for t in trace(renamed)] == [("uaendret", "tekst")] * 2


def test_a_letter_without_its_manifest_is_told(tmp_path: Path) -> None:
    """The message says what to give."""
    (tmp_path / "brev.docx").write_bytes(word(*LETTER))
    with pytest.raises(OutputError, match="--manifest"):
        trace(tmp_path / "brev.docx")


def test_verify_tells_each_way_a_folder_can_differ(tmp_path: Path) -> None:
    """Untouched gives nothing; edited, gone, damaged and unknown files each give their finding."""
    path = written(tmp_path / "v0001", word(*LETTER))
    assert verify(tmp_path) == ()
    (path.parent / "~$brev.docx").write_bytes(b"laas")
    assert verify(tmp_path) == ()
    (path.parent / "noter.txt").write_text("x")
    assert [f.id for f in verify(tmp_path)] == ["fil-ukendt"]
    path.write_bytes(word(*LETTER, f"<w:p {W}><w:r><w:t>[dato]</w:t></w:r></w:p>"))
    assert [f.id for f in verify(tmp_path)] == ["brev-aendret", "brev-uudfyldt", "fil-ukendt"]
    path.write_bytes(b"PK")
    assert [f.id for f in verify(tmp_path)][:2] == ["brev-aendret", "brev-ulaeseligt"]
    path.unlink()
    assert [f.id for f in verify(tmp_path)] == ["brev-mangler", "fil-ukendt"]
    (path.parent / "manifest.json").write_text("{")
    assert [f.id for f in verify(tmp_path)] == ["manifest-ulaeseligt"]


def test_a_folder_without_manifest_is_not_called_good(tmp_path: Path) -> None:
    """Nothing to hold letters against is an error and not silence."""
    assert [f.id for f in verify(tmp_path)] == ["manifest-mangler"]


def test_comments_are_counted() -> None:
    """Comments have a part of their own."""
    out = io.BytesIO(word(*LETTER))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/comments.xml", f'<w:comments {W}><w:comment w:id="0" w:author="a"/></w:comments>')
    assert inspect_letter(out.getvalue()).comments == 1
