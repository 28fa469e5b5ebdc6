"""What the tests of the house look at: the package's modules, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import clientimport

PACKAGE = Path(clientimport.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
TEXTS = {file.relative_to(PACKAGE).as_posix(): file.read_text(encoding="utf-8") for file in FILES}
TREES = {name: ast.parse(text) for name, text in TEXTS.items()}
"""Path below the package -> its syntax tree."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def room(module: str) -> str:
    """Return the room of a module: the folder at the top of the package, or the file there.

    >>> room("push/ledger/ledger.py"), room("errors.py")
    ('push', 'errors.py')
    """
    return module.partition("/")[0]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield the functions and methods of a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """Yield the classes of a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Yield the docstrings of a tree, and the strings that document a field or a constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield each name that is bound: assigned, a loop's target, a parameter, an exception or a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
