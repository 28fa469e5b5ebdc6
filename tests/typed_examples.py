"""How the Python API is used, with the types that it promises: checked by mypy with all other tests, and run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import pandas as pd
import pyarrow as pa

import clientimport as ci


def read_files_and_frames(file: Path) -> None:
    """Read the same list from everything that holds it."""
    assert_type(ci.read(file, platform="banqup-partner", sheet="Klanten", header_row=3), ci.Clients)
    assert_type(ci.read(str(file), platform="banqup-partner", include_hidden=True, language="nl"), ci.Clients)
    assert_type(ci.read(file.read_bytes(), platform="banqup-partner"), ci.Clients)
    assert_type(ci.read([file], platform="banqup-partner", where="Land=BE"), ci.Clients)
    frame = pd.DataFrame({"Naam": ["Bakkerij Peeters BV"], "BTW": ["BE0419618535"]})
    assert_type(ci.read(frame, platform="banqup-partner", columns={"BTW": "vat_number"}), ci.Clients)
    assert_type(ci.read(pa.table({"Naam": ["Bakkerij Peeters BV"]}), platform="banqup-partner"), ci.Clients)
    assert_type(frame.pipe(ci.read, platform="banqup-partner"), ci.Clients)


def look(clients: ci.Clients) -> ci.Clients:
    """Decide about columns, look at what was noticed, and write what can be sent."""
    clients = clients.map({"Sjabloon": "configuration_template"}).default(country="BE").value(country={"Holland": "NL"})
    report = clients.validate(strict=False)
    assert_type(report, ci.Report)
    assert_type(report.ok, bool)
    assert_type(report.totals, dict[str, int])
    assert_type(report.findings, pd.DataFrame)
    try:
        report.raise_for_errors(fail_on="warning")
    except ci.Findings as error:
        assert_type(error.findings, pd.DataFrame)
        assert_type(error.code, str)
    fixed = clients.fix()
    assert_type(fixed.frame, pd.DataFrame)
    fixed.to_excel(Path("typed.xlsx"), language="nl", force=True)
    return clients


def send(clients: ci.Clients, account: ci.PlatformAccount) -> None:
    """Plan, push and undo."""
    plan = clients.plan(account, only=["new"])
    assert_type(plan.digest, str)
    assert_type(plan.preview(invite=True).mails, pd.DataFrame)
    run = plan.push(confirm=plan.digest, update=["contact_email"], max_invitations=0)
    assert_type(run, ci.Run)
    assert_type(run.counts, dict[str, int])
    assert_type(run.exit_code, int)
    assert_type(run.rows, pd.DataFrame)
    assert_type(run.undo(confirm=True), ci.Run)
    assert_type(ci.runs().get(run.id), ci.Run)


async def send_in_a_loop(clients: ci.Clients, account: ci.PlatformAccount) -> ci.Run:
    """Plan and push in an event loop."""
    plan = await clients.aplan(account)
    assert_type(plan, ci.Plan)
    return await plan.apush(confirm=plan.digest)


def merge(crm: Path, books: Path) -> None:
    """Make one list of files, of clients that were read, and of a frame."""
    read = ci.read(books, platform="banqup-partner")
    frame = pd.DataFrame({"Naam": ["Bakkerij Peeters BV"], "BTW": ["BE0419618535"]})
    merged = ci.merge([(crm, "crm"), read, (frame, "frame")], platform="banqup-partner", prefer={"*": ["crm"]})
    assert_type(merged, ci.Merged)
    assert_type(merged.frame, pd.DataFrame)
    assert_type(merged.ok, bool)


def refused_by_the_type_checker(frame: pd.DataFrame) -> None:
    """Never called: what is wrong here is an error of mypy, else its `ignore` is one."""
    ci.read(frame, platform="banqup-partner", sheet="Klanten")  # type: ignore[call-overload]
    ci.read("clients.xlsx", platform="banqup-partner", shet="Klanten")  # type: ignore[call-overload]
    ci.read("clients.xlsx", "banqup-partner")  # type: ignore[call-overload]
    ci.read(frame, platform="banqup-partner").validate().raise_for_errors(fail_on="info")  # type: ignore[arg-type]
