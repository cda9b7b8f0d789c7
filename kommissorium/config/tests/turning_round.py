"""Predicates of access, and what one of them becomes when its answer is turned round.

Used by scripts/turned_round.py: some test has to fail for each.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
NAMES = ("can_", "may_", "visible_to", "is_seen_by")


@dataclass(frozen=True)
class Predicate:
    """A function that says who may do or see something."""

    path: Path
    owner: str  # its class; "" for a function of the module
    name: str
    line: int

    @property
    def room(self) -> str:
        return self.path.relative_to(PACKAGE).parts[0]

    def __str__(self) -> str:
        where = self.path.relative_to(PACKAGE.parent)
        return f"{where}:{self.line} {self.owner + '.' if self.owner else ''}{self.name}"


def predicates() -> list[Predicate]:
    """Return all of the program, by file and line."""
    files = [path for path in sorted(PACKAGE.rglob("*.py")) if "tests" not in path.parts]
    return [one for path in files for one in predicates_of(path, path.read_text("utf-8"))]


def predicates_of(path: Path, text: str) -> Iterator[Predicate]:
    tree = ast.parse(text)
    for owner in [tree, *(one for one in tree.body if isinstance(one, ast.ClassDef))]:
        named = owner.name if isinstance(owner, ast.ClassDef) else ""
        for one in owner.body:
            if isinstance(one, ast.FunctionDef) and answers(one, named):
                yield Predicate(path, named, one.name, one.lineno)


def answers(function: ast.FunctionDef, owner: str) -> bool:
    """Return whether it has an answer of its own that can be turned round."""
    if function.name == "visible_to":
        return owner.endswith("QuerySet")  # the others ask one of these
    is_bool = function.returns is not None and ast.unparse(function.returns) == "bool"
    returns = (one for one in ast.walk(function) if isinstance(one, ast.Return) and one.value)
    is_constant = all(isinstance(one.value, ast.Constant) for one in returns)
    return is_bool and function.name.startswith(NAMES) and not is_constant


def turned_round(text: str, predicate: Predicate) -> str:
    """Return the source with that one answer turned round: yes for no, all for what one may see."""
    tree = ast.parse(text)
    functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
    [found] = [one for one in functions if one.lineno == predicate.line]
    _Turn(predicate.name).visit_body(found)
    return ast.unparse(ast.fix_missing_locations(tree))


class _Turn(ast.NodeTransformer):
    """Turns each answer of one function round, not those of functions within it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def visit_body(self, function: ast.FunctionDef) -> None:
        function.body = [self.visit(one) for one in function.body]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        if node.value is None:
            return node
        if self.name == "visible_to":
            every = ast.Name("self")  # what it said stays, never asked: super() needs it in there
            return ast.Return(ast.IfExp(ast.Constant(value=True), every, node.value))
        return ast.Return(ast.UnaryOp(ast.Not(), node.value))
