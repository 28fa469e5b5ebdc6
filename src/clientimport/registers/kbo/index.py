"""Looking enterprises up in the index, all that are asked for at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.registers.kbo.enterprise import NATURAL_PERSON, Enterprise, EnterpriseName, Seat
from clientimport.registers.kbo.index_schema import LAYOUT

_AT_ONCE = 500
"""Numbers in one question; SQLite takes 999 in its oldest forms."""
OLD = 60
"""Days after which what the index says may well have changed."""


@dataclass(frozen=True, slots=True)
class LoadedExtract:
    """Which extract the index holds."""

    number: int
    snapshot: date
    loaded_at: str

    def age(self, today: date) -> int:
        """Return how many days ago the register was as the index says."""
        return (today - self.snapshot).days


class KboIndex:
    """The index, open for reading. Raises UsageError where there is none and SettingsUnusable for a damaged one."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UsageError("kbo.no_index")
        self._path = path
        self._codes: dict[tuple[str, str], Mapping[str, str]] = {}
        with self._readable():
            # Not read-only: what an update that was killed left half must be undone first.
            self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
            try:
                self.extract = self._loaded_extract()
            except BaseException:
                self._database.close()
                raise

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def enterprises(self, numbers: Iterable[str]) -> Mapping[str, Enterprise]:
        """Return those of the enterprises with these numbers (ten digits) that are active in the extract."""
        known: dict[str, Enterprise] = {}
        with self._readable():
            distinct = [int(number) for number in dict.fromkeys(numbers)]
            for start in range(0, len(distinct), _AT_ONCE):
                known.update(self._some(distinct[start : start + _AT_ONCE]))
        return known

    def code_text(self, category: str, code: str, language: str) -> str:
        """Return what a code means, in this language or else the first of nl, fr and de; the code without any."""
        texts = self._texts(category, code)
        return next((texts[name] for name in (language.upper(), "NL", "FR", "DE") if texts.get(name)), code)

    def code_texts(self, category: str, code: str) -> tuple[str, ...]:
        """Return what a code is called in every language."""
        return tuple(self._texts(category, code).values())

    def _texts(self, category: str, code: str) -> Mapping[str, str]:
        if (category, code) not in self._codes:
            query = "SELECT language, text FROM code WHERE category = ? AND code = ?"
            with self._readable():
                self._codes[category, code] = dict(self._database.execute(query, (category, code)).fetchall())
        return self._codes[category, code]

    def counts(self) -> Mapping[str, int]:
        """Return how many rows each table has."""
        tables = ("enterprise", "denomination", "address", "contact")
        with self._readable():
            return {
                name: self._database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 -- our own names
                for name in tables
            }

    def _loaded_extract(self) -> LoadedExtract:
        (layout,) = self._database.execute("PRAGMA user_version").fetchone()
        if layout != LAYOUT:
            raise SettingsUnusable("kbo.index_layout", file=self._path)
        number, snapshot, loaded_at = self._database.execute("SELECT * FROM extract").fetchone()
        return LoadedExtract(number, date.fromisoformat(snapshot), loaded_at)

    def _some(self, numbers: Sequence[int]) -> Iterator[tuple[str, Enterprise]]:
        names, seats, contacts = (self._rows(table, numbers) for table in ("denomination", "address", "contact"))
        for number, ((_, situation, kind, form, since),) in self._rows("enterprise", numbers).items():
            ten = f"{number:010}"
            yield (
                ten,
                Enterprise(
                    ten,
                    situation,
                    form,
                    kind == NATURAL_PERSON,
                    _iso(since),
                    tuple(EnterpriseName(*row[1:]) for row in names.get(number, ())),
                    next((_seat(row) for row in seats.get(number, ())), None),
                    {row[1]: row[2] for row in contacts.get(number, ())},
                ),
            )

    def _rows(self, table: str, numbers: Sequence[int]) -> dict[int, list[tuple[str, ...]]]:
        places = ", ".join("?" * len(numbers))
        query = f"SELECT * FROM {table} WHERE number IN ({places}) ORDER BY number, rowid"  # noqa: S608 -- places only
        by_number: dict[int, list[tuple[str, ...]]] = {}
        for row in self._database.execute(query, numbers):
            by_number.setdefault(row[0], []).append(row)
        return by_number

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise SettingsUnusable("kbo.index_damaged", file=self._path, reason=error) from error


def _seat(row: tuple[str, ...]) -> Seat:
    _, country_nl, country_fr, postal_code, city_nl, city_fr, street_nl, street_fr, house_number, box = row
    return Seat(
        street={"nl": street_nl, "fr": street_fr},
        city={"nl": city_nl, "fr": city_fr},
        country={"nl": country_nl, "fr": country_fr},
        house_number=house_number,
        box=box,
        postal_code=postal_code,
    )


def _iso(day: str) -> str:
    """Return a date as the extract writes it in ISO form.

    >>> _iso("09-08-1960"), _iso("")
    ('1960-08-09', '')
    """
    return "-".join(reversed(day.split("-")))
