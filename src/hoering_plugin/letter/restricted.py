"""The constructs that a letter's own template may use, so that no letter runs or swells without bound.

Loops run over lists of the data only, at most three inside one another; nothing is called, and nothing is
multiplied, so a letter is at most as long as the data cubed.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from hoering_plugin.findings import error
from hoering_plugin.language import Phrase
from hoering_plugin.letter.contract_type import LISTS, Shape

NOT_ALLOWED = error(
    "skabelon-konstruktion",
    "{pladsholder} bruger {konstruktion}, som brevskabeloner ikke må bruge.",
    "Brug kun felter, if, for og filtrene capitalize, join, length, lower, trim og upper.",
)
FILTERS = {
    "capitalize": frozenset({Shape.TEXT}),
    "lower": frozenset({Shape.TEXT}),
    "trim": frozenset({Shape.TEXT}),
    "upper": frozenset({Shape.TEXT}),
    "length": LISTS | {Shape.TEXT},
    "join": frozenset({Shape.TEXTS}),
}
_MAX_DEPTH = 3
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Scope,  # no construct of its own: what is in it is judged
    nodes.Keyword,
)
_CALLED = {
    nodes.Call: Phrase("et kald"),
    nodes.Macro: Phrase("en makro"),
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Getitem: "[…]",
    nodes.Test: "is",
    nodes.ScopedEvalContextModifier: "autoescape",
}


def refusals(node: nodes.Node, depth: int = 0) -> Iterator[tuple[nodes.Node, str]]:
    """Each node that may not be used, and what it is called."""
    if reason := _refused(node, depth):
        yield node, reason
    for child in node.iter_child_nodes():
        yield from refusals(child, depth + isinstance(node, nodes.For))


def _refused(node: nodes.Node, depth: int) -> str:
    """What makes a node one that a letter's template may not use; empty if nothing does."""
    match node:
        case nodes.Filter(name=name) if name not in FILTERS or node.kwargs or len(node.args) > 1:
            return Phrase("filteret {navn}", navn=name)
        case nodes.For(recursive=True):
            return "recursive"
        case nodes.For() if depth >= _MAX_DEPTH:
            return Phrase("mere end {antal} løkker i hinanden", antal=_MAX_DEPTH)
        case nodes.For(target=target) if not isinstance(target, nodes.Name):
            return Phrase("for med flere navne")
        case nodes.CondExpr(expr2=None):
            return Phrase("if uden else i et felt")
        case nodes.Compare() if any(operand.op in ("in", "notin") for operand in node.ops):
            return "in"
    if isinstance(node, _ALLOWED):
        return ""
    return next((name for kind, name in _CALLED.items() if isinstance(node, kind)), type(node).__name__)
