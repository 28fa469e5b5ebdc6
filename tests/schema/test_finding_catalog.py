"""Every finding names a source that can be opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clientimport.schema.finding_catalog import finding_kinds

RULES = Path(__file__).parents[2] / "docs" / "rules.md"


def anchors() -> set[str]:
    """Return the sections of docs/rules.md as a link names them."""
    headings = re.findall(r"^## (.+)$", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    return {heading.casefold().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("code", sorted(finding_kinds()))
def test_the_source_of_a_finding_is_a_page_or_a_section_of_our_rules(code: str) -> None:
    source = finding_kinds()[code].source
    document, _, section = source.partition("#")
    assert source.startswith("https://") or (document == "docs/rules.md" and section in anchors())
