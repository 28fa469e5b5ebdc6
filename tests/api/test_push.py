"""Plan, push and undo: nothing is sent without a confirmation, and the ledger is that of the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pandas as pd
import pytest

import clientimport as ci
from command_line import clientimport

PARTNER = "banqup-partner"


@pytest.fixture
def clients() -> ci.Clients:
    """Return the clients of the example file, with every column decided."""
    return ci.read("clients.xlsx", platform=PARTNER).map({"Sjabloon": "configuration_template"})


def on_platform(account: ci.PlatformAccount, clients: ci.Clients) -> int:
    """Return how many clients the platform has."""
    groups = clients.plan(account).groups
    return len(groups["existing"]) + len(groups["only_on_platform"])


def test_a_push_sends_what_was_planned_and_never_twice(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    assert on_platform(office, clients) == 0
    first, second = (plan.push(confirm=plan.digest) for _ in range(2))
    assert (first.counts["created"], second.counts["created"], second.counts["unchanged"]) == (8, 0, 9)
    assert first.counts["invited"] == second.counts["invited"] == 0
    assert on_platform(office, clients) == 8


@pytest.mark.parametrize("confirm", ["", "yes", True, None, "0" * 64])
def test_nothing_is_sent_without_the_digest_of_this_plan(
    clients: ci.Clients, office: ci.PlatformAccount, confirm: object
) -> None:
    plan = clients.plan(office)
    with pytest.raises(ci.UsageError) as refused:
        plan.push(confirm=confirm)  # type: ignore[arg-type]
    assert refused.value.code == "plan.not_confirmed"
    with pytest.raises(TypeError):
        plan.push()  # type: ignore[call-arg]
    with pytest.raises(ci.UsageError):
        asyncio.run(plan.apush(confirm=confirm))  # type: ignore[arg-type]
    assert on_platform(office, clients) == 0
    assert len(ci.runs()) == 0


def test_the_digest_of_another_plan_confirms_nothing(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    other = clients.plan(office, only=["4"])
    with pytest.raises(ci.UsageError, match=r"confirm=plan\.digest"):
        clients.plan(office).push(confirm=other.digest)


def test_a_proposal_is_planned_with_and_not_pushed(office: ci.PlatformAccount) -> None:
    plan = ci.read("clients.xlsx", platform=PARTNER).plan(office)
    with pytest.raises(ci.ColumnsMissing, match=r"\.map\(\{'Sjabloon': 'configuration_template'\}\)"):
        plan.push(confirm=plan.digest)
    accepted = ci.read("clients.xlsx", platform=PARTNER, accept_proposals=True).plan(office)
    assert accepted.push(confirm=accepted.digest).counts["created"] == 8


def test_a_required_field_without_a_column_says_in_python_what_to_do(office: ci.PlatformAccount) -> None:
    frame = pd.DataFrame({"Naam": ["Bakkerij Peeters BV"], "Land": ["BE"]})
    clients = ci.read(frame, platform=PARTNER)
    assert not clients.validate().ok
    with pytest.raises(ci.ColumnsMissing, match=r"\.map\(") as refused:
        clients.plan(office)
    assert "--" not in str(refused.value)
    with pytest.raises(ci.ColumnsMissing):
        clients.fix()


def test_a_list_of_another_platform_is_not_planned(office: ci.PlatformAccount) -> None:
    with pytest.raises(ci.UsageError, match="banqup-partner"):
        ci.read("crm.xlsx", platform="billit").plan(office)
    with pytest.raises(ci.UsageError, match=r"connect\(\)"):
        ci.read("crm.xlsx", platform=PARTNER).plan("office")  # type: ignore[arg-type]


def test_the_mails_of_a_preview_are_those_of_the_push(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    preview = plan.preview(invite=True, invite_limit=3)
    assert len(preview.mails) == 3
    assert on_platform(office, clients) == 0
    with pytest.raises(ci.UsageError) as refused:
        plan.push(confirm=plan.digest, invite=True, max_invitations=2)
    assert refused.value.code == "invite.too_many"
    run = plan.push(confirm=plan.digest, invite=True, invite_limit=3)
    assert (run.counts["invited"], run.counts["created"]) == (3, 8)
    assert run.rows.query("state == 'invited'")["row"].tolist() == preview.mails["row"].tolist()


def test_a_plan_that_was_saved_is_pushed_by_both(clients: ci.Clients, office: ci.PlatformAccount, folder: Path) -> None:
    plan = clients.plan(office)
    plan.save("plan.json")
    with pytest.raises(ci.FileUnreadable, match="force=True"):
        plan.save("plan.json")
    kept = ci.load_plan("plan.json", office)
    assert kept.digest == plan.digest
    assert kept.push(confirm=plan.digest).counts["created"] == 8
    answer = clientimport("push", "plan.json", "-c", "sandbox", "-p", PARTNER, "--yes", "--json")
    assert answer.json["counts"]["unchanged"] == 9
    (folder / "clients.xlsx").write_bytes((folder / "crm.xlsx").read_bytes())
    with pytest.raises(ci.UsageError) as refused:
        ci.load_plan("plan.json", office)
    assert refused.value.code == "plan.source_changed"


def test_commands_and_functions_see_the_same_runs(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    run = plan.push(confirm=plan.digest)
    listed = clientimport("runs", "show", run.id, "--json").json
    assert listed["counts"] == run.counts
    assert [row["state"] for row in listed["rows"]] == run.rows["state"].tolist()
    resumed = clientimport("runs", "resume", run.id, "--yes", "--json").json
    assert resumed["counts"]["created"] == 0
    assert ci.runs().last.id != run.id
    assert {each.id for each in ci.runs()} >= {run.id}
    assert ci.runs().get(run.id).counts == run.counts


def test_every_state_is_counted_also_where_there_are_none(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    run = plan.push(confirm=plan.digest)
    states = {"refused", "failed", "pending", "uncertain", "invitation_failed", "skipped", "undone", "kept", "updated"}
    assert states <= {state for state, number in run.counts.items() if number == 0}
    valid = ci.read(clients.fix().frame.head(2), platform=PARTNER).map(accept_proposals=True).plan(office)
    again = valid.push(confirm=valid.digest)
    assert (again.counts["invalid"], again.counts["undone"], again.counts["unchanged"]) == (0, 0, 2)


def test_an_undo_is_confirmed_and_finds_the_account_again(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    run = plan.push(confirm=plan.digest)
    office.close()
    with pytest.raises(ci.UsageError, match=r"undo\(confirm=True\)"):
        run.undo(confirm="yes")  # type: ignore[arg-type]
    undone = ci.runs().get(run.id).undo(confirm=True)
    assert undone.counts["undone"] == 9
    with ci.sandbox(PARTNER) as again:
        assert on_platform(again, clients) == 0


def test_fields_are_overwritten_only_when_they_are_named(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    plan.push(confirm=plan.digest)
    frame = clients.fix().frame
    frame.loc[4, "contact_email"] = "nieuw@bakkerijpeeters.be"
    changed = ci.read(frame, platform=PARTNER, columns={name: name for name in frame.columns}).plan(office)
    assert str(changed.frame.set_index("row").loc[4, "differences"]).startswith("contact_email: an.peeters@")
    assert changed.push(confirm=changed.digest).counts["updated"] == 0
    assert changed.push(confirm=changed.digest, update="contact_email").counts["updated"] == 1
    with pytest.raises(ci.UsageError, match="contact_email"):
        changed.push(confirm=changed.digest, update="contact_emial")


def test_what_was_refused_is_raised_when_asked_for(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    run = plan.push(confirm=plan.digest)
    assert run.exit_code == 1
    with pytest.raises(ci.RunFailed, match="3 invalid") as failed:
        run.raise_for_errors()
    assert failed.value.run is run
    valid = clients.plan(office, skip=["13-15"])
    valid.push(confirm=valid.digest).raise_for_errors()


def test_a_platform_that_is_not_there_is_an_exception_with_its_code(clients: ci.Clients, folder: Path) -> None:
    clientimport(
        *("connections", "add", "office", "-p", PARTNER),
        *("--base-url", "http://127.0.0.1:9/banqup-partner", "--client-id", "1", "--no-input"),
    )
    with pytest.raises(ci.PlatformUnreachable) as refused:
        clients.plan(ci.connect("office", secret="x"))
    assert refused.value.exit_code == 3
    assert str(refused.value).endswith(".")
    with pytest.raises(ci.SettingsUnusable, match="office"):
        ci.connect("offise")


def test_all_of_it_works_where_a_loop_runs_and_the_twins_do_not_block_it(
    clients: ci.Clients, office: ci.PlatformAccount
) -> None:
    async def in_a_loop() -> tuple[ci.Run, ci.Run, int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0)

        plan = clients.plan(office, only="4")
        waited = plan.push(confirm=plan.digest, only="4")
        ticking = asyncio.create_task(tick())
        twin = await clients.aplan(office)
        run = await twin.apush(confirm=twin.digest)
        ticking.cancel()
        return waited, run, ticks

    waited, run, ticks = asyncio.run(in_a_loop())
    assert (waited.counts["created"], run.counts["created"]) == (1, 7)
    assert ticks > 5


def test_a_preview_and_an_undo_do_not_block_a_loop_either(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    async def in_a_loop() -> tuple[ci.Preview, ci.Run]:
        plan = await clients.aplan(office)
        preview = await plan.apreview(invite=True)
        run = await plan.apush(confirm=plan.digest)
        with pytest.raises(ci.UsageError, match="Nothing was undone"):
            await run.aundo(confirm=1)  # type: ignore[arg-type]
        return preview, await run.aundo(confirm=True)

    preview, undone = asyncio.run(in_a_loop())
    assert (len(preview.mails), undone.counts["undone"]) == (8, 9)
    assert on_platform(office, clients) == 0


def test_a_push_that_is_cancelled_says_what_is_left_and_goes_on(office: ci.PlatformAccount) -> None:
    numbers = [f"0{base}{97 - base % 97:02}" for base in range(4000000, 4000060)]
    person = {"contact_first_name": "An", "contact_last_name": "Claes", "contact_locale": "nl-BE"}
    emails = [f"c{number}@bakkerijpeeters.be" for number in numbers]
    frame = pd.DataFrame({"company_number": numbers, "legal_name": numbers, "contact_email": emails})
    frame = frame.assign(country="BE", mandate="no", **person)
    clients = ci.read(frame, platform=PARTNER, columns={name: name for name in frame.columns})

    async def cancelled() -> ci.Run:
        plan = await clients.aplan(office)
        pushing = asyncio.create_task(plan.apush(confirm=plan.digest))
        while not len(ci.runs()):  # noqa: ASYNC110 -- nothing tells when the first client is sent
            await asyncio.sleep(0)
        pushing.cancel()
        return await pushing

    run = asyncio.run(cancelled())
    assert run.counts["pending"] > 0
    assert run.exit_code == 130
    plan = clients.plan(office)
    assert plan.push(confirm=plan.digest).counts["created"] + run.counts["created"] == 60


def test_what_a_plan_says_is_what_the_json_says(clients: ci.Clients, office: ci.PlatformAccount) -> None:
    plan = clients.plan(office)
    answer = clientimport("plan", "clients.xlsx", "-c", "sandbox", "-p", PARTNER, "--accept-proposals", "--json")
    assert json.loads(json.dumps(plan.groups)) == answer.json["groups"]
