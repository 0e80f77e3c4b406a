"""``hoering case convert``: from one format to another, and never over a file unasked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from hoering_plugin import read_case

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_case_goes_from_json_to_xml_and_back(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """What comes back is the case that went."""
    xml, back = tmp_path / "sag.xml", tmp_path / "igen.json"
    assert hoering("case", "convert", sample_case, xml).returncode == 0
    assert hoering("case", "convert", xml, back).returncode == 0
    assert read_case(back) == read_case(xml) == read_case(sample_case)


def test_a_file_that_is_there_is_not_written_over_unasked(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """Exit code 5, and the file stays; with --force it is replaced."""
    target = tmp_path / "sag.xml"
    target.write_text("min egen")
    refused = hoering("case", "convert", sample_case, target)
    assert (refused.returncode, target.read_text()) == (5, "min egen")
    assert "ud-findes" in refused.stderr
    assert hoering("case", "convert", sample_case, target, "--force").returncode == 0
    assert read_case(target) == read_case(sample_case)
    assert [path.name for path in tmp_path.iterdir()] == ["sag.xml"]


def test_a_format_that_is_not_known_and_a_folder_that_is_not_there_are_told(
    hoering: Run, sample_case: Path, tmp_path: Path
) -> None:
    """Each with its exit code and what to do."""
    wrong = hoering("case", "convert", sample_case, tmp_path / "sag.docx")
    assert wrong.returncode == 4 and "ud-filtype" in wrong.stderr
    nowhere = hoering("case", "convert", sample_case, tmp_path / "findes" / "ikke.xml")
    assert nowhere.returncode == 5 and "stien findes ikke" in nowhere.stderr
    same = tmp_path / "sag.json"
    same.write_bytes(sample_case.read_bytes())
    assert hoering("case", "convert", same, same, "--force").returncode == 5
