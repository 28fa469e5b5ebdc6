"""The files that the examples of docs/python.md and of the notebook work with."""

from __future__ import annotations

import shutil
from pathlib import Path

from clientimport.schema.data_files import data_folder
from spreadsheets import book_of

CRM = (
    ("Naam", "Ondernemingsnummer", "E-mail", "Land", "Gemeente"),
    ("Bakkerij Peeters BV", "0419.618.535", "an@bakkerijpeeters.be", "BE", "Gent"),
    ("Garage Dubois SRL", "0566.988.259", "marc@garagedubois.be", "BE", "Bruxelles"),
    ("Studio Nova BV", "0471.730.202", "eva@studionova.be", "BE", "Antwerpen"),
)
BOOKS = """Klant;BTW-nummer;IBAN;Gemeente
Bakkerij Peeters;BE0419618535;BE05001100792675;Gand
GARAGE DUBOIS;BE0566988259;BE76063149890495;Namur
Nieuwe Klant NV;BE0403019261;;Aalst
"""


def write_example_files(folder: Path) -> None:
    """Write `clients.xlsx`, `crm.xlsx` and `books.csv`."""
    shutil.copy(data_folder("samples") / "banqup-partner" / "messy.xlsx", folder / "clients.xlsx")
    book_of(CRM).save(folder / "crm.xlsx")
    (folder / "books.csv").write_text(BOOKS, encoding="utf-8")
