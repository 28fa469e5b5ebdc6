"""The numbers of an account's state: each client once, and what is not known is not guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_states import CLIENTS, HISTORIES, NOW, STATUSES, ago, plan, remote, state
from clientimport.push.account_tables import ClientTables
from clientimport.push.ledger.client_history import ClientHistory
from clientimport.reports.account.account_state import AccountState


def of_account(histories: dict[str, ClientHistory], *statuses: str) -> AccountState:
    clients = [remote(number, status) for number, status in enumerate(statuses)]
    tables = ClientTables(histories, NOW).of_account(clients)
    return replace(state(of_file=False), clients=tables.clients)


def test_of_a_file_every_client_is_there_or_not() -> None:
    counts = state().counts()
    assert (counts["rows_in"], counts["clients"]) == (14, 13)
    assert counts["on_platform"] + counts["not_on_platform"] == counts["clients"]
    assert counts["on_platform"] + counts["only_on_platform"] == len(CLIENTS)
    assert sum(counts[status] for status in STATUSES) == counts["on_platform"]
    assert counts["with_differences"] == 2


def test_a_row_with_an_error_may_be_about_a_client_that_is_there() -> None:
    clients = state().clients
    assert clients[clients["row"] == 20]["client_id"].tolist() == [CLIENTS[10].client_id]
    assert clients[clients["row"] == 21]["status"].tolist() == [""]


def test_of_an_account_all_its_clients_are_there() -> None:
    counts = state(of_file=False).counts()
    assert (counts["clients"], counts["on_platform"], counts["only_on_platform"]) == (18, 18, 0)
    assert [counts[status] for status in STATUSES] == [3] * 6


def test_only_who_may_still_answer_is_without_an_answer_the_oldest_first() -> None:
    unanswered = state(of_file=False).unanswered
    assert set(unanswered["status"]) == {"invited"}
    assert unanswered["days"].tolist()[1:] == [48, 24]
    assert unanswered["client_id"].iloc[0] == CLIENTS[7].client_id


@pytest.mark.parametrize(
    ("days", "group"), [(0, 7), (7.5, 7), (8, 14), (14, 14), (15, 30), (30.9, 30), (31, -1), (400, -1), (None, None)]
)
def test_a_mail_is_in_the_group_of_its_whole_days(days: float | None, group: int | None) -> None:
    histories = {} if days is None else {"id-0000": ClientHistory(None, (ago(days),))}
    counts = of_account(histories, "invited").by_age()
    assert {age: number for age, number in counts.items() if number} == {group: 1}


def test_a_clock_that_was_wrong_makes_no_age_below_nothing() -> None:
    assert of_account({"id-0000": ClientHistory(None, (ago(-3),))}, "invited").unanswered["days"].tolist() == [0]


def test_what_grew_over_time_ends_today_with_every_known_client() -> None:
    grown = state(of_file=False).over_time()
    known = [client for client in CLIENTS if client.client_id in HISTORIES]
    assert grown["added"].tolist() == sorted(grown["added"])
    assert grown[["added", "mailed"]].iloc[0].tolist() == [0, 0]
    assert grown["added"].iloc[-1] == len(known)
    assert grown["mailed"].iloc[-1] == sum(client.status != "draft" for client in known)
    assert grown["day"].iloc[-1].date() == NOW.date()


@pytest.mark.parametrize(("span", "lines"), [(3, 5), (60, 10), (700, 25)])
def test_a_long_time_is_read_by_week_or_month(span: int, lines: int) -> None:
    histories = {f"id-{n:04d}": ClientHistory(ago(span * n / 9), (ago(span * n / 9 / 2),)) for n in range(10)}
    grown = of_account(histories, *["invited"] * 10)
    read = grown.by_period()
    assert len(read) <= min(lines, len(grown.over_time()))
    assert read["added"].iloc[-1] == grown.over_time()["added"].iloc[-1] == 10
    assert read["day"].is_monotonic_increasing
    assert read["day"].iloc[-1].date() == NOW.date()


def test_an_empty_account_has_no_numbers_and_no_time() -> None:
    empty = of_account({})
    assert set(empty.counts().values()) == {0, 14} or empty.counts()["clients"] == 0
    assert len(empty.over_time()) == len(empty.by_period()) == len(empty.unanswered) == 0


def test_the_file_is_read_in_its_own_order() -> None:
    assert state().clients["row"].tolist() == sorted(state().clients["row"].tolist())
    assert len(plan().existing) == 10
