"""Few dependencies, and every one of them is written down: what is imported stands in pyproject.toml."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def imported() -> set[str]:
    """Return the top-level names of all that the program imports, wherever it does."""
    names: set[str] = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"clientimport"}


def test_what_is_imported_is_a_dependency_and_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [
        *project["dependencies"],
        *(requirement for extra in project["optional-dependencies"].values() for requirement in extra),
    ]
    known = {canonicalize_name(re.split(r"[\[<>=~!; ]", requirement)[0]) for requirement in stated}
    reasons = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").casefold()
    providers = packages_distributions()
    for name in imported():
        provider = canonicalize_name(providers[name][0])
        assert provider in known, name
        assert provider in reasons, name
    assert len(imported()) > 10
