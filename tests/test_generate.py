"""The whole way, called from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoering_plugin import CaseError, generate, load_ministries, read_case
from hoering_plugin.letter.templates import template_path


def test_a_case_made_in_python_is_checked_like_one_that_was_read(sample_case: Path, tmp_path: Path) -> None:
    """A request of a cooperation that isn't there stops the letters before anything is written."""
    case = read_case(sample_case)
    lost = case.requests[0].model_copy(update={"cooperation": "findes-ikke"})
    wrong = case.model_copy(update={"requests": (lost, *case.requests[1:])})
    with pytest.raises(CaseError) as caught:
        generate(wrong, load_ministries(), template_path(), tmp_path)
    assert "samarbejde-ukendt" in {finding.id for finding in caught.value.findings}
    assert list(tmp_path.iterdir()) == []


def test_an_edited_letter_is_named_when_a_new_version_is_made(sample_case: Path, tmp_path: Path) -> None:
    """A person's own words are never touched, and whoever makes a new version is told of them."""
    case = read_case(sample_case)
    first = generate(case, load_ministries(), template_path(), tmp_path)
    letter = Path(first.folder) / first.letters[0].file
    letter.write_bytes(b"rettet i Word")
    changed = case.model_copy(update={"title": "En anden titel"})
    second = generate(changed, load_ministries(), template_path(), tmp_path)
    assert (second.version, letter.read_bytes()) == ("v0002", b"rettet i Word")
    told = [finding for finding in second.findings if finding.id == "brev-rettet"]
    assert [finding.place.file for finding in told] == [str(letter)]
