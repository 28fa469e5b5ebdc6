"""What others do with the same file, each in a process of its own: `python benchmarks/peers.py WHO FILE`.

Each prints how many errors it found. They check and no more: no matching, no repair, no report.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

COLUMNS = ("Client name", "Company number", "VAT", "IBAN", "Contact email")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def bare(file: str) -> int:
    """Read to Arrow as fast as anybody does."""
    import fastexcel  # type: ignore[import-not-found]

    fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_arrow()
    return 0


def bare_csv(file: str) -> int:
    """Read to Arrow."""
    import pyarrow as pa
    from pyarrow import csv

    names = csv.open_csv(file).schema.names
    csv.read_csv(file, convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())))
    return 0


def cell_by_cell(file: str) -> int:
    """Do what a first script does: openpyxl, and a library for every cell."""
    from email_validator import EmailNotValidError, validate_email
    from openpyxl import load_workbook
    from stdnum import iban
    from stdnum.be import vat

    def mails(text: str) -> bool:
        try:
            validate_email(text, check_deliverability=False)
        except EmailNotValidError:
            return False
        return True

    rows = load_workbook(file, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
    header = list(next(rows))
    checks: tuple[Callable[[str], bool], ...] = (bool, vat.is_valid, vat.is_valid, iban.is_valid, mails)
    places = [header.index(name) for name in COLUMNS]
    return sum(not check(str(row[place] or "")) for row in rows for place, check in zip(places, checks, strict=True))


def pandas_stdnum(file: str) -> int:
    """Look at each distinct value of a data frame's columns with python-stdnum."""
    import pandas as pd
    from stdnum import iban
    from stdnum.be import vat

    frame = pd.read_excel(file, dtype=str, engine="calamine")
    checks: tuple[Callable[[str], bool], ...] = (bool, vat.is_valid, vat.is_valid, iban.is_valid, _email)
    return sum(
        int((~_distinct(check, frame[name])).sum()) + int(frame[name].isna().sum()) * (name == COLUMNS[0])
        for name, check in zip(COLUMNS, checks, strict=True)
    )


def pandera(file: str) -> int:
    """Check a data frame against a schema, lazily."""
    import pandas as pd
    import pandera.pandas as pa  # type: ignore[import-not-found]

    frame = pd.read_excel(file, dtype=str, engine="calamine")
    columns = {name: pa.Column(checks=pa.Check(partial(_distinct, good))) for name, good in RULES.items()}
    columns[COLUMNS[0]] = pa.Column(nullable=False)
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        return len(found.failure_cases)
    return 0


def frictionless(file: str) -> int:
    """Validate a resource with a schema and checks of its own."""
    from frictionless import Check, Checklist, Detector, Resource, errors  # type: ignore[import-not-found]

    class Rules(Check):  # type: ignore[misc]
        type = "rules"
        Errors = (errors.CellError,)

        def validate_row(self, row: Any) -> Iterator[Any]:
            for name, good in RULES.items():
                if not good(str(row[name] or "")):
                    yield errors.CellError.from_row(row, note="wrong", field_name=name)

    path = Path(file)
    resource = Resource(path=path.name, basepath=str(path.parent), detector=Detector(field_type="string"))
    return int(resource.validate(Checklist(checks=[Rules()]), limit_errors=1_000_000).stats["errors"])


def _distinct(good: Callable[[str], bool], column: Any) -> Any:
    known = {text: good(text) for text in column.dropna().unique()}
    return column.map(known).fillna(value=True).astype(bool)


def _number(text: str) -> bool:
    return len(text) == 10 and text.isdigit() and int(text[:8]) % 97 == 97 - int(text[8:])


def _vat(text: str) -> bool:
    return text.startswith("BE") and _number(text[2:])


def _iban(text: str) -> bool:
    digits = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return int(digits) % 97 == 1


def _email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


RULES: dict[str, Callable[[str], bool]] = dict(zip(COLUMNS, (bool, _number, _vat, _iban, _email), strict=True))
PEERS = {peer.__name__: peer for peer in (bare, bare_csv, cell_by_cell, pandas_stdnum, pandera, frictionless)}

if __name__ == "__main__":
    print(PEERS[sys.argv[1]](sys.argv[2]))
