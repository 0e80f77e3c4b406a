"""The whole contract between the program and a ministry's package: one hook, which gives one ministry."""

from __future__ import annotations

import pluggy

from hoering_plugin.model.answer import Ministry

PROJECT = "hoering_plugin"
"""The name under which hooks are marked."""

ENTRY_POINTS = "hoering_plugin.ministries"
"""The entry-point group of API version 1. Later versions carry theirs in the name: ``….v2``."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a package's ``hoering_ministry``."""


@hookspec
def hoering_ministry() -> Ministry:  # type: ignore[empty-body]
    """Give the ministry: its key, names, remits, assessments, conditions and predicates.

    Called once when the packages are loaded. None, or anything but a Ministry, is refused.
    """
