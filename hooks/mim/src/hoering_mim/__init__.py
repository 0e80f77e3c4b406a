"""The hook package of the environment ministry: task area 3.

The words are in ``vilkaar.toml``, which a lawyer edits. Here is only what has to be computed from the case.
"""

from pathlib import Path

from hoering_plugin import Ministry, Question, hookimpl, ministry_from_file

CONDITIONS = Path(__file__).with_name("vilkaar.toml")
RATS = "miljoebeskyttelsesloven-17"


def rotter_uden_miljoebeskyttelse(question: Question) -> bool:
    """Whether rats are asked for while the rest of litra a stays with the authorised municipality."""
    return question.asks_for(RATS) and not question.asks_for("miljoebeskyttelse")


def mere_end_rotter(question: Question) -> bool:
    """Whether the question is about the area's permits and supervision, not only about rats."""
    return question.provision.key != RATS


@hookimpl
def hoering_ministry() -> Ministry:
    """Everything the ministry says, read from its condition file."""
    return ministry_from_file(
        CONDITIONS,
        predicates={
            "mere_end_rotter": mere_end_rotter,
            "rotter_uden_miljoebeskyttelse": rotter_uden_miljoebeskyttelse,
        },
    )
