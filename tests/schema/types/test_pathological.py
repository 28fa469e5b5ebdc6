"""A cell that was made to hurt: read or refused in the time of any other, and never a second line in a mail's head."""

from __future__ import annotations

import pytest

from clientimport.model.field_type import ParsedValue
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate
from push_world import ROWS
from tables import mapped, table
from types_of_all import EVERY

LONG = 32_767
"""As long as a cell of Excel may be."""
PARTS = (*"a0 -.@(<+é\u0301\n", "a@", "a.", "B E", "1/", ",;", "Kerkstraat 1 ", "RCS ", "BTW ", "nl ", "x ")
HURTING = tuple((part * LONG)[:LONG] + end for part in PARTS for end in ("", "!", "@", "x"))
INJECTIONS = (
    "An\r\nBcc: all@evil.example",
    "An\nTo: x@evil.example",
    "an@albak.be\r\nBcc: x@evil.example",
    "An\x00\x1b[2J",
)


@pytest.mark.timeout(30)  # what grows with the square of a length takes minutes
@pytest.mark.parametrize("name", EVERY)
def test_a_long_cell_costs_no_more_than_its_length(name: str) -> None:
    for text in HURTING:
        for country in ("BE", ""):
            EVERY[name].parse(text, country)


@pytest.mark.parametrize("platform", ROWS)
def test_no_value_that_is_sent_holds_a_second_line(platform: str) -> None:
    row = {field: value for field, value in ROWS[platform][0].items() if value}
    for field in row:
        for harm in INJECTIONS:
            read = table({name: [harm if name == field else value] for name, value in row.items()})
            checked = validate(read, mapped(read), load_schema(platform))
            for client in checked.clients:
                sent = (*client.fields.values(), *(value for one in client.contacts for value in one.values()))
                assert not any(character < " " for value in sent for character in value), (field, harm)


def test_a_mail_has_one_address() -> None:
    for harm in INJECTIONS:
        read = EVERY["email"].parse(harm, "BE")
        assert not isinstance(read, ParsedValue) or read.value is None
