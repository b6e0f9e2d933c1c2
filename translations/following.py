"""From what a call is given back to the strings that it may be: through variables, constants and functions of the same module."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

# Methods of text that give what they are called on, only shorter or filled in; `get` is a table's.
_OF_TEXT = ("format", "replace", "removesuffix", "removeprefix", "strip", "rstrip", "lstrip", "get")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Followed:
    """A module, in which strings can be followed."""

    def __init__(self, tree: ast.Module) -> None:
        """Note what every name of the module is given."""
        self._within: dict[int, ast.AST] = {}
        self._functions: dict[str, list[ast.FunctionDef]] = {}
        self._assigned: dict[tuple[int, str], list[ast.expr]] = {}
        self._walk(tree, tree)

    def texts(self, node: ast.AST | None) -> list[str]:
        """The texts that an expression may give, each once; what is filled in is {}, and its own texts come after."""
        return list(dict.fromkeys(self._texts(node, frozenset())))

    def _walk(self, node: ast.AST, within: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._within[id(child)] = within
            if isinstance(child, ast.FunctionDef):
                self._functions.setdefault(child.name, []).append(child)
            for name, value in _bound(child):
                self._assigned.setdefault((id(within), name), []).append(value)
            self._walk(child, child if isinstance(child, _FUNCTIONS) else within)

    def _texts(self, node: ast.AST | None, seen: frozenset[int]) -> Iterator[str]:
        if node is None or id(node) in seen:
            return
        seen = seen | {id(node)}
        if isinstance(node, ast.Constant):
            yield from [node.value] if isinstance(node.value, str) else []
        elif isinstance(node, ast.JoinedStr):
            yield joined(node)
            for part in node.values:
                yield from self._texts(part.value, seen) if isinstance(part, ast.FormattedValue) else ()
        elif isinstance(node, ast.Name):
            yield from self._each(self._values(node), seen)
        elif isinstance(node, ast.Call):
            yield from self._called(node, seen)
        else:
            yield from self._each(_choices(node), seen)

    def _each(self, nodes: Iterable[ast.AST], seen: frozenset[int]) -> Iterator[str]:
        for node in nodes:
            yield from self._texts(node, seen)

    def _values(self, name: ast.Name) -> list[ast.expr]:
        """What a name is given in its function and those around it, else in the module."""
        within = self._within.get(id(name))
        while within is not None:
            if found := self._assigned.get((id(within), name.id)):
                return [value for value in found if not _codes(value, within)]
            within = self._within.get(id(within))
        return []

    def _called(self, node: ast.Call, seen: frozenset[int]) -> Iterator[str]:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if isinstance(node.func, ast.Attribute) and name in _OF_TEXT:
            yield from self._texts(node.func.value, seen)
            yield from self._each(node.args[1:] if name == "get" else [], seen)
        elif name == "join":
            yield from self._each(node.args, seen)
        for function in self._functions.get(name, []):
            if function.returns is not None and "str" in ast.unparse(function.returns):
                yield from self._each((one for one in ast.walk(function) if isinstance(one, (ast.Return, ast.Yield))), seen)


def _codes(value: ast.expr, within: ast.AST) -> bool:
    """A row of strings that a module keeps: what files and command lines spell so, in every language."""
    return isinstance(within, ast.Module) and isinstance(value, (ast.Tuple, ast.List, ast.Set))


def joined(node: ast.JoinedStr) -> str:
    """An f-string with {} for what is filled in."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _choices(node: ast.AST) -> list[ast.AST]:
    """The expressions of which one, or each, may be what this one gives."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, (ast.BoolOp, ast.Dict)):
        return list(node.values)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return list(node.elts)
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return [node.elt]
    if isinstance(node, (ast.Return, ast.Yield, ast.Subscript, ast.Starred, ast.NamedExpr)):
        return [node.value] if node.value is not None else []
    return []


def _bound(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives a value, with the value; those of a row of names each with its own where it can be told."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
        targets = [node.target]
    else:
        return
    for target in targets:
        if isinstance(target, ast.Name) and node.value is not None:
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) and len(target.elts) == len(node.value.elts):
            yield from ((one.id, value) for one, value in zip(target.elts, node.value.elts, strict=True) if isinstance(one, ast.Name))
