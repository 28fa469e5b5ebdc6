"""docs/reliability.md names tests that exist, and for every line one."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_line_names_tests_that_exist() -> None:
    sources = "".join(file.read_text("utf-8") for file in HERE.rglob("test_*.py"))
    written = set(re.findall(r"def (test_\w+)", sources))
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and "what is promised" not in line]
    assert len(lines) > 35
    for line in lines:
        named = re.findall(r"`(test_\w+)`", line)
        assert named, line
        assert set(named) <= written, set(named) - written
