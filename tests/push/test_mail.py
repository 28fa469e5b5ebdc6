"""A mail goes to the address that somebody has seen, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import Connector
from clientimport.push.forecast import due_mails
from clientimport.push.invite import InviteRequest, Target, draft_targets, invite, targets_of_file, targets_of_run
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.mail import MailRules
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_history import load_run as remembered
from clientimport.push.run_result import RowState, RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push_world import BILLIT, PARTNER, Row, World, clients, mails

NEW = "an.new@albak.be"
CORRECTED: tuple[Row, ...] = ({**PARTNER[0], "contact_email": NEW}, *PARTNER[1:])
EMAIL = ("contact_email",)


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def receivers(url: str) -> list[str]:
    return sorted(mail["to"] for mail in mails(url))


def states(run: RunResult) -> list[RowState]:
    return [row.result.state for row in run.rows]


def findings(run: RunResult) -> list[str]:
    return [finding.code for row in run.rows for finding in row.result.findings]


def invited(world: World, *, run_id: str = "", drafts: bool = False, **asked: Any) -> RunResult:
    """Send mails as one `invite` command does."""

    async def act(connector: Connector) -> RunResult:
        seen = await take_snapshot(connector)
        with world.ledger() as ledger:
            journal = world.journal(ledger, seen.account.id)
            targets = _targets(world, seen, journal, run_id, drafts=drafts)
            request = InviteRequest(world.connection(), **asked)
            return await invite(targets, connector, journal, request)

    return world.asked(act)


def _targets(world: World, seen: Any, journal: AccountLedger, run_id: str, *, drafts: bool) -> tuple[Target, ...]:
    if run_id:
        return targets_of_run(remembered(journal.home_ledger, run_id), seen.clients, journal)
    if drafts:
        return draft_targets(seen.clients, journal)
    plan = world.plan(seen)
    return targets_of_file((*plan.new, *plan.existing))


def test_a_corrected_address_holds_the_mail_and_both_are_named(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    run = World(url, tmp_path, rows=CORRECTED).push(invite=True)
    assert states(run) == [RowState.HELD, RowState.INVITED, RowState.INVITED]
    assert (run.exit_code, run.counts["held"], run.counts["invited"]) == (1, 1, 2)
    (found,) = run.rows[0].result.findings
    assert (found.code, found.facts) == ("mail.other_address", {"ours": NEW, "theirs": "an@albak.be"})
    assert receivers(url) == ["bo@bobak.be", "ces@cebak.be"]
    assert states(World(url, tmp_path, rows=CORRECTED).push(invite=True))[0] is RowState.HELD


def test_an_update_comes_first_and_then_the_mail_goes_to_the_new_address(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    run = World(url, tmp_path, rows=CORRECTED).push(invite=True, update=EMAIL)
    assert (states(run), run.exit_code) == ([RowState.INVITED] * 3, 0)
    assert receivers(url) == [NEW, "bo@bobak.be", "ces@cebak.be"]
    assert run.rows[0].email == NEW


def test_where_the_new_address_is_refused_nobody_is_mailed(tmp_path: Path) -> None:
    with running() as url, faulty(url, Faults(1, "refusal", writes_only=True)) as address:
        World(url, tmp_path).push()
        rules = MailRules(as_on_platform=True)
        run = World(address, tmp_path, rows=CORRECTED).push(invite=True, update=EMAIL, mail_rules=rules)
        assert states(run)[0] is RowState.HELD
        assert (run.rows[0].result.reason, run.exit_code) == ("odd", 1)
        assert receivers(url) == ["bo@bobak.be", "ces@cebak.be"]


def test_the_platforms_address_gets_it_where_somebody_says_so(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    run = World(url, tmp_path, rows=CORRECTED).push(invite=True, mail_rules=MailRules(as_on_platform=True))
    assert (states(run), run.rows[0].email) == ([RowState.INVITED] * 3, "an@albak.be")
    assert receivers(url) == ["an@albak.be", "bo@bobak.be", "ces@cebak.be"]


def test_capital_letters_are_no_other_address(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    rows = ({**PARTNER[0], "contact_email": "An@albak.be"},)
    assert states(World(url, tmp_path, rows=rows).push(invite=True)) == [RowState.INVITED]


def test_a_client_that_came_in_between_is_held_as_one_that_was_there(url: str, tmp_path: Path) -> None:
    plan = World(url, tmp_path, rows=CORRECTED[:1]).planned()
    (tmp_path / "other").mkdir()
    World(url, tmp_path / "other", rows=PARTNER[:1]).push()
    run = World(url, tmp_path, rows=CORRECTED[:1]).push(plan=plan, invite=True)
    assert states(run) == [RowState.HELD]
    assert receivers(url) == []


def test_a_mail_that_a_killed_run_did_not_send_is_held_when_the_address_was_corrected(tmp_path: Path) -> None:
    faults = Faults(2, "before", writes_only=True, from_then_on=True)
    with running() as url:
        with faulty(url, faults) as address:
            World(address, tmp_path, rows=PARTNER[:1]).push(invite=True)
        assert (len(clients(url)), receivers(url)) == (1, [])
        run = World(url, tmp_path, rows=CORRECTED[:1]).push(invite=True)
        assert (states(run), receivers(url)) == ([RowState.HELD], [])


def test_an_address_corrected_after_its_mail_is_named_until_it_is_mailed_again(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push(invite=True)
    world = World(url, tmp_path, rows=CORRECTED)
    contrary = world.push(invite=True)
    assert (states(contrary)[0], findings(contrary), contrary.exit_code) == (RowState.HELD, ["mail.corrected"], 1)
    updated = world.push(invite=True, update=EMAIL)
    assert (states(updated)[0], findings(updated), updated.exit_code) == (RowState.UPDATED, ["mail.corrected"], 0)
    assert updated.rows[0].result.findings[0].facts == {"mailed": "an@albak.be", "now": NEW}
    for later in (world.push(invite=True), world.push(invite=True, update=EMAIL), invited(world)):
        assert (states(later)[0], findings(later)) == (RowState.UNCHANGED, ["mail.corrected"])
    assert len(mails(url)) == 3
    assert invited(World(url, tmp_path, rows=CORRECTED[:1]), resend=True).counts["invited"] == 1
    assert receivers(url) == sorted([NEW, "an@albak.be", "bo@bobak.be", "ces@cebak.be"])
    assert findings(world.push(invite=True)) == []


def test_an_update_without_invite_names_it_too(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push(invite=True)
    run = World(url, tmp_path, rows=CORRECTED).push(update=EMAIL)
    assert (states(run)[0], findings(run)) == (RowState.UPDATED, ["mail.corrected"])


@pytest.mark.parametrize("whom", ["file", "run", "drafts"])
def test_a_round_of_invitations_holds_it_as_a_push_does(url: str, tmp_path: Path, whom: str) -> None:
    first = World(url, tmp_path).push()
    world = World(url, tmp_path, rows=CORRECTED)
    world.push()
    asked: dict[str, Any] = {"run_id": first.id} if whom == "run" else {"drafts": whom == "drafts"}
    run = invited(world, **asked)
    assert (run.counts["held"], run.counts["invited"], run.exit_code) == (1, 2, 1)
    assert "an@albak.be" not in receivers(url)
    again = invited(world, **asked, mail_rules=MailRules(as_on_platform=True))
    assert (again.counts["invited"], "an@albak.be" in receivers(url)) == (1, True)


def test_a_second_mail_is_held_as_the_first(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push(invite=True)
    run = invited(World(url, tmp_path, rows=CORRECTED), resend=True)
    assert (run.counts["held"], run.counts["invited"]) == (1, 2)
    assert receivers(url).count("an@albak.be") == 1


@pytest.mark.parametrize("address", ["noreply@albak.be", "an@albak.bee", "an@albak.test", "an@albak.example"])
def test_a_receiver_that_nobody_is_behind_is_held_unless_somebody_says_so(
    url: str, tmp_path: Path, address: str
) -> None:
    world = World(url, tmp_path, rows=({**PARTNER[0], "contact_email": address}, PARTNER[1]))
    run = world.push(invite=True, max_invitations=1)
    assert (states(run), run.exit_code) == ([RowState.HELD, RowState.INVITED], 1)
    assert (run.counts["created"], run.counts["held"], receivers(url)) == (2, 1, ["bo@bobak.be"])
    assert states(invited(world)) == [RowState.HELD, RowState.UNCHANGED]
    assert states(invited(world, mail_rules=MailRules(anyway=True))) == [RowState.INVITED, RowState.UNCHANGED]
    assert address in receivers(url)


def test_the_built_in_sandbox_mails_reserved_domains_and_no_placeholders(url: str, tmp_path: Path) -> None:
    addresses = ("an@albak.example", "noreply@bobak.example", "an@cebak.bee")
    rows = tuple({**row, "contact_email": one} for row, one in zip(PARTNER, addresses, strict=True))
    run = World(url, tmp_path, rows=rows).push(invite=True, mail_rules=MailRules(delivers_nothing=True))
    assert states(run) == [RowState.INVITED, RowState.HELD, RowState.HELD]


def test_where_creating_mails_the_client_is_not_created_until_somebody_says_so(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "billit", ({**BILLIT[0], "contact_email": "geen@geen.be"}, BILLIT[1]))
    run = world.push(invite=True, max_invitations=1)
    assert (states(run), run.counts["created"], run.exit_code) == ([RowState.HELD, RowState.INVITED], 1, 1)
    assert [client["fields"]["contact_email"] for client in clients(url)] == ["bo@bobak.be"]
    assert states(world.push(invite=True, mail_rules=MailRules(anyway=True))) == [RowState.INVITED, RowState.UNCHANGED]


def test_held_mails_count_for_no_limit_and_no_wave(url: str, tmp_path: Path) -> None:
    rows = ({**PARTNER[0], "contact_email": "noreply@albak.be"}, *PARTNER[1:])
    world = World(url, tmp_path, rows=rows)
    runs = [world.push(invite=True, invite_limit=1, max_invitations=1, in_flight=3) for _ in range(2)]
    assert [(run.counts["invited"], run.counts["held"], run.invitations_waiting) for run in runs] == [
        (1, 1, 1),
        (1, 1, 0),
    ]
    assert receivers(url) == ["bo@bobak.be", "ces@cebak.be"]


def test_a_wave_reaches_those_that_were_shown(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    run = world.push(invite=True, invite_limit=2, in_flight=3)
    assert (receivers(url), run.invitations_waiting) == (["an@albak.be", "bo@bobak.be"], 1)


def test_the_mails_of_a_plan_say_to_whom_and_in_which_language(url: str, tmp_path: Path) -> None:
    from clientimport.push.push_request import PushRequest

    world = World(url, tmp_path)
    with Ledger(ledger_of(tmp_path)) as ledger:
        plan = world.planned()
        due = due_mails(plan, world.journal(ledger, plan.account.id), PushRequest(world.connection(), invite=True))
    assert [(mail.row, mail.name, mail.contact, mail.email, mail.language) for mail in due] == [
        (2, "Albak", "An Peeters", "an@albak.be", "nl-BE"),
        (3, "Bobak", "Bo Peeters", "bo@bobak.be", "nl-BE"),
        (4, "Cebak", "Ces Peeters", "ces@cebak.be", "nl-BE"),
    ]


def test_every_row_of_the_record_has_its_client_and_address(url: str, tmp_path: Path) -> None:
    told = World(url, tmp_path).push(invite=True)
    with Ledger(ledger_of(tmp_path)) as ledger:
        kept = remembered(ledger, told.id)
    assert kept.rows == told.rows
    assert [(row.name, row.email) for row in kept.rows] == [
        ("Albak", "an@albak.be"),
        ("Bobak", "bo@bobak.be"),
        ("Cebak", "ces@cebak.be"),
    ]
    assert all(row.reached_at for row in kept.rows)


def test_names_stand_in_the_record_before_the_first_request_leaves(tmp_path: Path) -> None:
    with running() as url, faulty(url, Faults(1, "before", writes_only=True, from_then_on=True)) as address:
        run = World(address, tmp_path).push(invite=True)
        with Ledger(ledger_of(tmp_path)) as ledger:
            assert {row.name for row in remembered(ledger, run.id).rows} == {"Albak", "Bobak", "Cebak"}
