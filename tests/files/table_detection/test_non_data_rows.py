from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.files.readers.cell_grid import CellGrid, GridRow
from clientimport.files.readers.cell_grid_builder import CellGridBuilder
from clientimport.files.table_detection import non_data_rows
from clientimport.files.table_detection.header_row import HeaderRow
from clientimport.files.table_detection.non_data_rows import data_rows
from clientimport.model.normalize import normalize
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


HEADINGS = ("Naam", "E-mail", "Élève", "", "100 %")
CELLS = st.sampled_from(
    [
        *("Naam", " naam:", "NAAM", "Nathan", "e mail", "E-MAIL", "eleve", "Élève", "100", "Totaal", "Total général"),
        *("Imprimé le 3/2/2025", "Pagina 1 van 3", "* = weg", "(*) : x", "12", "16 klanten", "1.234,50 eur", "an@x.be"),
        *("0403.019.261", "\u0664" * 9, "Sous-total Gent", "€ 5", "Zoé", "x", "-"),
    ]
)
GRID_ROWS = st.lists(
    st.tuples(st.integers(1, 2), st.dictionaries(st.integers(0, 5), CELLS, min_size=1, max_size=4)), max_size=8
)


def grid_of(rows: list[tuple[int, dict[int, str]]]) -> CellGrid:
    """Return a grid; the number of each row is so many behind the one before."""
    builder, number = CellGridBuilder(), 1
    for step, cells in rows:
        number += step
        builder.add_row(number, dict(sorted(cells.items())))
    return builder.build()


def naive_rows_left_out(grid: CellGrid, heading: HeaderRow) -> Iterator[int]:
    """Yield the numbers of the rows that are headers or totals, looked at one by one."""
    header = {index: normalize(text) for index, text in heading.texts.items()}
    rows = list(grid)
    for row in rows:
        again = all(normalize(text) == header.get(index, "") for index, text in row.cells.items())
        if (again and len(row.cells) >= 2) or non_data_rows._is_total(row):
            yield row.number
    if len(heading.texts) > 4:
        yield from naive_footer(rows)


def naive_footer(rows: list[GridRow]) -> Iterator[int]:
    """Yield the numbers of the short rows after the first gap behind the last long row."""
    last = max((at for at, row in enumerate(rows) if len(row.cells) > 2 or is_data(row)), default=-1)
    gaps = [at for at in range(max(last + 1, 1), len(rows)) if rows[at].number > rows[at - 1].number + 1]
    yield from (row.number for row in rows[gaps[0] :]) if gaps else ()


def is_data(row: GridRow) -> bool:
    return any(non_data_rows._DATA.search(text) for text in row.cells.values())


@given(GRID_ROWS, st.integers(3, 5))
def test_columns_tell_the_same_rows_as_looking_at_each_row(rows: list[tuple[int, dict[int, str]]], width: int) -> None:
    heading = HeaderRow(1, dict(enumerate(HEADINGS[:width])), 2, 1.0)
    grid = grid_of([(1, {0: "Peeters BV", 1: "an@x.be", 2: "Zoé"}), *rows])  # the first may not be an explanation
    kept, _ = data_rows(grid, heading)
    assert set(grid.row_numbers.tolist()) - set(kept.row_numbers.tolist()) == set(naive_rows_left_out(grid, heading))
