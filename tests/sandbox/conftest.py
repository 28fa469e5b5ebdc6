from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.api_caller import Caller, sandbox, stored_clients


@pytest.fixture
def anyone() -> Iterator[Caller]:
    with sandbox() as caller:
        yield caller


@pytest.fixture(scope="session")
def untouched() -> Iterator[Caller]:
    """A sandbox for many tests, none of which leaves a client behind."""
    with sandbox() as caller:
        yield caller
        assert stored_clients(caller) == []
