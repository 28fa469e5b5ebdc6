"""The letters of the sentences are those that people write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import clientimport

FILES = sorted((Path(clientimport.__file__).parent / "messages").glob("*/*.toml"))
DAMAGED = re.compile("Ã[¤¶¼Ÿ„–œ¨ª«®´»¹ ]|â€")
"""Letters in UTF-8 that were read as Windows-1252; `Ã©` alone stands as an example of them."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_letter_was_damaged_on_its_way_into_a_file(file: Path) -> None:
    assert [line for line in file.read_text(encoding="utf-8").splitlines() if DAMAGED.search(line)] == []
