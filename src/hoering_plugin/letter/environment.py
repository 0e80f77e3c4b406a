"""The Jinja environment of every template: sandboxed, autoescaped, and loud about what is undefined.

The lint, the list of placeholders and the rendering all use the environments made here, so that they can't
disagree about what a template means.
"""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox without loaders in which everything printed is escaped for XML."""

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)


def environment() -> Environment:
    """The strict environment."""
    return Environment(undefined=StrictUndefined)
