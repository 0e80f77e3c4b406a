"""A condition file is read whole, or every fault in it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoering_plugin import Settings, SetupError, ministry_from_file, read_settings
from hoering_plugin.findings import Finding
from hoering_plugin.toml_lines import toml_lines

from .conftest import WORDS


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    """The id and line of each fault in a condition file."""
    file = tmp_path / "vilkaar.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SetupError) as caught:
        ministry_from_file(file)
    assert all(finding.place.file == str(file) for finding in caught.value.findings)
    return [(finding.id, finding.place.line) for finding in caught.value.findings]


def line_of(text: str, part: str) -> int:
    """The line that a part of the text is on."""
    return text[: text.index(part)].count("\n") + 1


TEXT = WORDS.format(key="mim")
TEKST = 'tekst = "Kommunerne aftaler datoen."'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('kategori = "ikrafttraeden"', 'kategori = "ikrafttreden"', "valg-ukendt"),
        (TEKST, 'tekzt = "Kommunerne."', "felt-ukendt"),
        (TEKST, 'tekst = "{komune} aftaler."', "tekst-vaerdi-ukendt"),
        (TEKST, 'tekst = "{kommune} aftaler."', "tekst-vaerdi-ukendt"),
        (TEKST, 'tekst = "{kommuner aftaler."', "tekst-klammer"),
        (TEKST, TEKST + '\nhvis = "mangler"', "praedikat-ukendt"),
        (TEKST, TEKST + '\nkun_den = ["1. januar"]', "kun-den-ugyldig"),
        (TEKST, TEKST + "\ntidligst = 2021-04-01\nsenest = 2021-03-01", "vilkaar-vindue-tomt"),
        ("den = 2020-11-27", 'den = "27-11-2020"', "dato-ugyldig"),
        ('vurdering = "fuldt"', 'vurdering = "delvist"', "begrundelse-mangler"),
        ('opgaveomraader = ["natur_miljoe"]\nvurdering', "vurdering", "vurdering-uden-opgaver"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """The lawyer finds the place in the file."""
    changed = TEXT.replace(old, new)
    found = faults(tmp_path, changed)
    assert expected in [id_ for id_, _ in found]
    lines = [line for id_, line in found if id_ == expected]
    first = line_of(changed, new)
    assert lines[0] is not None
    assert first - 3 <= lines[0] <= first + new.count("\n") + 1


def test_an_unknown_value_is_on_the_line_of_its_text(tmp_path: Path) -> None:
    """The line is exact where the field has one of its own."""
    changed = TEXT.replace(TEKST, 'tekst = "{komuner} aftaler."')
    assert faults(tmp_path, changed) == [("tekst-vaerdi-ukendt", line_of(changed, "{komuner}"))]


def test_one_id_may_be_used_again_only_for_another_period(tmp_path: Path) -> None:
    """A condition may get new words from a date on, under the same id."""
    second = TEXT[TEXT.index("[[vilkaar]]") :]
    assert [id_ for id_, _ in faults(tmp_path, TEXT + second)] == ["noegle-to-gange"]
    apart = TEXT.replace(TEKST, TEKST + "\ntil = 2020-12-31") + second.replace(
        TEKST, TEKST + "\nfra = 2021-01-01"
    )
    (tmp_path / "ok.toml").write_text(apart, "utf-8")
    assert len(ministry_from_file(tmp_path / "ok.toml").conditions) == 2


def test_a_sample_file_makes_every_condition_a_sample(tmp_path: Path) -> None:
    """The mark can't be forgotten on one of them."""
    file = tmp_path / "vilkaar.toml"
    file.write_text("eksempeltekst = true\n" + TEXT, "utf-8")
    assert all(condition.sample for condition in ministry_from_file(file).conditions)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"navn = ", "toml-ugyldig"), ("æ = 1".encode("latin-1"), "toml-tegnsaet"), (b"", "felt-mangler")],
)
def test_a_file_that_is_no_condition_file_is_refused(tmp_path: Path, data: bytes, expected: str) -> None:
    """Neither TOML's nor Python's own words reach the lawyer."""
    file = tmp_path / "vilkaar.toml"
    file.write_bytes(data)
    with pytest.raises(SetupError) as caught:
        ministry_from_file(file)
    assert expected in {finding.id for finding in caught.value.findings}


def test_settings_are_read_from_their_file_or_are_the_usual_ones(tmp_path: Path) -> None:
    """Nothing is discovered: without a file, nothing is set."""
    file = tmp_path / "indstillinger.toml"
    file.write_text('skabelon = "brev.docx"\nvis_ministerier = false\n', "utf-8")
    assert read_settings(file) == Settings(template="brev.docx", show_ministries=False)
    assert read_settings(None) == Settings()


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    """A setting is never silently ignored."""
    file = tmp_path / "indstillinger.toml"
    file.write_text("vis_ministerierne = true\n", "utf-8")
    with pytest.raises(SetupError) as caught:
        read_settings(file)
    finding: Finding = caught.value.findings[0]
    assert (finding.id, finding.place.line) == ("felt-ukendt", 1)
    assert "vis_ministerier" in finding.message


def test_lines_in_a_long_text_are_not_taken_for_keys() -> None:
    """What looks like a table inside a text is text."""
    lines = toml_lines('a = """\n[[b]]\nc = 1\n"""\n[[d]]\ne = 2\n[[d]]\n[d.f]\ng = 3\n')
    assert lines[("d", 0, "e")] == 6
    assert lines[("d", 1, "f", "g")] == 9
    assert ("b",) not in lines
