from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.asking import Caller, kept, sandbox


@pytest.fixture
def anyone() -> Iterator[Caller]:
    with sandbox() as caller:
        yield caller


@pytest.fixture(scope="session")
def untouched() -> Iterator[Caller]:
    """A sandbox for many tests, none of which leaves a client behind."""
    with sandbox() as caller:
        yield caller
        assert kept(caller) == []
