from __future__ import annotations

from typing import Any

import pytest

from spreadsheets import CLIENT, HEADER, codes, read, xlsx

EXPLAINED = [
    ("verplicht", "optioneel", "verplicht", "optioneel", "optioneel", "optioneel"),
    ("De volledige naam van de klant", "Enkel cijfers, met BE ervoor en zonder punten", "", "", "", "max. 50 tekens"),
    ("obligatoire", "facultatif", "obligatoire", "facultatif", "", ""),
    ("Pflichtfeld", "optional", "Pflichtfeld", "", "", ""),
]


@pytest.mark.parametrize("line", EXPLAINED)
def test_a_row_of_explanations_below_the_header_is_left_out(line: tuple[str, ...]) -> None:
    table = read(xlsx([HEADER, line, CLIENT, CLIENT]))
    assert table.rows.tolist() == [3, 4]
    assert [(finding.code, finding.facts["rows"]) for finding in table.findings] == [("rows.explanation", "2")]


@pytest.mark.parametrize(
    "line",
    [
        CLIENT,
        ("Maatschappij voor het Goed van de Stad Gent", "", "", "Kerkstraat 1", "9000", "Gent"),
        ("Vereniging van Mede-eigenaars Residentie De Linde", "", "", "Grote Steenweg op Gent 12 bus 3", "", ""),
        ("Max", "", "", "Kerkstraat 1", "9000", "Gent"),
        ("Optional BV", "BE0403019261", "", "", "", ""),
        ("An Peeters", "", "an@x.be", "", "", ""),
    ],
)
def test_a_client_below_the_header_stays(line: tuple[str, ...]) -> None:
    assert read(xlsx([HEADER, line, CLIENT])).rows.tolist() == [2, 3]


TOTALS: list[tuple[Any, ...]] = [
    ("Totaal",),
    ("Totaal: 12",),
    ("Total général", 12),
    ("Summe", None, None, 1234.5, 12),
    ("Aantal klanten: 12",),
    ("Nombre de clients : 12",),
    ("Anzahl Kunden", 3),
    ("Totaal aantal klanten", "3"),
    ("Gemaakt op 3/2/2025 om 10:12",),
    ("Imprimé le 03/02/2025",),
    ("Gedruckt am 3.2.2025",),
    ("Printed on 3 February 2025", "DeskPro"),
    ("Pagina 1 van 3",),
    ("Totaal", "16 klanten", None, None, None, "12.345,00"),
    ("Total général", "16 clients", "-", 12345.67, "21 %", "100 EUR"),
    ("Gesamtsumme", None, "16 Kunden", "3 Rechnungen", 12, 0),
    ("Subtotaal Gent", "8"),
    ("* = niet meer actief",),
]


@pytest.mark.parametrize("line", TOTALS)
@pytest.mark.parametrize("gap", [0, 1])
def test_totals_and_footers_are_left_out_and_named(line: tuple[object, ...], gap: int) -> None:
    table = read(xlsx([HEADER, CLIENT, CLIENT, *[()] * gap, line]))
    assert table.rows.tolist() == [2, 3]
    assert [(finding.code, finding.facts["rows"]) for finding in table.findings] == [("rows.totals", str(4 + gap))]


def test_remarks_after_a_gap_are_left_out() -> None:
    table = read(xlsx([HEADER, CLIENT, (), CLIENT, (), ("Bron: DeskPro",), ("Vragen?", "Bel ons")]))
    assert table.rows.tolist() == [2, 4]
    assert [finding.facts["rows"] for finding in table.findings] == ["6-7"]


@pytest.mark.parametrize(
    "line",
    [
        ("Total Belgium NV",),
        ("Total", "BE0403019261"),
        ("Totaal Bouw", None, "info@totaal.example"),
        ("Summe GmbH", None, None, "Kirchstraße 1", "4700", "Eupen"),
        ("Seite 7 BV",),
        ("Totaal Renovatie BV", "16 klanten", None, "Kerkstraat 1", "9000", "Gent"),
        ("Totaal Renovatie BV", None, None, None, "9000"),
        ("Total", "Luc", None, "Rue Haute 3", "1000", "Bruxelles"),
        ("Total", None, None, None, "9000 Gent"),
        ("*Star* BV",),
    ],
)
def test_a_client_with_such_a_name_stays(line: tuple[str, ...]) -> None:
    table = read(xlsx([HEADER, CLIENT, line, CLIENT]))
    assert table.rows.tolist() == [2, 3, 4]
    assert codes(table) == []


def test_a_client_after_a_gap_stays() -> None:
    assert read(xlsx([HEADER, CLIENT, (), ("An", None, "an@x.be"), (), CLIENT])).rows.tolist() == [2, 4, 6]
    assert read(xlsx([HEADER, CLIENT, (), ("An", None, "an@x.be")])).rows.tolist() == [2, 4]


def test_a_client_of_two_cells_without_a_gap_stays() -> None:
    assert read(xlsx([HEADER, CLIENT, ("Peeters", None, None, None, "9000")])).rows.tolist() == [2, 3]


def test_a_narrow_table_keeps_what_follows_a_gap() -> None:
    assert read(xlsx([("Naam", "E-mail"), ("Jansen", "x"), (), ("Peeters", "y")])).rows.tolist() == [2, 4]


def test_headers_repeated_on_each_page_are_left_out() -> None:
    table = read(xlsx([HEADER, CLIENT, HEADER, CLIENT]))
    assert table.rows.tolist() == [2, 4]
    assert codes(table) == ["rows.header_again"]
