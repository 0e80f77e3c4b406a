"""The days on which the list of holidays is looked up are enough to find every one."""

from __future__ import annotations

import pytest
from holidays import country_holidays

from hoering_plugin.draft.whole_case import holiday_on


@pytest.mark.parametrize("year", range(2005, 2080))
def test_every_danish_holiday_is_found(year: int) -> None:
    """Also the earliest and the latest Easter."""
    for day, name in country_holidays("DK", years=year, language="da").items():
        assert holiday_on(day) == name
