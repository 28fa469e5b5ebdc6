"""What becomes of every row of a push, on the embedded platform over real HTTP."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.connectors.protocol import Connector, Deletes, Updates, require
from clientimport.errors import PlatformUnreachable, UsageError
from clientimport.model.clock import Clock
from clientimport.model.remote import PushOptions
from clientimport.push.invitations import InvitationLimit
from clientimport.push.invite import InviteRequest, Target, draft_targets, invite, targets_of_file, targets_of_run
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_history import all_runs, load_run, load_run_record, resolve_row
from clientimport.push.run_result import RowState, RunResult, exit_code
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push_world import ACCOUNTON, CONSOLE_LU, PARTNER, ROWS, Row, World, clients, mails


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def states(done: RunResult) -> list[tuple[int | None, str]]:
    return [(row.row, row.result.state.value) for row in done.rows]


def reasons(done: RunResult) -> list[str]:
    return [row.result.reason or "" for row in done.rows if row.result.reason]


def set_status(url: str, client_id: str, status: str) -> None:
    body = json.dumps({"status": status}).encode()
    request = urllib.request.Request(f"{url}/_sandbox/clients/{client_id}/status", body, method="POST")
    request.add_header("Content-Type", "application/json")
    urllib.request.urlopen(request).close()


def round_of(world: World, request: InviteRequest, *, run_id: str = "", drafts: bool = False) -> RunResult:
    """Send mails as one `invite` command does."""

    async def act(connector: Connector) -> RunResult:
        seen = await take_snapshot(connector)
        with world.ledger() as ledger:
            targets: tuple[Target, ...]
            journal = world.journal(ledger, seen.account.id)
            if run_id:
                targets = targets_of_run(load_run(ledger, run_id), seen.clients, journal)
            elif drafts:
                targets = draft_targets(seen.clients, journal)
            else:
                plan = world.plan(seen)
                targets = targets_of_file((*plan.new, *plan.existing))
            return await invite(targets, connector, journal, request)

    return world.asked(act)


def test_everything_the_file_says_arrives_field_by_field(url: str, tmp_path: Path) -> None:
    for platform in ("banqup-partner", "banqup-console-be", "banqup-console-lu", "accounton"):
        world = World(url, tmp_path, platform)
        assert world.push(in_flight=3).exit_code == 0
        there = [client["fields"] for client in clients(url) if client["platform"] == platform]
        wanted = [dict(client.fields) for client in world.validation().clients]
        assert sorted(there, key=str) == sorted(wanted, key=str)


def test_results_stand_in_the_order_of_the_file_however_they_come_in(url: str, tmp_path: Path) -> None:
    done = World(url, tmp_path).push(in_flight=3)
    assert [row.row for row in done.rows] == [2, 3, 4]


def test_a_refused_row_does_not_stop_the_others_and_is_sent_again_when_mended(tmp_path: Path, url: str) -> None:
    rows = tuple({**row, "rcs_number": "B999991"} if at == 1 else row for at, row in enumerate(CONSOLE_LU))
    done = World(url, tmp_path, "banqup-console-lu", rows).push(invite=True)
    assert states(done) == [(2, "invited"), (3, "refused"), (4, "invited")]
    assert "trn - est invalide" in reasons(done)[0]
    assert done.exit_code == 1
    mended = World(url, tmp_path, "banqup-console-lu").push(invite=True)
    assert states(mended) == [(2, "unchanged"), (3, "invited"), (4, "unchanged")]
    assert mended.exit_code == 0


def test_rows_with_errors_stay_behind_and_with_all_or_nothing_everybody_does(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=(PARTNER[0], {**PARTNER[1], "contact_email": "nonsense"}))
    held = world.push(all_or_nothing=True, invite=True)
    assert states(held) == [(2, "pending"), (3, "invalid")]
    assert (held.exit_code, clients(url)) == (1, [])
    assert states(world.push()) == [(2, "created"), (3, "invalid")]


def test_rows_of_one_client_share_what_became_of_it_and_further_contacts_are_added(url: str, tmp_path: Path) -> None:
    second = {**PARTNER[0], "contact_email": "bea@albak.be", "contact_first_name": "Bea"}
    world = World(url, tmp_path, rows=(PARTNER[0], PARTNER[1], second))
    done = world.push(invite=True)
    assert states(done) == [(2, "invited"), (3, "invited"), (4, "invited")]
    assert (done.counts["created"], done.counts["invited"]) == (2, 2)
    contacts = [client.get("contacts") for client in clients(url)]
    assert [[one["email"] for one in each or ()] for each in contacts] == [["bea@albak.be"], []]
    assert world.push(invite=True).counts["unchanged"] == 3


@pytest.mark.parametrize("kind", ["before", "after"])
@pytest.mark.parametrize("at", range(1, 5))
def test_a_contact_whose_answer_was_lost_is_there_once(tmp_path: Path, kind: str, at: int) -> None:
    second = {**PARTNER[0], "contact_email": "bea@albak.be", "contact_first_name": "Bea"}
    third = {**PARTNER[0], "contact_email": "cis@albak.be", "contact_first_name": "Cis"}
    faults = Faults(at, kind, from_then_on=True, writes_only=True)
    with running(SandboxOptions(idempotency=False)) as url, faulty(url, faults) as address:
        world = World(address, tmp_path, rows=(PARTNER[0], second, third))
        assert world.push(invite=True).exit_code == 3
        world.through(url).push(invite=True)
        (client,) = clients(url)
        assert [one["email"] for one in client["contacts"]] == ["bea@albak.be", "cis@albak.be"]
        assert len(mails(url)) == 1


def test_a_client_somebody_else_made_is_not_created_and_only_a_draft_gets_its_mail(url: str, tmp_path: Path) -> None:
    World(url, tmp_path / "other").push()
    set_status(url, clients(url)[0]["id"], "active")
    done = World(url, tmp_path / "mine").push(invite=True)
    assert states(done) == [(2, "unchanged"), (3, "invited"), (4, "invited")]


def test_a_weak_match_is_not_invited_unless_we_created_it_ourselves(url: str, tmp_path: Path) -> None:
    nameless: tuple[Row, ...] = tuple({**row, "national_register_number": None} for row in ACCOUNTON)
    mine = World(url, tmp_path / "mine", "accounton", nameless)
    mine.push()
    assert World(url, tmp_path / "other", "accounton", nameless).push(invite=True).counts["invited"] == 0
    assert mine.push(invite=True).counts["invited"] == 3


def test_what_was_deleted_on_the_platform_is_created_again_when_asked_again(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    first = world.push()
    gone = str(first.rows[0].result.client_id)
    world.asked(lambda connector: require(connector, Deletes).delete(gone))
    again = world.push()
    assert states(again) == [(2, "created"), (3, "unchanged"), (4, "unchanged")]


def test_an_old_plan_does_not_create_what_another_push_has_created_since(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    plan = world.planned()
    world.push()
    assert world.push(plan=plan).counts["unchanged"] == 3
    World(url, tmp_path / "other").push(plan=plan)  # its keys are the same: it gets the same answers
    assert len(clients(url)) == 3


@pytest.mark.parametrize("platform", ["banqup-partner", "accounton"])
def test_another_home_with_other_data_for_the_same_client_finds_it_there(
    url: str, tmp_path: Path, platform: str
) -> None:
    first, changed = ROWS[platform][:1], ({**ROWS[platform][0], "contact_last_name": "Janssens"},)
    late = World(url, tmp_path / "late", platform, changed)
    plan = late.planned()
    World(url, tmp_path / "early", platform, first).push()
    assert states(late.push(plan=plan)) == [(2, "unchanged")]
    assert len(clients(url)) == 1


def test_more_mails_than_allowed_stop_everything_before_it_starts(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too_many"):
        World(url, tmp_path).push(invite=True, max_invitations=2)
    assert clients(url) == []
    assert World(url, tmp_path).push(invite=True, max_invitations=3).counts["invited"] == 3


def test_documents_are_shared_where_that_was_asked(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "banqup-console-be")
    with pytest.raises(UsageError, match="sharing_incomplete"):
        world.push(options=PushOptions(share_documents="me@office.example"))
    world.push(options=PushOptions(share_documents="me@office.example", share_channel="Banqup Files"))
    assert clients(url)[0]["document_sharing"]["channel"] == "Banqup Files"


def test_a_push_that_is_interrupted_says_so_and_goes_on(url: str, tmp_path: Path) -> None:
    stop = asyncio.Event()
    stop.set()
    world = World(url, tmp_path)
    stopped = world.push(stop=stop)
    assert (stopped.exit_code, stopped.counts["pending"]) == (130, 3)
    assert world.push().counts["created"] == 3


def test_those_who_are_active_already_get_no_mail_again(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    first = world.push()
    set_status(url, str(first.rows[0].result.client_id), "active")
    done = round_of(world, InviteRequest(world.connection(), resend=True), run_id=first.id)
    assert states(done) == [(2, "unchanged"), (3, "invited"), (4, "invited")]


def test_a_client_that_is_not_there_cannot_be_invited(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    done = round_of(world, InviteRequest(world.connection()))
    assert {row.result.reason for row in done.rows} == {"client.not_on_platform"}
    assert done.exit_code == 1


def test_every_draft_a_run_or_a_file_is_invited_once_and_again_only_with_resend(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    first = world.push()
    request = InviteRequest(world.connection())
    assert round_of(world, request, run_id=first.id).counts["invited"] == 3
    assert round_of(world, request).counts["unchanged"] == 3
    assert round_of(world, request, drafts=True).rows == ()
    again = round_of(world, InviteRequest(world.connection(), resend=True))
    assert (again.counts["invited"], len(mails(url))) == (3, 6)


def test_a_mail_sent_again_on_purpose_is_sent_once_more_when_its_answer_is_lost(tmp_path: Path) -> None:
    faults = Faults(1, "after", writes_only=True)
    with running(SandboxOptions(idempotency=False)) as url, faulty(url, faults) as address:
        World(url, tmp_path).push(invite=True)
        world = World(address, tmp_path)
        request = InviteRequest(world.connection(), resend=True)
        assert round_of(world, request).counts["invited"] == 3
        assert len(mails(url)) == 6


def test_an_uncertain_row_waits_for_a_persons_word(tmp_path: Path) -> None:
    """Two of the same stand on the platform after a lost answer: nobody can say which is ours."""
    rows = (PARTNER[0],)
    with running(SandboxOptions(idempotency=False, allow_duplicates=True)) as url:
        other = World(url, tmp_path / "other", rows=rows)
        plan = other.planned()
        other.push()
        with faulty(url, Faults(1, "after", writes_only=True)) as address:
            world = World(address, tmp_path / "mine", rows=rows)
            doubt = world.push(plan=plan)
            assert (states(doubt), doubt.exit_code) == ([(2, "uncertain")], 5)
            again = world.push(plan=plan)
            assert (states(again), len(clients(url))) == ([(2, "uncertain")], 2)
            anew = world.push(invite=True)
            assert (states(anew), anew.exit_code, mails(url)) == ([(2, "uncertain")], 5, [])
        with Ledger(ledger_of(tmp_path / "mine")) as ledger:
            settled = resolve_row(ledger, anew.id, 2, done=True, clock=world.clock)
            assert states(settled) == [(2, "created")]
            assert {one.id for one in all_runs(ledger)} == {doubt.id, again.id, anew.id}
            with pytest.raises(UsageError, match="nothing_to_resolve"):
                resolve_row(ledger, anew.id, 2, done=True, clock=world.clock)
            with pytest.raises(UsageError, match="unknown"):
                load_run_record(ledger, "nonsense")
        assert states(world.through(url).push(plan=plan)) == [(2, "unchanged")]
        assert states(world.through(url).push()) == [(2, "unchanged")]


@pytest.mark.parametrize("in_flight", [1, 4])
def test_clients_that_share_a_reference_are_told_apart_by_their_number(
    url: str, tmp_path: Path, in_flight: int
) -> None:
    rows = tuple({**row, "external_reference": "K1"} for row in PARTNER[:2])
    together = World(url, tmp_path / "together", rows=rows)
    assert together.push(in_flight=in_flight).counts["created"] == 2
    assert together.push(in_flight=in_flight).counts["unchanged"] == 2
    assert len(clients(url)) == 2


@pytest.mark.parametrize("in_flight", [1, 4])
def test_clients_that_share_a_reference_are_told_apart_in_a_later_run(url: str, tmp_path: Path, in_flight: int) -> None:
    rows = tuple({**row, "external_reference": "K1"} for row in PARTNER[:2])
    assert World(url, tmp_path, rows=rows[:1]).push(in_flight=in_flight).counts["created"] == 1
    assert states(World(url, tmp_path, rows=rows[1:]).push(in_flight=in_flight)) == [(2, "created")]
    assert len(clients(url)) == 2


def test_a_client_that_became_another_one_on_the_platform_is_not_ours_any_more(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=PARTNER[:1])
    plan = world.planned()
    client_id = str(world.push(plan=plan).rows[0].result.client_id)
    world.asked(lambda connector: require(connector, Updates).update(client_id, {"company_number": "0419618535"}))
    assert states(world.push(plan=plan)) == [(2, "created")]


def test_no_second_mail_goes_to_a_client_found_after_a_lost_answer(tmp_path: Path) -> None:
    with running(SandboxOptions(idempotency=False)) as url:
        with faulty(url, Faults(1, "after", from_then_on=True, writes_only=True)) as address:
            world = World(address, tmp_path, rows=PARTNER[:1])
            plan = world.planned()
            assert world.push(plan=plan).exit_code == 3
        set_status(url, clients(url)[0]["id"], "invited")  # a colleague did so on the platform
        assert states(world.through(url).push(plan=plan, invite=True)) == [(2, "created")]
        done = world.through(url).push(invite=True, max_invitations=0)
        assert (states(done), mails(url)) == ([(2, "unchanged")], [])


def test_the_fuse_holds_for_a_client_found_after_a_lost_answer(tmp_path: Path) -> None:
    with running(SandboxOptions(idempotency=False)) as url:
        with faulty(url, Faults(1, "after", from_then_on=True, writes_only=True)) as address:
            world = World(address, tmp_path, rows=PARTNER[:1])
            assert world.push().exit_code == 3
        again = world.through(url)
        set_status(url, clients(url)[0]["id"], "invited")
        done = again.push(invite=True, max_invitations=0)
        assert (states(done), mails(url)) == ([(2, "created")], [])


def test_a_fuse_lets_through_what_was_counted_and_no_more() -> None:
    fuse = InvitationLimit(1)
    fuse.count_mail()
    with pytest.raises(UsageError, match="too_many"):
        fuse.count_mail()


def test_a_word_about_one_row_settles_every_row_of_its_client(tmp_path: Path) -> None:
    second = {**PARTNER[0], "contact_email": "bea@albak.be", "contact_first_name": "Bea"}
    rows = (PARTNER[0], second)
    with running(SandboxOptions(idempotency=False, allow_duplicates=True)) as url:
        world = World(url, tmp_path / "mine", rows=rows)
        plan = world.planned()
        World(url, tmp_path / "other", rows=rows[:1]).push()
        with faulty(url, Faults(1, "after", writes_only=True)) as address:
            doubt = world.through(address).push(plan=plan)
        assert states(doubt) == [(2, "uncertain"), (3, "uncertain")]
        with Ledger(ledger_of(tmp_path / "mine")) as ledger:
            settled = resolve_row(ledger, doubt.id, 3, done=True, clock=world.clock)
        assert (states(settled), settled.exit_code) == ([(2, "created"), (3, "created")], 0)
        assert settled.counts["created"] == 1
        twin = clients(url)[0]["id"]
        world.asked(lambda connector: require(connector, Deletes).delete(twin))
        assert states(world.push(invite=True)) == [(2, "invited"), (3, "invited")]
        assert [one["email"] for one in clients(url)[0]["contacts"]] == ["bea@albak.be"]


def test_an_uncertain_mail_without_a_row_is_settled_by_the_clients_id(tmp_path: Path) -> None:
    with running(SandboxOptions(idempotency=False)) as url:
        world = World(url, tmp_path, rows=PARTNER[:1])
        client_id = str(world.push().rows[0].result.client_id)

        def gone() -> None:
            world.asked(lambda connector: require(connector, Deletes).delete(client_id))

        with faulty(url, Faults(1, "before", writes_only=True, act=gone)) as address:
            blind = world.through(address)
            doubt = round_of(blind, InviteRequest(blind.connection()), drafts=True)
        assert (states(doubt), doubt.exit_code) == ([(None, "uncertain")], 5)
        with Ledger(ledger_of(tmp_path)) as ledger:
            settled = resolve_row(ledger, doubt.id, client_id, done=True, clock=world.clock)
        assert (states(settled), settled.exit_code) == ([(None, "invited")], 0)


def test_the_run_is_remembered_as_it_was_told(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    done = world.push(invite=True)
    with Ledger(ledger_of(tmp_path)) as ledger:
        kept = load_run(ledger, done.id)
        assert (kept.rows, kept.counts, kept.ended) == (done.rows, done.counts, done.ended)
        assert json.loads(load_run_record(ledger, done.id).options)["invite"] is True


@pytest.mark.parametrize(
    ("met", "stopped", "interrupted", "code"),
    [
        ([RowState.CREATED, RowState.UNCHANGED], None, False, 0),
        ([RowState.CREATED, RowState.REFUSED], None, False, 1),
        ([RowState.INVALID], None, False, 1),
        ([RowState.UNCERTAIN, RowState.REFUSED], None, False, 5),
        ([RowState.PENDING, RowState.UNCERTAIN], PlatformUnreachable("timeout"), False, 3),
        ([RowState.PENDING], None, True, 130),
        ([RowState.CREATED], None, True, 0),
    ],
)
def test_the_exit_code_says_what_to_do_next(
    met: list[RowState], stopped: PlatformUnreachable | None, interrupted: bool, code: int
) -> None:
    assert exit_code(met, stopped, interrupted=interrupted) == code


def test_the_clock_of_records_is_utc() -> None:
    assert Clock().timestamp().endswith("+00:00")
