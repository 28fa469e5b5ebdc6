"""What an older version left behind is read by this one: plans, a ledger, profiles, settings, and the keys of JSON."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from clientimport.sandbox import SandboxOptions, running
from clientimport.settings.config_file import load_settings
from clientimport.settings.default_values import DefaultName
from clientimport.settings.folders import folders
from command_line import clientimport
from compatibility.read_fixtures import (
    HERE,
    KEPT_KEYS,
    PARTNER,
    SAME,
    VERSIONS,
    answered,
    copied,
    lost_keys,
    run_ids,
    without_additions,
)
from push_world import clients, mails

PLANS = (("plan.json", "banqup-partner"), ("console_plan.json", "banqup-console-be"))
SURE = ("--yes", "--json")


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> Path:
    return HERE / str(request.param)


@pytest.fixture
def office(version: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a copy of what that version left."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with copied(version) as copy:
        yield copy / "office"


def kept(version: Path, name: str) -> Any:
    return json.loads((version / "answers" / f"{name}.json").read_text(encoding="utf-8"))


def rewritten(plan: Path, **changes: Any) -> None:
    """Change a kept plan as only the program may: its digest fits again."""
    document = json.loads(plan.read_text(encoding="utf-8"))
    document.pop("digest")
    document |= changes
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
    plan.write_text(json.dumps({**document, "digest": digest}, ensure_ascii=False, indent=1), encoding="utf-8")


def rules_of_today(platform: str, office: Path) -> str:
    """Return the digest of today's rules: a plan is refused when they are others, whatever its format."""
    file = "console.csv" if "console" in platform else "voorstel.csv"
    clientimport("plan", file, "-c", "sandbox", "-p", platform, "-o", f"today-{platform}.json")
    return str(json.loads(Path(f"today-{platform}.json").read_text(encoding="utf-8"))["rules"])


def options_of(run: str) -> dict[str, Any]:
    """Return what was asked for in a run, as the ledger keeps it."""
    with closing(sqlite3.connect(folders().ledger)) as sql:
        (options,) = sql.execute("SELECT options FROM run WHERE id = ?", (run,)).fetchone()
    return dict(json.loads(options))


def at_the_platform() -> tuple[list[str], list[str]]:
    """Return the names of the clients and the addresses of the mails, from the built-in platform's own database."""
    with running(SandboxOptions(database=folders().sandbox)) as url:
        names = [str(one["fields"].get("legal_name")) for one in clients(url)]
        return sorted(names), sorted(str(mail["to"]) for mail in mails(url))


@pytest.mark.parametrize("name", SAME)
def test_what_an_older_version_kept_is_told_as_it_was_told_then(version: Path, name: str) -> None:
    then = kept(version, name)
    assert without_additions(then, answered(version, name)) == then


def test_an_older_run_is_exported_with_the_same_cells_and_its_moments_in_local_time(version: Path) -> None:
    then = [[cells[0], *map(with_local_time, cells[1:])] for cells in kept(version, "runs_export")]
    assert answered(version, "runs_export") == then


def with_local_time(row: list[str | None]) -> list[str | None]:
    """Return a row with its moment, which was exported in UTC once, as people read it here."""
    moment = row[-1] and datetime.fromisoformat(row[-1]).astimezone().strftime("%d/%m/%Y %H:%M")
    return [*row[:-1], moment]


@pytest.mark.parametrize("name", KEPT_KEYS)
def test_an_answer_has_every_key_that_it_had(version: Path, name: str) -> None:
    assert lost_keys(kept(version, name), answered(version, name)) == []


@pytest.mark.parametrize(("name", "platform"), PLANS)
def test_the_digest_of_an_older_plan_is_accepted_and_an_altered_letter_is_not(
    office: Path, name: str, platform: str
) -> None:
    push = ("push", name, "-c", "sandbox", "-p", platform, "--dry-run", "--json")
    error = clientimport(*push).json["error"]
    assert error is None or error["code"] == "plan.other_rules"
    Path(name).write_text(Path(name).read_text(encoding="utf-8").replace("BV", "BW", 1), encoding="utf-8")
    assert clientimport(*push).json["error"]["code"] == "plan.changed"


@pytest.mark.parametrize(("name", "platform"), PLANS)
def test_a_plan_is_written_as_it_was_written_then(office: Path, name: str, platform: str, tmp_path: Path) -> None:
    from clientimport.push.plan.plan_file import load_plan, save_plan

    rewritten(Path(name), rules=rules_of_today(platform, office))
    save_plan(load_plan(Path(name)), tmp_path / name)
    assert (tmp_path / name).read_bytes() == Path(name).read_bytes()


