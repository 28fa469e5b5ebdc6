"""The address of a shared ledger: what the environment and the keyring add to what was written."""

from __future__ import annotations

import pytest

from clientimport.model.postgres_url import parse_postgres_url
from clientimport.settings.ledger_settings import address_with_password


@pytest.mark.parametrize(
    ("address", "variables", "is_asked"),
    [
        ("postgresql://an@db.office.example/ledger", {}, True),
        ("postgresql:///ledger?hostaddr=192.0.2.7", {}, True),
        ("postgresql:///ledger", {"PGHOST": "db.office.example"}, True),
        ("postgresql://an@db.office.example/ledger?sslmode=verify-full", {}, False),
        ("postgresql://an@db.office.example/ledger", {"PGSSLMODE": "verify-full"}, False),
        ("postgresql:///ledger?service=office", {"PGHOST": "db.office.example"}, False),
        ("postgresql://127.0.0.1/ledger", {"PGHOST": "db.office.example"}, False),
        ("postgresql://localhost/ledger", {}, False),
        ("postgresql://[::1]/ledger", {}, False),
        ("postgresql:///ledger", {}, False),
        ("postgresql:///ledger?host=/run/postgresql", {}, False),
        ("postgresql://%2Frun%2Fpostgresql/ledger", {}, False),
    ],
)
def test_a_connection_that_leaves_this_computer_is_encrypted(
    monkeypatch: pytest.MonkeyPatch, address: str, variables: dict[str, str], is_asked: bool
) -> None:
    for variable in ("PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    asked = address_with_password(address).given.get("sslmode")
    assert asked == ("require" if is_asked else parse_postgres_url(address).given.get("sslmode"))
