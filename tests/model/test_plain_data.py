"""The room `model` holds data and pure functions: it reads no file and calls no process or network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import clientimport.model

MODULES = sorted(Path(clientimport.model.__file__).parent.glob("*.py"))
OUTSIDE = {"os", "io", "pathlib", "shutil", "subprocess", "socket", "tempfile", "sqlite3", "urllib.request", "tomli"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_of_data_reads_and_writes_nothing(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not imported & OUTSIDE
    assert not called & {"open", "print", "input"}
