"""The hook package of the health ministry: its part of task area 2.

The words are in ``vilkaar.toml``, which a lawyer edits. Here is only what has to be computed from the case.
"""

from pathlib import Path

from hoering_plugin import Ministry, Question, hookimpl, ministry_from_file

CONDITIONS = Path(__file__).with_name("vilkaar.toml")


def ogsaa_social_traening(question: Question) -> bool:
    """Whether training under serviceloven § 86 is asked for too, so that a citizen may have both kinds."""
    return question.asks_for("serviceloven-86")


@hookimpl
def hoering_ministry() -> Ministry:
    """Everything the ministry says, read from its condition file."""
    return ministry_from_file(CONDITIONS, predicates={"ogsaa_social_traening": ogsaa_social_traening})
