"""A platform that says yes to a creation and names a client that was there: nobody is mailed, and a person decides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import Deletes, require
from clientimport.model.clock import Clock
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.run_history import resolve_row
from clientimport.push.run_result import RowState, RunResult
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Exchange, Faults, faulty
from ledgers import ledger_of
from push_world import DRAFTING, PARTNER, ROWS, World, clients, mails

KEY = {"accounton": "_id"}
Lie = Callable[[Exchange], "tuple[int, Any] | None"]


def creates(exchange: Exchange) -> bool:
    return exchange.method == "POST" and re.search(r"/(clients|customers)$", exchange.path) is not None


def answering(said: Callable[[Exchange], Any]) -> Lie:
    """Return a platform that answers every creation with this, and creates nothing."""
    return lambda exchange: (201, said(exchange)) if creates(exchange) else None


def upserting(client_id: str) -> Lie:
    """Return a platform that writes every new client over this one."""

    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if not creates(exchange):
            return None
        body = {name: value for name, value in exchange.body.items() if name != "checklist"}
        return 200, exchange.ask("PATCH", f"{exchange.path}/{client_id}", body)[1]

    return lie


def reached(run: RunResult) -> list[tuple[str, str | None]]:
    return [(row.result.state.value, row.result.reason) for row in run.rows]


@pytest.mark.parametrize("in_flight", [1, 4])
@pytest.mark.parametrize("spelt", ["{}", " {} ", "upper"])
@pytest.mark.parametrize("platform", DRAFTING)
def test_the_id_of_a_client_that_was_there_is_no_creation(
    tmp_path: Path, platform: str, spelt: str, in_flight: int
) -> None:
    with running() as url:
        (there,) = World(url, tmp_path / "others", platform, ROWS[platform][2:]).push().rows
        known = str(there.result.client_id)
        told = known.upper() if spelt == "upper" else spelt.format(known)
        lie = answering(lambda _: {KEY.get(platform, "id"): told})
        with faulty(url, Faults(lie=lie)) as address:
            run = World(address, tmp_path, platform, ROWS[platform][:2]).push(invite=True, in_flight=in_flight)
        assert reached(run) == [("uncertain", f"client.answered_with: {told}")] * 2
        assert (run.exit_code, run.counts["created"], run.counts["invited"], mails(url)) == (5, 0, 0, [])


@pytest.mark.parametrize("platform", DRAFTING)
def test_a_platform_that_writes_over_a_client_mails_nobody_today_or_tomorrow(tmp_path: Path, platform: str) -> None:
    with running() as url:
        others = ({**ROWS[platform][2], "language": ROWS[platform][0].get("language")},)
        (there,) = World(url, tmp_path / "others", platform, others).push().rows
        with faulty(url, Faults(lie=upserting(str(there.result.client_id)))) as address:
            world = World(address, tmp_path, platform, ROWS[platform][:1])
            assert world.push(invite=True).exit_code == 5
            assert world.push(invite=True).exit_code == 5
            assert world.push(invite=True, retry_refused=True).exit_code == 5
        assert mails(url) == []


def test_what_a_person_says_of_it_is_what_counts(tmp_path: Path) -> None:
    with running() as url:
        (there,) = World(url, tmp_path / "others", rows=PARTNER[2:]).push().rows
        world = World(url, tmp_path, rows=PARTNER[:1])
        with faulty(url, Faults(lie=answering(lambda _: {"id": there.result.client_id}))) as address:
            doubtful = world.through(address).push(invite=True)
        with Ledger(ledger_of(tmp_path)) as ledger:
            resolve_row(ledger, doubtful.id, 2, done=False, clock=Clock())
        assert reached(world.push(invite=True)) == [("invited", None)]
        assert [mail["to"] for mail in mails(url)] == ["an@albak.be"]


@pytest.mark.parametrize("in_flight", [1, 4])
def test_one_id_for_three_is_one_creation_at_most(tmp_path: Path, in_flight: int) -> None:
    asked: list[str] = []

    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        asked.append(exchange.path.rpartition("/")[2])
        return answering(lambda _: {"id": "same"})(exchange)

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        run = World(address, tmp_path).push(invite=True, in_flight=in_flight)
        assert run.counts["created"] <= 1
        assert [state for state, _ in reached(run)].count("uncertain") >= 2
        assert (run.exit_code, run.counts["invited"]) == (5, 0)
        assert asked.count("invitations") == (1 if in_flight == 1 else 0)


@pytest.mark.parametrize("shown", [(404, {}), (405, {}), (200, []), (200, {"id": "another"}), (200, b"<html>")])
def test_a_client_that_cannot_be_looked_at_is_in_doubt(tmp_path: Path, shown: tuple[int, Any]) -> None:
    with running() as url:
        (there,) = World(url, tmp_path / "others", rows=PARTNER[2:]).push().rows
        known = there.result.client_id

        def lie(exchange: Exchange) -> tuple[int, Any] | None:
            if exchange.method == "GET" and exchange.path.endswith(f"/clients/{known}"):
                return shown
            return answering(lambda _: {"id": known})(exchange)

        with faulty(url, Faults(lie=lie)) as address:
            run = World(address, tmp_path, rows=PARTNER[:2]).push(invite=True)
        assert ([state for state, _ in reached(run)], run.exit_code, mails(url)) == (["uncertain"] * 2, 5, [])


def test_an_id_that_only_its_kind_tells_apart_is_the_same(tmp_path: Path) -> None:
    ids = itertools.cycle((5, "5"))
    with running() as url, faulty(url, Faults(lie=answering(lambda _: {"id": next(ids)}))) as address:
        run = World(address, tmp_path, rows=PARTNER[:2]).push()
        assert [state for state, _ in reached(run)] == ["created", "uncertain"]


@pytest.mark.parametrize(
    "said", [{"id": ""}, {"id": " "}, {"id": None}, {"id": True}, {"id": {}}, {"id": ".."}, {}, []]
)
def test_a_yes_without_an_id_is_looked_up(tmp_path: Path, said: object) -> None:
    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if creates(exchange):
            exchange.ask(exchange.method, exchange.path, exchange.body)
            return 201, said
        return None

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        run = World(address, tmp_path).push(invite=True)
        assert (run.exit_code, run.counts["created"], len(clients(url)), len(mails(url))) == (0, 3, 3, 3)


@pytest.mark.parametrize(
    "other",
    [{"companyNumber": "0419618535"}, {"contactEmail": "else@where.be"}, {"status": "ACTIVE"}, {"invitations": 3}],
)
def test_an_answer_that_tells_of_somebody_else_is_looked_at(tmp_path: Path, other: dict[str, Any]) -> None:
    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if creates(exchange):
            return 201, {**exchange.body, "id": "elsewhere", "status": "DRAFT", "invitations": 0, **other}
        return None

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        run = World(address, tmp_path, rows=PARTNER[:1]).push(invite=True)
        assert reached(run) == [("uncertain", "client.answered_with: elsewhere")]
        assert mails(url) == []


def test_an_answer_in_the_platforms_own_spelling_is_a_creation(tmp_path: Path) -> None:
    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if not creates(exchange):
            return None
        status, told = exchange.ask(exchange.method, exchange.path, exchange.body)
        number, email = f"BE {told['companyNumber']}", str(told["contactEmail"]).upper()
        return status, {**told, "companyNumber": number, "contactEmail": email, "legalName": "ALBAK BV"}

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        assert World(address, tmp_path).push(invite=True).counts["invited"] == 3


def test_a_client_that_was_invited_meanwhile_is_neither_created_nor_mailed(tmp_path: Path) -> None:
    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if not creates(exchange):
            return None
        client_id = exchange.ask(exchange.method, exchange.path, exchange.body)[1]["id"]
        exchange.ask("POST", f"{exchange.path}/{client_id}/invitations", None)
        return 200, exchange.ask("GET", f"{exchange.path}/{client_id}", None)[1]

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        run = World(address, tmp_path, rows=PARTNER[:1]).push(invite=True)
        assert (reached(run), run.counts["created"], len(mails(url))) == ([("unchanged", None)], 0, 1)
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert [operation.reason for operation in ledger.operations_of_run(run.id)] == ["client.was_there"]


def test_the_answer_that_is_replayed_for_a_key_is_this_clients_own(tmp_path: Path) -> None:
    with running() as url, faulty(url, Faults(1, "after", writes_only=True)) as address:
        run = World(address, tmp_path).push(invite=True)
        assert (run.counts["created"], run.counts["invited"]) == (3, 3)


def test_an_id_that_is_given_again_after_its_client_was_deleted_is_a_creation(tmp_path: Path) -> None:
    ids: dict[str, str] = {}

    def lie(exchange: Exchange) -> tuple[int, Any] | None:
        if creates(exchange):
            status, told = exchange.ask(exchange.method, exchange.path, exchange.body)
            ids["7"] = told["id"]
            return status, {"id": "7"}
        if exchange.path.endswith("/clients/7"):
            status, told = exchange.ask(exchange.method, exchange.path[:-1] + ids["7"], exchange.body)
            return status, {**told, "id": "7"} if told else b""
        return None

    with running(SandboxOptions(idempotency=False)) as url, faulty(url, Faults(lie=lie)) as address:
        first = World(address, tmp_path, rows=PARTNER[:1])
        first.push()
        first.asked(lambda connector: require(connector, Deletes).delete("7"))
        run = replace(first, rows=PARTNER[1:2]).push()
        assert [row.result.state for row in run.rows] == [RowState.CREATED]
