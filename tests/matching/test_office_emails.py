from __future__ import annotations

import pytest

from mapping_sheet import certain, fields, matched

ONE = ["ann@office.example", "bob@office.example"] * 6
SEVERAL = ["ann@office.example;bob@office.example", "bob@office.example"] * 6


@pytest.mark.parametrize("header", ["Dossierbeheerder", "E-mails team", "Gestionnaires", "Responsable"])
def test_the_addresses_of_colleagues_are_what_the_platform_takes_of_them(header: str) -> None:
    assert fields(matched([(header, SEVERAL)], "banqup-console-be")) == ["assignee_emails"]
    assert fields(matched([(header, ONE)], "accounton")) == ["responsible_email"]


def test_that_is_certain_only_where_the_header_says_it() -> None:
    assert certain(matched([("E-mails dossierbeheerders", SEVERAL)], "banqup-console-be")) == [True]
    assert certain(matched([("E-mail dossierbeheerder", SEVERAL)], "banqup-console-be")) == [False]


def test_where_no_colleague_is_asked_for_nothing_changes() -> None:
    assert not matched([("E-mail dossierbeheerder", ONE)], "billit").matches[0].used
