"""The error that stops one letter and not the others."""

from __future__ import annotations

from hoering_plugin.findings import ExitCode, HoeringError


class RenderError(HoeringError):
    """A letter can't be made whole from these data; the findings say what is missing and where in Word."""

    exit_code = ExitCode.INCOMPLETE


class LetterError(HoeringError):
    """A letter that isn't proved to be whole; the findings say why. Other letters can still be made."""

    exit_code = ExitCode.INCOMPLETE
