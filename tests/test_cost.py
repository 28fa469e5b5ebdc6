"""What may cost a lot is done once for each value that needs it, and not at all for a value that is in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import email_validator
import phonenumbers
import pyarrow as pa
import pytest

from clientimport.schema.derivations import name_order
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate
from push_world import ROWS
from tables import mapped, table

Counting = Callable[[Any, str], Counter[str]]


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Return what counts the calls of a function by its first argument; the function does what it did."""

    def count(where: Any, name: str) -> Counter[str]:
        calls: Counter[str] = Counter()
        real = getattr(where, name)

        def counted(first: str, *others: Any, **named: Any) -> Any:
            calls[first] += 1
            return real(first, *others, **named)

        monkeypatch.setattr(where, name, counted)
        return calls

    return count


def rows(platform: str, field: str, typed: tuple[str, ...], times: int = 50) -> None:
    """Validate rows that differ in one field, each value many times."""
    row = {name: value for name, value in ROWS[platform][0].items() if value}
    read = table(
        {name: list(typed) * times if name == field else [value] * len(typed) * times for name, value in row.items()}
    )
    validate(read, mapped(read), load_schema(platform))


def test_an_address_in_order_needs_no_authority_and_another_one_look(counting: Counting) -> None:
    calls = counting(email_validator, "validate_email")
    rows("banqup-partner", "contact_email", ("an@peeters.be", "AN@Peeters.be", "an@peeters.museum", "an peeters"))
    assert calls["an@peeters.be"] == 0
    assert set(calls.values()) == {1}


def test_a_phone_number_is_looked_at_once(counting: Counting) -> None:
    calls = counting(phonenumbers, "parse")
    rows("billit", "contact_mobile", ("+32475123456", "(0475) 12.34.56", "0476~12 34-56"))
    assert set(calls) >= {"(0475) 12.34.56", "0476~12 34-56"}
    assert max(calls.values()) == 1


def test_a_name_is_not_taken_apart_for_a_platform_that_takes_it_whole(counting: Counting) -> None:
    calls = counting(name_order, "split_name")
    rows("banqup-console-be", "contact_name", ("An Peeters", "Bo Claes"))
    assert calls == Counter()


def test_memory_that_was_let_go_is_not_kept_for_later() -> None:
    assert pa.default_memory_pool().backend_name == "system"