def test_an_older_plan_is_pushed(office: Path) -> None:
    rewritten(Path("plan.json"), rules=rules_of_today("banqup-partner", office))
    before, _ = at_the_platform()
    pushed = clientimport("push", "plan.json", *PARTNER, "--update", "legal_name", *SURE).json
    assert {row["row"]: row["state"] for row in pushed["rows"]} == {
        2: "updated", 3: "updated", 4: "created", 5: "created", 6: "invalid",
    }  # fmt: skip
    assert pushed["counts"]["contacts_added"] == 2
    after, _ = at_the_platform()
    assert sorted(after) == sorted([*(name for name in before if name != "Aarts NV"), "Aarts & Zonen NV", "Nijs BV"])


def test_nobody_whom_an_older_version_created_or_mailed_is_created_or_mailed_again(office: Path) -> None:
    names, receivers = at_the_platform()
    again = clientimport("push", "klanten.csv", *PARTNER, "--accept-proposals", "--invite", *SURE).json
    assert (again["counts"]["created"], again["counts"]["invited"], again["counts"]["refused"]) == (0, 0, 1)
    round_ = clientimport("invite", "--run", run_ids()[0], *PARTNER, *SURE).json
    assert (round_["counts"]["invited"], round_["counts"]["held"]) == (0, 1)
    persons = ("push", "personen.csv", "-c", "sandbox", "-p", "accounton", "--accept-proposals", "--invite")
    assert clientimport(*persons, "--value", "language:Vl=nl", *SURE).json["counts"]["created"] == 0
    assert at_the_platform() == (names, receivers)


def test_a_refusal_that_an_older_version_was_given_is_remembered(office: Path) -> None:
    again = ("push", "klanten.csv", *PARTNER, "--accept-proposals", *SURE)
    assert clientimport(*again).json["counts"]["refused"] == 1
    assert clientimport(*again, "--retry-refused").json["counts"]["created"] == 1


def test_a_run_that_an_older_version_could_not_finish_goes_on(office: Path) -> None:
    stopped = next(run for run in run_ids() if clientimport("runs", "show", run, "--json").json["counts"]["pending"])
    names, receivers = at_the_platform()
    resumed = clientimport("runs", "resume", stopped, *SURE).json
    assert resumed["counts"]["created"] == 2
    after = at_the_platform()
    assert after[0] == sorted([*names, "Hens BV", "Ickx BV"])
    assert after[1] == sorted([*receivers, "gert@goos.be", "hans@hens.be", "ine@ickx.be"])


def test_what_was_asked_of_a_run_is_known_again_and_kept_in_the_same_form(office: Path) -> None:
    *runs, _elsewhere = run_ids()
    assert len(runs) > 1
    for run in runs:
        resumed = clientimport("runs", "resume", run, *SURE).json["run"]
        kept_then, kept_now = options_of(run), options_of(resumed)
        if "reading" in kept_then:
            kept_then["reading"]["accept_proposals"] = True  # somebody agreed the first time
        asked_later = {name: value for name, value in kept_now.items() if name not in kept_then}
        assert {name: kept_now[name] for name in kept_then} == kept_then
        assert not any(asked_later.values())


def test_what_nobody_could_tell_waits_for_a_person_and_is_settled(office: Path) -> None:
    doubt = next(run for run in run_ids() if clientimport("runs", "show", run, "--json").json["counts"]["uncertain"])
    push = ("push", "twijfel.csv", *PARTNER, "--accept-proposals", *SURE)
    assert clientimport(*push).json["error"]["code"] == "uncertain"
    assert clientimport("runs", "resolve", doubt, "2", "--created", "--json").json["counts"]["uncertain"] == 0


def test_what_an_older_version_overwrote_is_put_back(office: Path) -> None:
    undone = clientimport("runs", "undo", run_ids()[1], *SURE).json
    assert [row["state"] for row in undone["rows"]] == ["undone"]
    assert "Aarts BV" in at_the_platform()[0]


def test_a_ledger_of_an_older_layout_sends_nothing_twice(version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    with copied(version / "older_layout"):
        before = at_the_platform()
        pushed = clientimport("push", "clients.csv", *PARTNER, "--accept-proposals", "--invite", *SURE).json
        assert (pushed["error"], pushed["counts"]["unchanged"]) == (None, 2)
        assert at_the_platform() == before
        assert clientimport("runs", "verify", "--json").json["breaks"] == []


def test_an_older_profile_is_recognised_by_its_headers_with_what_was_decided(office: Path) -> None:
    mapped = clientimport("map", "week.csv", "-p", "banqup-partner", "--json").json
    assert (mapped["profile"], [one["field"] for one in mapped["columns"]]) == (
        "week",
        [
            *("legal_name", "country", "contact_email", "contact_first_name", "contact_last_name"),
            *("contact_locale", "company_number"),
        ],
    )
    checked = clientimport("validate", "week.csv", "-p", "banqup-partner", "--json").json
    assert checked["totals"]["errors"] == 0  # "Vl" is known


def test_older_settings_are_read(office: Path) -> None:
    read = load_settings(folders().config)
    assert (
        read.defaults[DefaultName.LANGUAGE],
        read.connection("office").requests_per_minute,
        read.connection("office").in_flight,
    ) == (
        "nl",
        600,
        2,
    )
