"""Whether a template uses only the names of its contract, each for what it is, and allowed constructs.

A letter's own template is held to more than others: constructs and filters from a list, which can neither
fail on data that keep the contract nor run for long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import TemplateSyntaxError, nodes

from hoering_plugin.findings import Finding, Place, error
from hoering_plugin.language import Phrase
from hoering_plugin.letter.contract_type import LISTS, Contract, Field, Shape
from hoering_plugin.letter.environment import STRICT
from hoering_plugin.letter.lint_tags import Tag, alone
from hoering_plugin.letter.restricted import FILTERS, NOT_ALLOWED, refusals
from hoering_plugin.letter.undefined import nearest

UNKNOWN = error("skabelon-navn", "{pladsholder} bruger »{navn}«, som ikke findes.", "{forslag}")
UNPRINTABLE = error(
    "skabelon-udskrift",
    "{pladsholder} skriver »{navn}«, som er en {form} og ikke en tekst.",
    "Skriv et af dens felter, eller brug den i for eller if.",
)
NOT_A_LIST = error(
    "skabelon-liste", "{pladsholder} gennemløber »{navn}«, som er {form} og ikke en liste.", "Brug en liste."
)
NOT_COMPARABLE = error(
    "skabelon-sammenligning",
    "{pladsholder} sammenligner størrelsen på noget, der ikke er tal.",
    "Brug == eller !=, eller sammenlign to tal.",
)

_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
_GLOBALS = frozenset({"range", "dict", "lipsum", "cycler", "joiner", "namespace"})
_SIZES = frozenset({"lt", "lteq", "gt", "gteq"})
_ANY = Field("noget", "", Shape.TEXT)
_NUMBER = Field("tal", "", Shape.NUMBER)
_FLAG = Field("valg", "", Shape.FLAG)
_LOOP_FIELD = Field(
    "loekke", "", Shape.RECORD, fields=tuple(Field(name, "", Shape.NUMBER) for name in sorted(_LOOP))
)

Scope = Mapping[str, Field | None]


def check_names(tags: list[Tag], contract: Contract | None, *, restricted: bool) -> Iterator[Finding]:
    """Everything in the tags of one part that isn't in the contract, or isn't allowed.

    The tags must be readable. If their blocks aren't whole, each tag is checked by itself, and the names that
    loops give are taken for known.
    """
    try:
        tree = STRICT.parse("\n".join(tag.source for tag in tags))
        known = _assigned(tree)
    except TemplateSyntaxError:
        tree = STRICT.parse("\n".join(map(alone, tags)))
        known = frozenset(name.name for name in tree.find_all(nodes.Name) if name.ctx != "load") | {"loop"}
    checker = _Checker(tags, contract, restricted, known)
    if restricted:
        for node, reason in refusals(tree):
            checker.report(node, NOT_ALLOWED, konstruktion=reason)
    if contract is not None:
        checker.statements(tree.body, {})
    yield from checker.findings


def _assigned(tree: nodes.Template) -> frozenset[str]:
    """The names that a template gives values itself, other than those of loops."""
    loops = {name for loop in tree.find_all(nodes.For) for name in _targets(loop)}
    names = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    return frozenset((names - loops) | {macro.name for macro in tree.find_all(nodes.Macro)})


def _targets(loop: nodes.For) -> set[str]:
    named = {loop.target.name} if isinstance(loop.target, nodes.Name) else set()
    return named | {name.name for name in loop.target.find_all(nodes.Name)}


@dataclass(slots=True)
class _Checker:
    tags: list[Tag]
    contract: Contract | None
    restricted: bool
    assigned: frozenset[str]
    findings: dict[Finding, None] = field(default_factory=dict)

    def report(self, node: nodes.Node, kind: object, **values: str) -> None:
        tag = self.tags[min(node.lineno or 1, len(self.tags)) - 1]
        place = Place(path=tag.piece.place)
        self.findings[kind.at(place, pladsholder=tag.piece.text, **values)] = None  # type: ignore[attr-defined]

    def statements(self, body: list[nodes.Node], scope: Scope) -> None:
        """Check the names of statements, with those that loops around them have given a meaning."""
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._printed(child, scope)
            elif isinstance(node, nodes.Stmt):
                self._other(node, scope)
            elif isinstance(node, nodes.Expr):
                self._value(node, scope)

    def _other(self, node: nodes.Stmt, scope: Scope) -> None:
        self.statements(list(node.iter_child_nodes()), scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        listed = self._value(node.iter, scope)
        if listed is not None and listed.shape not in LISTS:
            self.report(node.iter, NOT_A_LIST, navn=_written(node.iter), form=Phrase(listed.shape.value))
            listed = None
        inside = {**scope, **dict.fromkeys(_targets(node)), "loop": _LOOP_FIELD}
        if listed is not None and isinstance(node.target, nodes.Name):
            shape = Shape.RECORD if listed.shape is Shape.ROWS else Shape.TEXT
            inside[node.target.name] = replace(listed, shape=shape)
        if node.test is not None:
            self._value(node.test, inside)
        self.statements(node.body, inside)
        self.statements(node.else_, scope)

    def _printed(self, node: nodes.Expr, scope: Scope) -> None:
        value = self._value(node, scope)
        if value is not None and value.shape not in (Shape.TEXT, Shape.NUMBER):
            self.report(node, UNPRINTABLE, navn=_written(node), form=Phrase(value.shape.value))

    def _value(self, node: nodes.Node, scope: Scope) -> Field | None:
        """What an expression gives, as far as the contract says; nothing if it doesn't."""
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr() | nodes.Getitem(arg=nodes.Const()):
                return self._attribute(node, scope)
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Compare():
                return self._compared(node, scope)
            case nodes.CondExpr():
                return self._either(node, scope)
            case nodes.Const():
                return _constant(node.value)
        for child in node.iter_child_nodes():
            self._value(child, scope)
        chosen = isinstance(node, nodes.And | nodes.Or) and self.restricted
        return _FLAG if chosen or isinstance(node, nodes.Not) else None

    def _name(self, node: nodes.Name, scope: Scope) -> Field | None:
        if node.name in scope:
            return scope[node.name]
        found = self.contract.field(node.name) if self.contract else None
        if found is None and node.ctx == "load" and node.name not in self.assigned | _GLOBALS:
            known = (*(one.name for one in self.contract.fields), *scope) if self.contract else ()
            self.report(node, UNKNOWN, navn=node.name, forslag=nearest(node.name, known))
        return found

    def _attribute(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> Field | None:
        owner = self._value(node.node, scope)
        if owner is None:
            return None
        name = node.attr if isinstance(node, nodes.Getattr) else str(getattr(node.arg, "value", ""))
        found = owner.field(name) if owner.shape is Shape.RECORD else None
        callable_method = not self.restricted and owner.shape is not Shape.RECORD
        if found is None and not callable_method:
            known = tuple(one.name for one in owner.fields)
            self.report(node, UNKNOWN, navn=_written(node), forslag=nearest(name, known))
        return found

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Field | None:
        value = self._value(node.node, scope) if node.node else None
        for argument in node.args:
            self._value(argument, scope)
        takes = FILTERS.get(node.name)
        if self.restricted and takes and value is not None and value.shape not in takes:
            self.report(
                node,
                NOT_ALLOWED,
                konstruktion=Phrase(
                    "{filter} på en {form}", filter=node.name, form=Phrase(value.shape.value)
                ),
            )
        return {"length": _NUMBER, "join": _ANY}.get(node.name, value if takes else None)

    def _compared(self, node: nodes.Compare, scope: Scope) -> Field:
        values = [self._value(one, scope) for one in (node.expr, *(operand.expr for operand in node.ops))]
        sizes = any(operand.op in _SIZES for operand in node.ops)
        numbers = all(value is not None and value.shape is Shape.NUMBER for value in values)
        if self.restricted and sizes and not numbers:
            self.report(node, NOT_COMPARABLE)
        return _FLAG

    def _either(self, node: nodes.CondExpr, scope: Scope) -> Field | None:
        self._value(node.test, scope)
        one = self._value(node.expr1, scope)
        other = self._value(node.expr2, scope) if node.expr2 else one
        return one if one and other and one.shape is other.shape else None


def _constant(value: object) -> Field | None:
    if isinstance(value, bool):
        return _FLAG
    return _NUMBER if isinstance(value, int) else _ANY if isinstance(value, str) else None


def _written(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=owner, attr=attribute):
            return f"{_written(owner)}.{attribute}"
        case nodes.Getitem(node=owner, arg=nodes.Const(value=value)):
            return f"{_written(owner)}[{value!r}]"
        case nodes.Filter(name=name):
            return name
    return Phrase("udtrykket")
