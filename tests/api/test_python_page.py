"""The examples of docs/python.md run as they stand, and show what the page says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pandas as pd
import pytest

from api_examples import write_example_files

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
BLOCK = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_example_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) > 8
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        doctest.DocTestRunner(optionflags=flags).run(examples, out=said.append)
    assert not said, "".join(said)
