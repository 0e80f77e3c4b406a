"""The standard output for results alone: what a ministry's code prints goes to standard error."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO

from hoering_plugin.aside import speaking


class OwnOutput(io.TextIOWrapper):
    """Standard output in UTF-8."""

    def __init__(self, buffer: BinaryIO, line_buffering: bool) -> None:
        super().__init__(buffer, encoding="utf-8", errors="replace", line_buffering=line_buffering)

    def write(self, text: str) -> int:
        """Write a result; or a ministry's talk, to where talk belongs."""
        return sys.stderr.write(text) if speaking() else super().write(text)
