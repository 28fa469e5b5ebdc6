"""Portfolios in many styles are understood field by field, or a person is asked; nothing is understood wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from story.meaning import differences, understood, written
from story.portfolio import portfolio

PLATFORMS = ("banqup-partner", "banqup-console-be", "banqup-console-lu", "accounton")


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("seed", range(12))
def test_a_practices_own_list_is_understood_field_by_field(platform: str, seed: int, tmp_path: Path) -> None:
    made = portfolio(platform, seed)
    validation = understood(written(made, tmp_path / "clients.xlsx"), platform)
    assert differences(made.truth, validation) == []
