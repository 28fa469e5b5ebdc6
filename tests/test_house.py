"""The house: small files, small functions, commands that only parse, call, print and exit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import clientimport

SOURCES = sorted(Path(clientimport.__file__).parent.rglob("*.py"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function does something on, its signature and docstring apart."""
    documented = ast.get_docstring(function) is not None and len(function.body) > 1
    first = function.body[1 if documented else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_file_is_longer_than_350_lines() -> None:
    assert [file.name for file in SOURCES if len(file.read_text(encoding="utf-8").splitlines()) > 350] == []


def test_no_function_does_something_on_more_than_40_lines() -> None:
    assert [(file.name, one.name) for file in SOURCES for one in functions(file) if body_lines(one) > 40] == []


def test_no_function_of_the_command_line_does_something_on_more_than_25_lines() -> None:
    cli = [file for file in SOURCES if "cli" in file.parts]
    assert len(cli) > 10
    assert [(file.name, one.name) for file in cli for one in functions(file) if body_lines(one) > 25] == []


def test_only_the_command_line_prints() -> None:
    printing = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        if file.parent.name != "cli"
    ]
    assert printing == []


def test_only_settings_reads_the_environment() -> None:
    reading = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and file.name != "settings.py"
    ]
    assert reading == []


def test_nothing_imports_the_command_line() -> None:
    importing = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("clientimport.cli.")
        if "cli" not in file.parts and file.name != "__main__.py"
    ]
    assert importing == []
