"""What is kept of a template saves time and changes nothing; what is damaged is ignored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.template import Template


@pytest.fixture
def data(word: SimpleNamespace) -> bytes:
    """A template with something of everything that is kept."""
    return word.document(
        word.paragraph("Kære {{ navn }}"),
        header=word.paragraph("{{ navn }}"),
        footnotes=f'<w:footnote w:id="1">{word.paragraph("{{ navn }}")}</w:footnote>',
        properties={"title": "{{ navn }}"},
    )


def test_a_kept_template_gives_the_same_letters_and_places(data: bytes, tmp_path: Path) -> None:
    """Letters are equal byte for byte, and findings name the same places."""
    fresh, made = Template(data), Template(data, cache=tmp_path)
    kept = Template(data, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    assert fresh.render({"navn": "Ø"}) == made.render({"navn": "Ø"}) == kept.render({"navn": "Ø"})
    messages = []
    for template in (fresh, kept):
        with pytest.raises(RenderError) as stopped:
            template.render({})
        messages.append(str(stopped.value))
    assert messages[0] == messages[1]


def test_a_new_process_needs_no_docxtpl_for_a_kept_template(data: bytes, tmp_path: Path) -> None:
    """What a cold start costs is mostly the import of docxtpl."""
    path, cache = tmp_path / "brev.docx", tmp_path / "lager"
    path.write_bytes(data)
    script = (
        "import sys; from pathlib import Path; from hoering_plugin.letter.template import Template\n"
        f"Template({str(path)!r}, cache=Path({str(cache)!r})).render({{'navn': 'x'}})\n"
        "sys.exit('docxtpl' in sys.modules)"
    )
    assert [subprocess.run([sys.executable, "-c", script]).returncode for _ in range(2)] == [1, 0]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), put=st.binary(max_size=4), keep=st.booleans())
def test_a_damaged_file_is_ignored(data: bytes, tmp_path: Path, at: float, put: bytes, keep: bool) -> None:
    """Whatever is changed or cut off, the template is taken from its own file."""
    expected = Template(data, cache=tmp_path).render({"navn": "Ø"})
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    cut = int(at * len(whole))
    kept.write_bytes(whole[:cut] + put + (whole[cut + len(put) :] if keep else b""))
    assert Template(data, cache=tmp_path).render({"navn": "Ø"}) == expected


def test_a_folder_that_cannot_be_written_to_costs_only_time(data: bytes, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    in_the_way = tmp_path / "fil"
    in_the_way.write_text("")
    Template(data, cache=in_the_way / "lager").render({"navn": "x"})
