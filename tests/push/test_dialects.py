"""A test of the ledger is about both dialects, or says why it is about a file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from push.conftest import USES_A_LEDGER

HERE = Path(__file__).parent
FILE_OF_SQLITE = ("state.db", "sqlite3")


def marked(text: str, decorators: list[ast.expr]) -> bool:
    return any(ast.unparse(decorator).startswith(f"pytest.mark.{text}") for decorator in decorators)


def names_only_sqlite() -> Iterator[str]:
    """Yield the tests that name the file of SQLite without saying why."""
    for file in sorted(HERE.rglob("test_*.py")):
        if file == Path(__file__):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        whole = [node.value for node in tree.body if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node)]
        if any("only_sqlite" in ast.unparse(value) for value in whole):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and is_about_the_file(node):
                yield f"{file.relative_to(HERE)}::{node.name}"


def is_about_the_file(function: ast.FunctionDef) -> bool:
    """Return whether a function names the file without saying why."""
    return any(word in ast.unparse(function) for word in FILE_OF_SQLITE) and not marked(
        "only_sqlite", function.decorator_list
    )


def test_no_test_of_the_ledger_names_the_file_of_sqlite_alone() -> None:
    assert list(names_only_sqlite()) == []


def test_every_module_about_the_ledger_is_tried_in_both_dialects() -> None:
    """By the names it imports `pytest_generate_tests` knows that it is about one."""
    for file in sorted((HERE / "ledger").glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names}
        assert imported & USES_A_LEDGER, file.name


def test_a_reason_is_given_for_each_test_of_a_file_alone() -> None:
    for file in HERE.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.only_sqlite":
                (reason,) = node.args
                assert len(ast.literal_eval(reason).split()) > 3, file.name
