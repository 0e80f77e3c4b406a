"""What the package says, tried against the sentences of ``proever.toml``."""

from pathlib import Path

import hoering_bm
import pytest

from hoering_plugin.testing import Example, deviations, read_examples

EXAMPLES = read_examples(Path(__file__).with_name("proever.toml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.sentence)
def test_the_package_says_what_the_sentence_says(example: Example) -> None:
    """Each sentence holds for the ministry's standing answer on the letter's date."""
    assert deviations(hoering_bm.hoering_ministry(), example) == ()
