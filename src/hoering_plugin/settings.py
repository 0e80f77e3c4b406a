"""The settings file that is given with ``--settings``: a ministry's policy for its letters, in TOML."""

from __future__ import annotations

from pathlib import Path

from hoering_plugin.model.settings import Settings
from hoering_plugin.toml_values import read_toml


def read_settings(path: Path | None) -> Settings:
    """The settings in the file, or the usual ones without a file; SetupError with every fault in it."""
    if path is None:
        return Settings()
    settings, _ = read_toml(path, Settings)
    return settings
