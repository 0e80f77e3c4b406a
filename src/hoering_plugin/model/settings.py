"""The settings: a ministry's policy for its letters, given with ``--settings`` and never discovered."""

from __future__ import annotations

from pydantic import Field

from hoering_plugin.model.case import Duty
from hoering_plugin.model.values import Flag, Text, Value


class Settings(Value):
    """How a ministry wants its letters. Facts of a case are not here."""

    template: Text | None = Field(
        None, alias="skabelon", description="Word-skabelonen, set fra indstillingsfilens mappe."
    )
    show_ministries: Flag = Field(
        True,
        alias="vis_ministerier",
        description="Om tabellen over ønskerne nævner ministeriet bag hver vurdering.",
    )
    duties: tuple[Duty, ...] = Field(
        (),
        alias="svarpligt",
        description="Hvem der skal svare for de bestemmelser, sagen ikke selv siger noget om.",
    )
