"""Dialects: what SQLite and PostgreSQL say differently about one and the same layout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SqlDialect:
    """How one of them is spoken to; every statement of the ledger is the same in both."""

    name: str
    placeholder: str
    table_options: str
    """What stands after the columns of a table."""
    keyed_table_options: str
    """The same for a table whose rows are found by their primary key alone."""

    def statement(self, written: str) -> str:
        """Return a statement as this database takes it; it is written with `?` for each value.

        >>> POSTGRESQL.statement("SELECT '%' FROM run WHERE id = ?")
        "SELECT '%%' FROM run WHERE id = %s"
        """
        return written if self.placeholder == "?" else written.replace("%", "%%").replace("?", self.placeholder)


SQLITE = SqlDialect("sqlite", "?", " STRICT", " STRICT, WITHOUT ROWID")
POSTGRESQL = SqlDialect("postgresql", "%s", "", "")
