"""The connectors against the embedded platform: signing in, lists, clients, templates, the register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.connectors import connect
from clientimport.connectors.protocol import (
    Connector,
    Deletes,
    HasConfigurationTemplates,
    KnowsCompanies,
    PlatformRejected,
    TakesContacts,
    Updates,
    require,
    supports,
)
from clientimport.errors import CredentialsRefused, SchemaUnusable, SettingsUnusable, UsageError
from clientimport.model.client import Identity
from clientimport.model.connection import Connection
from clientimport.model.remote import ConfigurationTemplate, ReferenceLists, RemoteClient
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.loader import load_schema
from push_world import DRAFTING, ROWS, World, clients, fetched, patient_clock

USERS = ("ann@office.example", "bob@office.example")


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.mark.parametrize("platform", ROWS)
def test_a_wrong_secret_is_said_as_such(url: str, tmp_path: Path, platform: str) -> None:
    with pytest.raises(CredentialsRefused) as refused:
        World(url, tmp_path, platform, secret="wrong").asked(take_snapshot)
    assert refused.value.code == "credentials.refused"


def test_an_app_that_was_not_let_in_is_told_so(url: str, tmp_path: Path) -> None:
    with pytest.raises(CredentialsRefused) as refused:
        World(url, tmp_path, client_id="stranger").asked(take_snapshot)
    assert refused.value.code == "credentials.no_space"


def test_the_bare_token_signs_in_too(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, paths={"token": "POST /oauth2/client_credential/accesstoken"})
    assert world.asked(take_snapshot).account.name


def test_a_space_that_is_not_ours_is_not_taken(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="which_space"):
        World(url, tmp_path, paths={"space": "another"}).asked(take_snapshot)


def test_a_token_that_ends_in_the_middle_is_renewed(tmp_path: Path) -> None:
    with running(SandboxOptions(token_lifetime=1)) as url:
        assert World(url, tmp_path).push(invite=True).counts["invited"] == 3


def test_a_slow_platform_is_waited_for_and_a_busy_one_is_obeyed(tmp_path: Path) -> None:
    with running(SandboxOptions(rate_limit=1000, latency_ms=5)) as url:
        assert World(url, tmp_path).push(invite=True).counts["invited"] == 3


@pytest.mark.parametrize(
    ("platform", "lists"),
    [
        (
            "banqup-partner",
            ReferenceLists(("Standard", "Premium"), "Standard", users=USERS),
        ),
        ("banqup-console-lu", ReferenceLists(users=USERS)),
        (
            "accounton",
            ReferenceLists(
                languages=("nl", "fr", "en"),
                users=USERS,
                questionnaires={"nl": ("PIT",), "fr": ("PIT",), "en": ("PIT",)},
            ),
        ),
    ],
)
def test_what_exists_on_the_platform_is_known(url: str, tmp_path: Path, platform: str, lists: ReferenceLists) -> None:
    assert World(url, tmp_path, platform).asked(take_snapshot).lists == lists


@pytest.mark.parametrize("platform", DRAFTING)
def test_a_client_is_found_changed_and_deleted(url: str, tmp_path: Path, platform: str) -> None:
    world = World(url, tmp_path, platform)
    client_id = str(world.push().rows[0].result.client_id)
    name = "contact_first_name" if platform == "accounton" else "legal_name"

    async def act(connector: Connector) -> RemoteClient | None:
        await require(connector, Updates).update(client_id, {name: "Renamed"})
        changed = await connector.client(client_id)
        assert changed is not None
        assert (changed.fields[name], changed.status, changed.invitations) == ("Renamed", "draft", 0)
        for kind in ("company_number", "rcs_number", "national_register_number"):
            if kind in changed.fields:
                assert await connector.find(Identity(kind, changed.fields[kind])) == (changed,)
        assert await connector.find(Identity("bogus", "1")) == ()
        await require(connector, Deletes).delete(client_id)
        return await connector.client(client_id)

    assert world.asked(act) is None
    assert len(clients(url)) == 2


def test_an_empty_value_clears_a_field(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    client_id = str(world.push().rows[0].result.client_id)
    world.asked(lambda connector: require(connector, Updates).update(client_id, {"mandate": ""}))
    assert "mandate" not in clients(url)[0]["fields"]


def test_a_client_that_the_platform_keeps_is_a_refusal_in_its_words(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    client_id = str(world.push(invite=True).rows[0].result.client_id)
    with pytest.raises(PlatformRejected) as refused:
        world.asked(lambda connector: require(connector, Deletes).delete(client_id))
    assert refused.value.reason


def test_templates_are_made_listed_and_removed(url: str, tmp_path: Path) -> None:
    made = ConfigurationTemplate("Grüße & Co", "for tests", ("ann@office.example",), ("Peppol",))

    async def act(connector: Connector) -> list[str]:
        await require(connector, HasConfigurationTemplates).create_configuration(made)
        assert made in await require(connector, HasConfigurationTemplates).configurations()
        await require(connector, HasConfigurationTemplates).delete_configuration(made.name)
        return [one.name for one in await require(connector, HasConfigurationTemplates).configurations()]

    assert World(url, tmp_path).asked(act) == ["Standard", "Premium"]


@pytest.mark.parametrize("platform", ["banqup-console-be", "accounton", "billit"])
def test_what_a_platform_does_not_offer_is_a_usage_error(url: str, tmp_path: Path, platform: str) -> None:
    connector = World(url, tmp_path, platform).connector()
    for capability in (HasConfigurationTemplates, KnowsCompanies, TakesContacts):
        assert not supports(connector, capability)
        with pytest.raises(UsageError, match="not_offered"):
            require(connector, capability)


def test_a_company_is_looked_up_by_number_or_vat_number(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    by_number = world.asked(
        lambda connector: require(connector, KnowsCompanies).company_details(Identity("company_number", "0403019261"))
    )
    by_vat = world.asked(
        lambda connector: require(connector, KnowsCompanies).company_details(Identity("vat_number", "BE0403019261"))
    )
    assert by_number == by_vat
    assert by_number["legal_name"]
    assert (
        world.asked(lambda connector: require(connector, KnowsCompanies).company_details(Identity("client_code", "1")))
        == {}
    )


def test_many_clients_come_page_by_page(url: str, tmp_path: Path) -> None:
    rows = tuple({**ROWS["accounton"][1], "client_code": f"C{at}", "contact_last_name": f"P{at}"} for at in range(101))
    world = World(url, tmp_path, "accounton", rows)
    world.push(in_flight=8)
    assert len(world.asked(take_snapshot).clients) == 101
    assert fetched(url, "requests")["requests"]["GET /accounton/customers"] == 3


def test_another_address_than_the_platforms_is_said_before_anything_is_sent(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="not_the_api"):
        World(url, tmp_path, paths={"clients": "/nowhere"}).asked(take_snapshot)
    with pytest.raises(SchemaUnusable, match="bad_path"):
        World(url, tmp_path, paths={"clients": "https://evil.example/"}).asked(take_snapshot)


def test_a_platform_without_an_api_is_a_usage_error() -> None:
    schema = load_schema("banqup-partner")
    connection = Connection("x", "other", "https://x.be", "me")
    with pytest.raises(UsageError, match="no_api"):
        connect(__import__("dataclasses").replace(schema, id="other", api=None), connection, "demo", patient_clock())
