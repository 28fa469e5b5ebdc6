"""A second contact in columns of its own is added on the platform."""

from __future__ import annotations

from pathlib import Path

from command_line import clientimport

CLIENTS = """\
Bedrijf;Voornaam;Achternaam;E-mail;Taal;Land;KBO;Contact 2 voornaam;Contact 2 naam;Contact 2 e-mail
Claes BV;An;Claes;an@claes.be;nl;BE;0419618535;Tom;Willems;tom@claes.be
Maes BV;Els;Maes;els@maes.be;nl;BE;0403019261;Mia;Goossens;mia@maes.be
"""


def test_they_are_added_on_the_platform(tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text(CLIENTS, encoding="utf-8")
    on = ("-c", "sandbox", "-p", "banqup-partner")
    pushed = clientimport("push", str(file), *on, "--yes", "--accept-proposals", "--json")
    assert pushed.json["counts"]["created"] == 2
    shown = clientimport("plan", str(file), *on, "--json")
    assert shown.json["groups"]["new"] == []
