"""Lists as practices keep them, each with what a person would say of its columns."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from clientimport.matching.column_mapping import ColumnMatch
from mapping_sheet import matched

CLIENT_LISTS = sorted((Path(__file__).parent / "client_lists").glob("*.toml"))


def judged(portfolio: Path) -> list[tuple[str, ColumnMatch]]:
    """Return what is expected beside what was found; `?` marks what may only be proposed."""
    content: dict[str, Any] = tomllib.loads(portfolio.read_text(encoding="utf-8"))
    columns = [(header, [row[at] for row in content["rows"]]) for at, header in enumerate(content["headers"])]
    return list(zip(content["fields"], matched(columns, content["platform"]).matches, strict=True))


@pytest.mark.parametrize("portfolio", CLIENT_LISTS, ids=lambda path: path.stem)
def test_no_column_is_taken_for_what_it_is_not(portfolio: Path) -> None:
    assert [
        (m.column.header, m.field) for expected, m in judged(portfolio) if m.field != (expected.rstrip("?") or None)
    ] == []


@pytest.mark.parametrize("portfolio", CLIENT_LISTS, ids=lambda path: path.stem)
def test_nothing_is_certain_that_a_person_would_ask_about(portfolio: Path) -> None:
    assert [m.column.header for expected, m in judged(portfolio) if m.certain and expected.endswith("?")] == []


def test_most_columns_need_no_question() -> None:
    meant = [m for portfolio in CLIENT_LISTS for expected, m in judged(portfolio) if expected]
    assert sum(m.certain for m in meant) / len(meant) > 0.85
