"""The layout of the index: one SQLite file with the tables of an extract that a list of clients is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LAYOUT = 1
"""Goes up with every change below; an index of another layout is loaded again."""


@dataclass(frozen=True, slots=True)
class IndexedTable:
    """One table: which columns of the extract are kept, and which rows."""

    columns: Mapping[str, str]
    """Column in the zip -> column in the index. The first is the number of the enterprise."""
    keep: Mapping[str, str]
    """Column in the zip -> the only value whose rows are kept."""

    @property
    def read(self) -> tuple[str, ...]:
        """The columns to be read from the zip."""
        return (*self.columns, *(column for column in self.keep if column not in self.columns))


TABLES: Mapping[str, IndexedTable] = {
    "enterprise": IndexedTable(
        {
            "EnterpriseNumber": "number",
            "JuridicalSituation": "situation",
            "TypeOfEnterprise": "kind",
            "JuridicalForm": "form",
            "StartDate": "since",
        },
        {"Status": "AC"},
    ),
    "denomination": IndexedTable(
        {"EntityNumber": "number", "TypeOfDenomination": "kind", "Language": "language", "Denomination": "name"}, {}
    ),
    "address": IndexedTable(
        {
            "EntityNumber": "number",
            "CountryNL": "country_nl",
            "CountryFR": "country_fr",
            "Zipcode": "postal_code",
            "MunicipalityNL": "city_nl",
            "MunicipalityFR": "city_fr",
            "StreetNL": "street_nl",
            "StreetFR": "street_fr",
            "HouseNumber": "house_number",
            "Box": "box",
        },
        {"TypeOfAddress": "REGO", "DateStrikingOff": ""},  # a seat that was struck off is no valid address
    ),
    "contact": IndexedTable(
        {"EntityNumber": "number", "ContactType": "kind", "Value": "value"}, {"EntityContact": "ENT"}
    ),
}
CODES = ("Category", "Code", "Language", "Description")
CATEGORIES = ("JuridicalSituation", "JuridicalForm")
"""The codes whose texts are shown; the other twenty thousand are of activities."""


def statements() -> tuple[str, ...]:
    """Return what makes the empty tables, without their indexes."""
    tables = [
        f"CREATE TABLE {name} (number INTEGER{' PRIMARY KEY' if name == 'enterprise' else ' NOT NULL'}, "
        + ", ".join(f"{column} TEXT NOT NULL" for column in list(table.columns.values())[1:])
        + ")"
        for name, table in TABLES.items()
    ]
    codes = (
        "CREATE TABLE code (category TEXT, code TEXT, language TEXT, text TEXT, PRIMARY KEY (category, code, language))"
    )
    extract = "CREATE TABLE extract (number INTEGER NOT NULL, snapshot TEXT NOT NULL, loaded_at TEXT NOT NULL)"
    return (*tables, codes, extract)


def index_statements() -> tuple[str, ...]:
    """Return what makes rows be found by number: made last, as sorting once is faster than keeping in order."""
    return tuple(f"CREATE INDEX {name}_number ON {name} (number)" for name in TABLES if name != "enterprise")
