"""A contact that nobody is behind is noticed once, at its cell, and nothing is passed over without a look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.model.field_type import ParsedValue
from clientimport.schema.checks import COMMON_CHECKS
from clientimport.schema.checks.undeliverable_email import undeliverable_addresses
from clientimport.schema.reference.undeliverable_addresses import undeliverable
from clientimport.schema.types.email import Email
from records_of import records_of


def codes(address: str) -> list[str]:
    """Return everything that is said of one contact address, by its type and by the checks."""
    parsed = Email().parse(address, "BE")
    assert isinstance(parsed, ParsedValue)
    records = records_of(contact_email=[parsed.value])
    return [note.code for note in parsed.notes] + [one.code for check in COMMON_CHECKS for one in check(records)]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("noreply@peeters.be", "contact_email.placeholder"),
        ("an@peeters.example", "email.reserved_domain"),
        ("info@example.com", "email.reserved_domain"),
        ("an@peeters.test", "email.reserved_domain"),
        ("an@peeters.bee", "contact_email.undeliverable"),
        ("an@telenet.bee", "email.misspelt_domain"),
        ("an@gmail.con", "email.misspelt_domain"),
        ("an@peeters.123", "email.unusual"),
    ],
)
def test_one_cause_is_one_finding(address: str, code: str) -> None:
    assert codes(address) == [code]


WORDS = (
    "noreply",
    "no",
    "reply",
    "geen",
    "mail",
    "e",
    "pas",
    "de",
    "test",
    "xxx",
    "x",
    "onbekend",
    "n",
    "v",
    "t",
    "aaa",
)
DOMAINS = (
    "be",
    "com",
    "test",
    "bee",
    "gent",
    "geen",
    "mail",
    "geenmail",
    "example",
    "x",
    "xxx",
    "telenet",
    "aaa",
    "no",
)
ADDRESSES = st.tuples(
    st.lists(st.sampled_from(WORDS) | st.text("ab1é", min_size=1, max_size=2), min_size=1, max_size=4),
    st.sampled_from(["", ".", "-", "_"]),
    st.lists(st.sampled_from(DOMAINS), min_size=2, max_size=3),
    st.sampled_from(["", ".", "-"]),
).map(lambda parts: f"{parts[1].join(parts[0])}@{parts[3].join(parts[2][:-1])}.{parts[2][-1]}")


@given(ADDRESSES)
def test_no_placeholder_and_no_strange_ending_is_passed_over(address: str) -> None:
    problem = undeliverable(address)
    noticed = [one.code for one in undeliverable_addresses(records_of(contact_email=[address]))]
    if problem is not None and problem.code == "contact_email.placeholder":
        assert noticed == [problem.code]
    elif problem is None:
        assert noticed == []
