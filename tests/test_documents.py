"""What the documents for contributors name is there: paths, links, classes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house import PACKAGE, TREES, classes

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    ROOT / "CONTRIBUTING.md",
    ROOT / "GLOSSARY.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
)
PATH = re.compile(r"`([\w.<>*-]+(?:/[\w.<>*-]+)*(?:\.(?:py|md|txt|toml|html)|/))`")
"""A file or folder in backticks: with a suffix of ours, or with a slash at its end."""
OF_A_USER = {"clientimport.toml", "profiles/", "config.toml"}
"""In a user's home."""
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]+)(?:#[^)]*)?\)")
GLOSSARY_CLASS = re.compile(r"`([A-Z]\w+)`")


def exists(path: str) -> bool:
    """Return whether a path of the repository or of the package is there; `<id>` stands for any name."""
    pattern = re.sub(r"<[\w-]+>", "*", path.rstrip("/"))
    return any(any(folder.glob(pattern)) for folder in (ROOT, PACKAGE))


def classes_of_the_glossary() -> list[str]:
    """Return the classes in the second column of the glossary's tables."""
    rows = (line.split("|") for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if "|" in line)
    return [name for row in rows if len(row) == 5 for name in GLOSSARY_CLASS.findall(row[2])]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_each_path_and_link_of_a_document_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [path for path in PATH.findall(text) if path not in OF_A_USER and not exists(path)] == []
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []


def test_each_class_of_the_glossary_is_in_the_code() -> None:
    names = {definition.name for tree in TREES.values() for definition in classes(tree)}
    listed = classes_of_the_glossary()
    assert len(listed) > 30
    assert set(listed) - names == set()
