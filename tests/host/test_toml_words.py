"""A lawyer who breaks the condition file is told in Danish what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoering_plugin import SetupError, ministry_from_file

BROKEN = {
    "noegle = sim": "værdien kan ikke læses; tekst skal stå i anførselstegn",
    'noegle = "sim': "der mangler et anførselstegn efter teksten",
    'noegle "sim"': "der mangler et lighedstegn efter feltets navn",
    'noegle = "sim" # ok\nnoegle = "bm"': "samme felt står to gange",
    "fra = 2021-02-30": "datoen findes ikke; den skrives som 2020-12-01 uden anførselstegn",
    "[[navne]": "der mangler ]] efter afsnittets navn",
    "[a]\n[a]": "samme afsnit står to gange",
    'liste = ["a", "b"': "der mangler ] efter listen",
    'tekst = "a" og mere': "der står noget efter værdien; begynd på en ny linje",
    'tekst = "C:\\mappe"': "tegnet »\\« i en tekst skal skrives to gange",
    "»navn« = 1": "linjen er hverken et felt, et afsnit eller en kommentar",
    "a.»navn« = 1": "her ventes navnet på et felt",
    "a = {b = 1, b = 2}": "samme felt står to gange mellem { og }",
}


@pytest.mark.parametrize(("text", "said"), BROKEN.items())
def test_a_broken_file_is_told_in_danish(text: str, said: str, tmp_path: Path) -> None:
    """Each slip of the hand has its own words."""
    file = tmp_path / "vilkaar.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SetupError) as caught:
        ministry_from_file(file)
    assert dict(caught.value.findings[0].values)["aarsag"] == said
