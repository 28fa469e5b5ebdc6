"""What a push adds to clients that are there: contacts and the sharing of documents, planned, counted and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import TakesContacts, require
from clientimport.model.clock import Clock
from clientimport.model.remote import DocumentSharing, PushOptions
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.plan.plan_file import groups
from clientimport.push.run_history import all_runs, load_run, resolve_row
from clientimport.push.run_result import RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Exchange, Faults, faulty
from ledgers import ledger_of
from push_world import CONSOLE_BE, PARTNER, World, clients, fetched, undone

BEA = {**PARTNER[0], "contact_email": "bea@albak.be", "contact_first_name": "Bea"}
CIS = {**PARTNER[0], "contact_email": "cis@albak.be", "contact_first_name": "Cis"}
MINE = PushOptions(share_documents="me@office.be", share_channel="Banqup Files")


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def outcomes(done: RunResult) -> list[tuple[str, str | None]]:
    return [(row.result.state.value, row.result.reason) for row in done.rows]


def emails(url: str) -> list[str]:
    return [contact["email"] for contact in clients(url)[0].get("contacts") or ()]


def shared(url: str) -> list[str | None]:
    return [(client.get("document_sharing") or {}).get("email") for client in clients(url)]


def test_a_further_contact_of_a_client_that_is_there_is_planned_added_counted_and_taken_back(
    url: str, tmp_path: Path
) -> None:
    World(url, tmp_path, rows=PARTNER[:1]).push()
    world = World(url, tmp_path, rows=(PARTNER[0], BEA))
    (entry,) = groups(world.planned())["existing"]
    assert [contact["contact_email"] for contact in entry["contacts"]] == ["bea@albak.be"]
    done = world.push()
    assert (outcomes(done), done.counts["contacts_added"]) == ([("updated", None)] * 2, 1)
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert load_run(ledger, done.id).counts == done.counts
        assert [one.counts["contacts_added"] for one in all_runs(ledger)] == [1, 0]
    assert emails(url) == ["bea@albak.be"]
    assert groups(world.planned())["existing"][0]["contacts"] == []
    again = world.push()
    assert (outcomes(again), again.counts["contacts_added"]) == ([("unchanged", None)] * 2, 0)
    assert outcomes(undone(world, done.id)) == [("undone", None)] * 2
    assert (len(clients(url)), emails(url)) == (1, [])


def test_contacts_of_a_new_client_stand_in_its_plan(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=(PARTNER[0], BEA, PARTNER[1]))
    planned = [[one["contact_email"] for one in entry["contacts"]] for entry in groups(world.planned())["new"]]
    assert planned == [["bea@albak.be"], []]
    assert world.push().counts["contacts_added"] == 1


def test_the_contact_that_the_client_has_as_its_own_is_not_added(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, rows=(BEA,)).push()
    world = World(url, tmp_path, rows=(PARTNER[0], BEA))
    assert groups(world.planned())["existing"][0]["contacts"] == []
    world.push()
    assert emails(url) == []


def test_a_contact_that_somebody_took_away_is_planned_and_added_again(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=(PARTNER[0], BEA))
    client_id = str(world.push().rows[0].result.client_id)
    world.asked(lambda connector: require(connector, TakesContacts).remove_contact(client_id, "bea@albak.be"))
    assert len(groups(world.planned())["existing"][0]["contacts"]) == 1
    assert world.push().counts["contacts_added"] == 1
    assert emails(url) == ["bea@albak.be"]


def test_a_contact_that_was_renamed_since_is_not_taken_away(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=(PARTNER[0], BEA))
    World(url, tmp_path, rows=PARTNER[:1]).push()
    done = world.push()

    def renamed(_path: str, document: Any) -> Any:
        for one in (document, *document.get("clients", ())):
            for contact in one.get("contacts", ()):
                contact["firstName"] = "Beatrijs"
        return document

    with faulty(url, Faults(rewrite=renamed)) as address:
        assert outcomes(undone(world.through(address), done.id)) == [("kept", "undo.contact_kept")] * 2
    assert emails(url) == ["bea@albak.be"]


def test_a_contact_that_cannot_be_removed_is_said_to_stay(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, rows=PARTNER[:1]).push()
    world = World(url, tmp_path, rows=(PARTNER[0], BEA))
    done = world.push()
    with faulty(url, Faults(lie=lambda e: (405, {"detail": "no"}) if e.method == "DELETE" else None)) as address:
        assert outcomes(undone(world.through(address), done.id)) == [("kept", "undo.contact_kept")] * 2


def writing(email: str) -> Any:
    """Return a platform that writes every further contact over this one."""

    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        if exchange.method != "POST" or not exchange.path.endswith("/contacts"):
            return None
        exchange.ask("DELETE", f"{exchange.path}/{email}", None)
        exchange.ask("POST", exchange.path, exchange.body)
        return 200, {"id": 1}

    return lie


@pytest.mark.parametrize("lie", [writing("bea@albak.be"), None])
def test_a_contact_that_takes_the_place_of_another_or_is_not_there_is_in_doubt(
    url: str, tmp_path: Path, lie: Any
) -> None:
    World(url, tmp_path, rows=(PARTNER[0], BEA)).push()
    world = World(url, tmp_path, rows=(PARTNER[0], BEA, CIS))
    lying = lie or (lambda e: (201, {"id": 1}) if e.path.endswith("/contacts") else None)
    with faulty(url, Faults(lie=lying)) as address:
        done = world.through(address).push(invite=False)
        assert outcomes(done) == [("uncertain", "contact.not_as_sent")] * 3
        assert done.exit_code == 5
    with Ledger(ledger_of(tmp_path)) as ledger:
        resolve_row(ledger, done.id, 2, done=True, clock=Clock())


def test_a_platform_that_tells_no_contacts_gets_each_once(url: str, tmp_path: Path) -> None:
    def silent(_path: str, document: Any) -> Any:
        for one in (document, *document.get("clients", ())):
            one.pop("contacts", None)
        return document

    with faulty(url, Faults(rewrite=silent)) as address:
        world = World(address, tmp_path, rows=(PARTNER[0], BEA))
        assert world.push().counts["contacts_added"] == 1
        assert world.push().counts["contacts_added"] == 0
    assert emails(url) == ["bea@albak.be"]


def test_documents_of_clients_that_are_there_are_shared_once_and_unshared_with_the_run(
    url: str, tmp_path: Path
) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:2])
    world.push(options=PushOptions())
    planned = groups(world.planned(), sharing=MINE.sharing)["existing"]
    assert [entry["share_documents"] for entry in planned] == [{"email": "me@office.be", "channel": "Banqup Files"}] * 2
    done = world.push(options=MINE)
    assert (outcomes(done), done.counts["documents_shared"]) == ([("updated", None)] * 2, 2)
    assert shared(url) == ["me@office.be"] * 2
    assert [entry["share_documents"] for entry in groups(world.planned(), sharing=MINE.sharing)["existing"]] == [
        None
    ] * 2
    assert world.push(options=MINE).counts["documents_shared"] == 0
    back = undone(world, done.id)
    assert (outcomes(back), back.counts["documents_shared"]) == ([("undone", None)] * 2, 0)
    assert shared(url) == [None] * 2


def test_documents_shared_with_somebody_else_get_back_to_them(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=PushOptions(share_documents="old@office.be", share_channel="Mail"))
    done = world.push(options=MINE)
    assert shared(url) == ["me@office.be"]
    undone(world, done.id)
    assert shared(url) == ["old@office.be"]


def test_sharing_that_somebody_changed_since_is_left_alone(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=PushOptions())
    done = world.push(options=MINE)
    world.push(options=PushOptions(share_documents="new@office.be", share_channel="Mail"))
    assert outcomes(undone(world, done.id)) == [("kept", "undo.changed_since")]
    assert shared(url) == ["new@office.be"]


def test_a_platform_that_does_not_tell_of_sharing_is_asked_once(url: str, tmp_path: Path) -> None:
    def silent(_path: str, document: Any) -> Any:
        for one in (document, *document.get("clients", ())):
            one.pop("documentSharing", None)
        return document

    with faulty(url, Faults(rewrite=silent)) as address:
        world = World(address, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
        world.push(options=PushOptions())
        assert world.push(options=MINE).counts["documents_shared"] == 1
        before = fetched(url, "requests")["requests"]
        assert world.push(options=MINE).counts["documents_shared"] == 0
        patched = "PATCH /banqup-console-be/partnerstore/v1/spaces/{space}/clients/{id}"
        assert fetched(url, "requests")["requests"][patched] == before[patched] == 1


def test_a_refused_sharing_is_told_and_not_asked_again_until_the_option_changes(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=PushOptions())
    wrong = PushOptions(share_documents="mine", share_channel="Banqup Files")
    for _ in range(2):
        ((state, reason),) = outcomes(world.push(options=wrong))
        assert (state, "documentSharing" in str(reason)) == ("failed", True)
    assert outcomes(world.push(options=MINE)) == [("updated", None)]


@pytest.mark.parametrize("kind", ["before", "after", "half", "status"])
def test_sharing_whose_answer_was_lost_is_done_once(url: str, tmp_path: Path, kind: str) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=PushOptions())
    with faulty(url, Faults(1, kind, writes_only=True)) as address:
        assert world.through(address).push(options=MINE).exit_code == 0
    assert shared(url) == ["me@office.be"]
    assert world.push(options=MINE).counts["documents_shared"] == 0


def test_the_template_that_is_taken_stands_in_the_plan(url: str, tmp_path: Path) -> None:
    rows = ({**PARTNER[0], "configuration_template": None}, {**PARTNER[1], "configuration_template": "Premium"})
    world = World(url, tmp_path, rows=rows)
    planned = groups(world.planned())
    assert [entry["configuration"] for entry in planned["new"]] == [
        {"name": "Standard", "default": True},
        {"name": "Premium", "default": False},
    ]
    world.push()
    assert [client["fields"]["configuration_template"] for client in clients(url)] == ["Standard", "Premium"]
    assert [entry["configuration"] for entry in groups(world.planned())["existing"]] == [None, None]


def test_a_sharing_is_read_as_the_platform_tells_it(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=MINE)
    (remote,) = (entry.remote for entry in world.planned().existing)
    assert remote is not None
    assert remote.sharing == DocumentSharing("me@office.be", "Banqup Files")
    assert re.fullmatch("[0-9a-f-]{36}", remote.client_id)
