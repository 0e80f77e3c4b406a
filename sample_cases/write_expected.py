"""Writes the expected text of the sample case's letters anew, so that a change of wording is a visible diff.

Run it from the checkout: ``python sample_cases/write_expected.py``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hoering_plugin import generate, load_ministries, read_case
from hoering_plugin.letter.templates import template_path
from hoering_plugin.letter.text import letter_text

CASE = Path(__file__).resolve().parent / "forpligtende-samarbejder-2020" / "sag.json"


def letter_texts(case: Path) -> dict[str, str]:
    """The text of each letter of a case, by the letter's file name without its ending."""
    with tempfile.TemporaryDirectory() as folder:
        generate(read_case(case), load_ministries(), template_path(), Path(folder))
        return {path.stem: letter_text(path.read_bytes()) for path in sorted(Path(folder).rglob("*.docx"))}


def main() -> None:
    """Write one text file for each letter, beside the case."""
    expected = CASE.parent / "forventet"
    expected.mkdir(exist_ok=True)
    for name, text in letter_texts(CASE).items():
        (expected / f"{name}.txt").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
