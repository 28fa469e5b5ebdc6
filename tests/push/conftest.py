"""Every test of a ledger runs in both dialects, unless it says why it is about a file alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledgers import DIALECTS

USES_A_LEDGER = {"Ledger", "World", "journal", "ledger_of", "around_the_program"}
"""Names by which a module of tests shows that it is about a ledger."""
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    asks_for_a_server = metafunc.definition.get_closest_marker("postgres")
    if USES_A_LEDGER & set(vars(metafunc.module)) and not asks_for_a_server:
        only_sqlite = metafunc.definition.get_closest_marker("only_sqlite")
        dialects = ["sqlite"] if only_sqlite else ["sqlite", POSTGRESQL]
        metafunc.parametrize("dialect", dialects, indirect=True, scope="module")


@pytest.fixture(scope="module", autouse=True)
def dialect(request: pytest.FixtureRequest) -> Iterator[str]:
    """The dialect of the ledgers of a test."""
    name: str = getattr(request, "param", "sqlite")
    DIALECTS.server = request.getfixturevalue("postgres_server") if name == "postgresql" else None
    yield name
    DIALECTS.server = None
