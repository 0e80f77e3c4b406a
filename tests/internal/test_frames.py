"""The shipped workbooks without rows are what the program would make."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

import pytest

from hoering_plugin.internal.overview_book import overview_frame
from hoering_plugin.internal.replies_book import replies_frame


@pytest.mark.parametrize(("name", "make"), [("oversigt.xlsx", overview_frame), ("svar.xlsx", replies_frame)])
def test_the_shipped_frame_is_fresh(name: str, make: Callable[[], bytes]) -> None:
    """`python docs/generate.py` has been run since a column changed."""
    assert resources.files("hoering_plugin").joinpath("data", name).read_bytes() == make()
