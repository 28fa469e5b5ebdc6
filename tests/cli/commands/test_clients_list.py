"""The list of clients: number, address, status in the platform's word, last mail, and ids short enough to type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder, platform_ids
from clientimport.settings.folders import folders
from command_line import clientimport
from push_world import clients

SURE = ("--yes", "--accept-proposals")
OFFICE = ("-c", "office")
PARTNER = ("-c", "sandbox", "-p", "banqup-partner")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
NUMBER = "85073003328"


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of a Partner Space with eight clients, of which two have their mail."""
    with running() as address:
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
        at = ("--base-url", f"{address}/banqup-partner", "--client-id", "demo")
        clientimport("connections", "add", "office", "-p", "banqup-partner", *at)
        clientimport("push", MESSY, *OFFICE, *SURE, "--invite", "--invite-limit", "2")
        yield address


def names(*more: str) -> list[str]:
    listed = clientimport("clients", "list", *OFFICE, *more, "--json").json["clients"]
    return [client["fields"]["legal_name"] for client in listed]


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_is_listed_with_number_address_status_and_last_mail(language: str) -> None:
    out = clientimport("clients", "list", *OFFICE, "--language", language, "--search", "garage").out
    status = message_catalog(language).status_label("invited", "banqup-partner")
    client = clientimport("clients", "list", *OFFICE, "--search", "garage", "--json").json["clients"][0]
    year = client["last_mail"][:4]
    for word in (client["client_id"][:8], "0566988259", "garagedubois.be", status, year):
        assert word in out
    assert client["client_id"] not in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    ("given", "number"),
    [
        (("--status", "draft"), 6),
        (("--status", "Concept"), 6),
        (("--status", "BROUILLON"), 6),
        (("--status", "DRAFT", "--status", "uitgenodigd"), 8),
        (("--status", "lost"), 0),
        (("--search", "0419.618.535"), 1),
        (("--search", "BE 0566 988 259"), 1),
        (("--search", "lies@terdennen.be"), 1),
        (("--search", "dennen", "--status", "invited"), 0),
        (("--search", "0419.618.536"), 0),
        (("--invited-before", "0"), 2),
        (("--invited-before", "1"), 0),
        (("--invited-before", "0", "--status", "active"), 0),
    ],
)
def test_clients_are_found_by_status_words_and_the_age_of_their_mail(given: tuple[str, ...], number: int) -> None:
    assert len(names(*given)) == number


@pytest.mark.usefixtures("url")
def test_a_status_that_does_not_exist_is_refused_with_the_closest() -> None:
    refused = clientimport("clients", "list", *OFFICE, "--status", "Concpt", "--language", "nl", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "clients.unknown_status")
    assert "Concept" in refused.json["error"]["message"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_that_did_not_go_out_from_here_has_no_day(url: str, language: str) -> None:
    folders().ledger.unlink()
    shown = clientimport("clients", "list", *OFFICE, "--json").json["clients"]
    assert [client["last_mail"] for client in shown] == [None] * len(shown)
    unknown = message_catalog(language).plural("clients.mailed_elsewhere", 1).split(", ")[1]
    out = clientimport("clients", "list", *OFFICE, "--language", language, "--search", "garage").out
    assert set(unknown.split()) <= set(out.split())
    assert clients(url)


def test_every_command_takes_a_short_id(url: str) -> None:
    whole = next(client["id"] for client in clients(url) if client["status"] == "draft")
    short = whole[:8]
    assert clientimport("clients", "show", short, *OFFICE, "--json").json["clients"][0]["client_id"] == whole
    edit = ("--field", "contact_email=new@terdennen.be")
    assert (
        clientimport("clients", "edit", short.upper(), *OFFICE, *edit, "--json").json["clients"][0]["client_id"]
        == whole
    )
    deleted = clientimport("clients", "delete", short, *OFFICE, "--yes", "--json")
    assert (deleted.exit_code, deleted.json["client_id"]) == (0, whole)
    assert whole not in {client["id"] for client in clients(url)}


def test_an_id_that_begins_like_several_names_them_and_does_nothing(url: str) -> None:
    add = ("clients", "add", *OFFICE, "--field", "country=BE", "--field", "contact_locale=nl-BE", "--yes")
    for number in range(17 - len(clients(url))):  # sixteen digits begin an id: two of seventeen begin alike
        clientimport(*add, "--field", f"legal_name=Client {number}", "--contact", f"An Peeters <an{number}@albak.be>")
    ids = sorted(client["id"] for client in clients(url))
    alike = max(([one for one in ids if one[0] == first[0]] for first in ids), key=len)
    assert len(ids) == 17
    refused = clientimport("clients", "delete", alike[0][0], *OFFICE, "--yes", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "client.several_begin")
    assert all(one in refused.json["error"]["message"] for one in alike[:10])
    assert sorted(client["id"] for client in clients(url)) == ids


def test_a_run_is_named_by_its_beginning_too() -> None:
    runs = [clientimport("push", MESSY, *PARTNER, *SURE, "--json").json["run"] for _ in range(2)]
    day = runs[0][:8]
    for command in (("show",), ("verify",), ("undo", "--yes"), ("resume", "--yes"), ("export", "-o", "done.xlsx")):
        refused = clientimport("runs", command[0], day, *command[1:], "--json")
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, "run.several_begin"), command
        assert all(run in refused.json["error"]["message"] for run in runs)
    assert clientimport("runs", "show", runs[0][:-1], "--json").json["run"] == runs[0]
    assert clientimport("runs", "verify", runs[0][:-1], "--json").exit_code == 0
    assert clientimport("invite", *PARTNER, "--run", runs[0][:-1], "--yes", "--json").json["counts"]["invited"] == 8
    assert clientimport("runs", "show", "x", "--json").json["error"]["code"] == "run.unknown"


@pytest.mark.parametrize("platform", platform_ids())
def test_every_platform_lists_its_clients_with_a_masked_number(platform: str) -> None:
    sample = data_folder("samples") / platform / "clean.xlsx"
    creating = ("--invite",) if platform == "billit" else ()
    questionnaire = ("--questionnaire", "PIT") if platform == "accounton" else ()
    on = ("-c", "sandbox", "-p", platform)
    pushed = clientimport("push", sample, *on, *SURE, *creating, *questionnaire, "--json")
    listed = clientimport("clients", "list", *on, "--json").json["clients"]
    assert len(listed) == pushed.json["counts"]["created"] > 0
    assert [bool(client["last_mail"]) for client in listed] == [bool(creating)] * len(listed)
    numbers = [client["fields"].get("national_register_number", "**") for client in listed]
    assert all(number.startswith("**") for number in numbers)


def test_a_person_is_listed_with_a_masked_number() -> None:
    on = ("-c", "sandbox", "-p", "accounton")
    fields = {"contact_first_name": "An", "contact_last_name": "Peeters", "contact_email": "an@peeters.be"}
    given = [part for name, value in fields.items() for part in ("--field", f"{name}={value}")]
    number = ("--field", f"national_register_number={NUMBER}", "--field", "language=nl")
    clientimport("clients", "add", *on, *given, *number, "--questionnaire", "PIT")
    out = clientimport("clients", "list", *on).out
    assert "**.**.**-***.28" in out
    assert "An Peeters" in out
    assert NUMBER in clientimport("clients", "list", *on, "--show-personal-data").out


def test_an_empty_account_is_a_list_of_none(tmp_path: Path) -> None:
    assert "0 clients" in clientimport("clients", "list", *PARTNER, "--language", "en").out
