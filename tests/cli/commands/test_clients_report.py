"""`clients report`: the state of an account over real HTTP, beside a file and without one, on every platform."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder, platform_ids
from clientimport.schema.loader import load_schema
from command_line import clientimport
from push_world import clients

OFFICE = ("-c", "office")
SURE = ("--yes", "--accept-proposals")


def sample(platform: str, kind: str) -> Path:
    return next((data_folder("samples") / platform).glob(f"{kind}.[cx]*"))


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of platforms that are not the built-in ones."""
    with running() as address:
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
        yield address


def connect(url: str, platform: str) -> None:
    at = ("--base-url", f"{url}/{platform}", "--client-id", "demo")
    clientimport("connections", "add", "office", "-p", platform, *at)


def push(platform: str, *more: str) -> None:
    questionnaire = ("--questionnaire", "PIT") if platform == "accounton" else ()
    clientimport("push", sample(platform, "clean"), *OFFICE, *SURE, *questionnaire, *more)


@pytest.mark.parametrize("platform", platform_ids())
def test_every_platform_has_its_page_and_its_workbook_before_and_after(platform: str, url: str, tmp_path: Path) -> None:
    connect(url, platform)
    before = clientimport("clients", "report", sample(platform, "clean"), *OFFICE, "-o", "state.html", "--json")
    counts = before.json["counts"]
    assert (before.exit_code, counts["on_platform"], counts["unanswered"]) == (0, 0, 0)
    assert counts["not_on_platform"] == counts["clients"] > 0
    push(platform, "--invite")
    status = "active" if load_schema(platform).creating_mails else "invited"
    for file in ("state.html", "state.xlsx"):
        answer = clientimport("clients", "report", sample(platform, "clean"), *OFFICE, "-o", file, "--json")
        after = answer.json["counts"]
        assert (answer.exit_code, after["on_platform"], after[status]) == (0, len(clients(url)), len(clients(url)))
        assert after["unanswered"] == (0 if status == "active" else len(clients(url)))
    assert (tmp_path / "state.html").read_text(encoding="utf-8").count("<svg") >= 2
    assert len(load_workbook(tmp_path / "state.xlsx").sheetnames) == 6
    whole = clientimport("clients", "report", *OFFICE, "-o", "all.html", "--json").json["counts"]
    assert whole["clients"] == whole["on_platform"] == len(clients(url))


@pytest.mark.parametrize("platform", ["banqup-partner", "accounton"])
def test_beside_a_file_differences_and_errors_are_told(platform: str, url: str, tmp_path: Path) -> None:
    connect(url, platform)
    push(platform)
    messy = clientimport("clients", "report", sample(platform, "messy"), *OFFICE, "-o", "state.html", "--json")
    plan = clientimport("plan", sample(platform, "messy"), *OFFICE, "--json").json["groups"]
    counts = messy.json["counts"]
    assert messy.exit_code == 0
    assert counts["with_differences"] == sum(bool(entry["differences"]) for entry in plan["existing"])
    assert counts["clients"] == sum(len(plan[name]) for name in ("new", "existing", "invalid"))
    assert counts["on_platform"] + counts["not_on_platform"] == counts["clients"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_the_numbers_and_where_the_page_is(language: str, url: str) -> None:
    connect(url, "banqup-partner")
    push("banqup-partner")
    answer = clientimport("clients", "report", *OFFICE, "-o", "state.html", "--language", language)
    messages = message_catalog(language)
    assert messages.phrase("account.written", file="state.html") == answer.out.splitlines()[-1]
    assert messages.status_label("draft", "banqup-partner") in answer.out
    assert messages.phrase("account.title") in Path("state.html").read_text(encoding="utf-8")


def test_the_page_of_last_night_is_replaced_and_a_list_of_the_user_is_not(url: str, tmp_path: Path) -> None:
    connect(url, "banqup-partner")
    for file in ("state.html", "state.xlsx"):
        for _ in range(2):
            assert clientimport("clients", "report", *OFFICE, "-o", file, "--json").exit_code == 0
        assert (tmp_path / file).stat().st_mode & 0o777 == 0o600
    mine = Path(shutil.copy(sample("banqup-partner", "messy"), tmp_path / "mine.xlsx"))
    before = mine.read_bytes()
    refused = clientimport("clients", "report", *OFFICE, "-o", "mine.xlsx", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "report.not_ours")
    shutil.copy(mine, tmp_path / "mine.html")
    assert clientimport("clients", "report", *OFFICE, "-o", "mine.html", "--json").exit_code == 2
    assert mine.read_bytes() == (tmp_path / "mine.html").read_bytes() == before


@pytest.mark.parametrize("name", ["state.pdf", "state", "state.csv"])
def test_a_name_that_is_neither_page_nor_workbook_is_refused(name: str) -> None:
    refused = clientimport("clients", "report", "-c", "sandbox", "-p", "accounton", "-o", name, "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "usage.not_page_or_xlsx")
    assert not Path(name).exists()


def test_on_standard_output_it_is_a_page() -> None:
    answer = clientimport("clients", "report", "-c", "sandbox", "-p", "accounton", "-o", "-")
    assert answer.exit_code == 0
    assert answer.out.startswith("<!DOCTYPE html>")


def test_nothing_is_sent_by_looking(url: str) -> None:
    connect(url, "banqup-partner")
    clientimport("clients", "report", sample("banqup-partner", "messy"), *OFFICE, "-o", "state.html")
    assert clients(url) == []
    assert clientimport("runs", "list", "--json").json["runs"] == []
