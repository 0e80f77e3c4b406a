"""The hook package of the employment ministry: task area 1.

The words are in ``vilkaar.toml``, which a lawyer edits. Nothing they say depends on the case, so there are no
predicates.
"""

from pathlib import Path

from hoering_plugin import Ministry, hookimpl, ministry_from_file

CONDITIONS = Path(__file__).with_name("vilkaar.toml")


@hookimpl
def hoering_ministry() -> Ministry:
    """Everything the ministry says, read from its condition file."""
    return ministry_from_file(CONDITIONS)
