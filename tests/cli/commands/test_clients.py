"""One client by hand: added, looked at, searched for and changed, with what it has beside its fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Answer, clientimport

PARTNER = ("-c", "sandbox", "-p", "banqup-partner")
CONSOLE = ("-c", "sandbox", "-p", "banqup-console-be")
ACCOUNTON = ("-c", "sandbox", "-p", "accounton")
MINE = ("--share-documents", "me@office.be", "--share-channel", "Banqup Files")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def fields(**values: str) -> tuple[str, ...]:
    return tuple(part for name, value in values.items() for part in ("--field", f"{name}={value}"))


def added(number: str, name: str, *more: str) -> Answer:
    known = fields(legal_name=name, company_number=number, country="BE", contact_locale="nl-BE", street="Kerkstraat")
    return clientimport("clients", "add", *PARTNER, *known, "--contact", "An Peeters <an@albak.be>", *more, "--json")


def console(*more: str) -> Answer:
    address = fields(address="Kerkstraat 1", postal_code="9000", city="Gent", country="BE", iban="BE68539007547034")
    contact = fields(contact_name="An Peeters", contact_email="an@albak.be", language="nl", contact_language="nl")
    number = fields(legal_name="Albak", company_number="0403019261")
    return clientimport("clients", "add", *CONSOLE, *address, *contact, *number, *more, "--json")


def only(answer: Answer) -> dict[str, object]:
    (client,) = answer.json["clients"]
    return dict(client)


def test_contacts_are_added_and_shown() -> None:
    client_id = str(only(added("0554433291", "Albak", "--contact", "Bea Maes <bea@albak.be>"))["client_id"])
    answer = clientimport("clients", "edit", client_id, *PARTNER, "--contact", "Cis Maes <cis@albak.be>", "--json")
    contacts = only(answer)["contacts"]
    assert [one["contact_email"] for one in contacts] == ["bea@albak.be", "cis@albak.be"]  # type: ignore[attr-defined]
    shown = clientimport("clients", "show", client_id, *PARTNER, "--language", "nl")
    assert "Bea Maes <bea@albak.be>" in shown.out
    assert "Cis Maes <cis@albak.be>" in shown.out


def test_a_contact_that_is_there_is_said_and_not_added_again() -> None:
    client_id = str(only(added("0554433291", "Albak"))["client_id"])
    answer = clientimport("clients", "edit", client_id, *PARTNER, "--contact", "An P <AN@albak.be>", "--language", "en")
    assert "is a contact of this client already" in answer.err
    assert clientimport("clients", "show", client_id, *PARTNER, "--json").json["clients"][0]["contacts"] == []


def test_documents_are_shared_when_a_client_is_added_or_edited() -> None:
    created = only(console(*MINE))
    assert created["share_documents"] == {"email": "me@office.be", "channel": "Banqup Files"}
    other = ("--share-documents", "new@office.be", "--share-channel", "Mail")
    edited = clientimport("clients", "edit", created["client_id"], *CONSOLE, *other, "--json")
    assert only(edited)["share_documents"] == {"email": "new@office.be", "channel": "Mail"}
    assert "Mail: new@office.be" in clientimport("clients", "show", created["client_id"], *CONSOLE).out


def test_sharing_where_there_is_none_or_half_of_it_is_refused_before_anything_is_sent() -> None:
    assert added("0554433291", "Albak", *MINE).json["error"]["code"] == "push.option_elsewhere"
    assert console("--share-documents", "me@office.be").json["error"]["code"] == "push.sharing_incomplete"
    assert clientimport("clients", "list", *PARTNER, "--json").json["clients"] == []


def test_colleagues_and_integrations_are_listed_given_and_shown() -> None:
    choices = clientimport("configurations", "choices", *PARTNER, "--json").json
    assert choices["users"] == ["ann@office.example", "bob@office.example"]
    assert "Yuki" in choices["integrations"]
    client_id = str(only(added("0554433291", "Albak"))["client_id"])
    given = ("--user", "bob@office.example", "--integration", "Yuki")
    client = only(clientimport("clients", "edit", client_id, *PARTNER, *given, "--json"))
    assert (client["users"], client["integrations"]) == (["bob@office.example"], {"Yuki": ""})
    assert "bob@office.example" in clientimport("clients", "show", client_id, *PARTNER).out


@pytest.mark.parametrize(
    ("option", "code"),
    [
        (("--user", "bobb@office.example"), "clients.unknown_user"),
        (("--integration", "Yuky"), "clients.unknown_integration"),
    ],
)
def test_a_colleague_or_integration_that_does_not_exist_is_named_with_the_closest(
    option: tuple[str, str], code: str
) -> None:
    client_id = str(only(added("0554433291", "Albak"))["client_id"])
    refused = clientimport("clients", "edit", client_id, *PARTNER, *option, "--json", "--language", "en")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, code)
    assert "Did you mean" in refused.json["error"]["message"]


def test_a_new_client_gets_the_colleagues_and_integrations_of_its_template() -> None:
    made = ("configurations", "create", "Starters", *PARTNER, "--user", "ann@office.example", "--integration", "Yuki")
    assert clientimport(*made).exit_code == 0
    client = only(added("0554433291", "Albak", "--configuration", "Starters"))
    assert (client["users"], client["integrations"]) == (["ann@office.example"], {"Yuki": ""})


def test_clients_are_searched_by_name_whatever_the_accents_and_the_order() -> None:
    added("0554433291", "Café Thérèse BV")
    added("0403170701", "Bakkerij Peeters")
    found = [
        [
            one["fields"]["legal_name"]
            for one in clientimport("clients", "list", *PARTNER, "--search", text, "--json").json["clients"]
        ]
        for text in ("therese cafe", "PEETERS", "nobody", "")
    ]
    assert found == [["Café Thérèse BV"], ["Bakkerij Peeters"], [], ["Café Thérèse BV", "Bakkerij Peeters"]]


def test_a_second_client_of_one_name_wants_a_yes_whatever_the_legal_form() -> None:
    added("0554433291", "Bakkerij Peeters BV")
    refused = added("0403170701", "BAKKERIJ PEETERS")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "usage.nobody_to_ask")
    said = added("0403170701", "Bakkerij Peeters", "--yes", "--language", "en")
    assert (said.exit_code, "already" in said.err) == (0, True)
    assert added("0419618535", "Bakkerij Peters").exit_code == 0
    assert added("0554433291", "Bakkerij Peeters BV").exit_code == 0


def test_a_client_of_which_nothing_is_to_change_is_said_so() -> None:
    client_id = str(only(added("0554433291", "Albak"))["client_id"])
    assert clientimport("clients", "edit", client_id, *PARTNER, "--json").json["error"]["code"] == "usage.no_change"


@pytest.mark.parametrize("name", ["..", ".", " "])
def test_an_id_that_leads_elsewhere_is_no_id(name: str) -> None:
    answer = clientimport("clients", "show", name, *PARTNER, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "platform.no_such_name")


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "Concept"), ("fr", "Brouillon"), ("en", "Draft"), ("de", "Entwurf")]
)
def test_a_draft_is_called_what_the_platform_calls_it(language: str, word: str) -> None:
    created = added("0554433291", "Albak")
    assert only(created)["status"] == "draft"
    assert word in clientimport("clients", "list", *PARTNER, "--language", language).out
    assert (
        f"· {word}" in clientimport("clients", "show", only(created)["client_id"], *PARTNER, "--language", language).out
    )


def test_what_is_not_sent_yet_is_called_so_where_the_platform_does() -> None:
    person = fields(contact_first_name="An", contact_last_name="Peeters", contact_email="an@peeters.be", language="nl")
    assert clientimport("clients", "add", *ACCOUNTON, *person, "--questionnaire", "PIT").exit_code == 0
    assert "Nog niet verzonden" in clientimport("clients", "list", *ACCOUNTON, "--language", "nl").out


@pytest.mark.parametrize(("language", "word"), [("nl", "ja"), ("fr", "oui"), ("de", "ja")])
def test_a_yes_is_shown_in_the_language_and_kept_in_json(language: str, word: str) -> None:
    client = only(added("0403019261", "Albak", *fields(mandate="yes")))
    shown = ("clients", "show", str(client["client_id"]), *PARTNER)
    assert clientimport(*shown, "--language", language).out.split().count(word) == 1
    assert only(clientimport(*shown, "--json"))["fields"]["mandate"] == "yes"  # type: ignore[index]
