"""`map` on the screen: what each column is, why, and what is left without a field."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport

PARTNER = ("-p", "banqup-partner", "--language", "en")


@pytest.fixture
def screen(tmp_path: Path) -> list[str]:
    (tmp_path / "list.csv").write_text(
        "Naam klant;KBO;GSM;Omzet;E-mail;Mail;Leeg\n"
        "Peeters BV;0403.019.261;0470 12 34 56;1000;an@p.be;info@p.be;\n"
        "Claes NV;0202.239.951;0471 12 34 56;2000;jan@c.be;info@c.be;\n"
    )
    return clientimport("map", "list.csv", *PARTNER).out.splitlines()


def test_a_column_stands_with_its_label_and_below_it_with_values_and_reasons(screen: list[str]) -> None:
    at = screen.index("B  KBO → Company number (company_number) · certain")
    assert screen[at + 1] == "   0403.019.261 | 0202.239.951 · known header; content fits"


def test_used_and_certain_are_two_facts(screen: list[str]) -> None:
    assert "C  GSM → Contact mobile number (contact_mobile) · certain · not used" in screen


def test_filled_columns_without_a_field_come_last_with_the_option_that_would_use_them(screen: list[str]) -> None:
    heading = next(at for at, line in enumerate(screen) if line.startswith("Without a field (3)"))
    assert [line[:1] for line in screen[heading + 1 :] if line[:3] in ("D  ", "E  ", "F  ")] == ["D", "E", "F"]
    assert any(line.startswith("E  E-mail · perhaps") and "--set E=contact_email" in line for line in screen)
    assert "Empty or left out: G (Leeg)" in screen
