from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.errors import UsageError
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.selection import select_clients
from clientimport.sandbox import running
from push_world import PARTNER, World

BROKEN = {**PARTNER[2], "company_number": "0403019262", "legal_name": "Debak"}


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Row 2 is on the platform, rows 3 and 4 are new, row 5 has an error."""
    with running() as url:
        World(url, tmp_path, rows=PARTNER[:1]).push()
        return World(url, tmp_path, rows=(*PARTNER, BROKEN)).planned()


def rows(plan: Plan) -> dict[str, list[int]]:
    groups = {name: getattr(plan, name) for name in ("new", "existing", "invalid", "excluded")}
    return {name: [entry.client.row for entry in group if entry.client] for name, group in groups.items() if group}


@pytest.mark.parametrize(
    ("only", "skip", "taken"),
    [
        ([], [], {"new": [3, 4], "existing": [2], "invalid": [5]}),
        (["new"], [], {"new": [3, 4], "invalid": [5], "excluded": [2]}),
        (["existing"], [], {"existing": [2], "invalid": [5], "excluded": [3, 4]}),
        (["2-3"], [], {"new": [3], "existing": [2], "excluded": [4]}),
        (["2,4"], [], {"new": [4], "existing": [2], "excluded": [3]}),
        (["new", "2-3"], [], {"new": [3], "excluded": [4, 2]}),
        (["new,2"], [], {"new": [3, 4], "existing": [2], "invalid": [5]}),
        ([], ["existing", "5"], {"new": [3, 4], "excluded": [2]}),
        (["new"], ["3"], {"new": [4], "invalid": [5], "excluded": [3, 2]}),
    ],
)
def test_groups_and_rows_choose_what_is_sent(
    plan: Plan, only: list[str], skip: list[str], taken: dict[str, list[int]]
) -> None:
    assert rows(select_clients(plan, only, skip)) == taken


@pytest.mark.parametrize(
    ("only", "code"),
    [
        ("nwe", "push.bad_selection"),
        ("9-7", "push.bad_selection"),
        ("", "push.bad_selection"),
        ("-3", "push.bad_selection"),
        ("5,500", "push.no_such_row"),
        ("6-20", "push.no_such_row"),
    ],
)
def test_a_choice_of_nothing_is_never_taken_for_everything(plan: Plan, only: str, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        select_clients(plan, [only], [])
    assert raised.value.code == code


def test_a_slip_of_the_finger_is_met_with_what_was_meant(plan: Plan) -> None:
    with pytest.raises(UsageError) as raised:
        select_clients(plan, ["exsting"], [])
    assert raised.value.facts["meant"] == "existing"
