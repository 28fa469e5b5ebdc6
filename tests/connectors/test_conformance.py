"""What every connector must do, whatever its platform: each that a schema names is run against a scripted server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace

import pytest

from clientimport.connectors import connect, connector_class, offers
from clientimport.connectors.protocol import (
    AnswerLost,
    AssignsChoices,
    Connector,
    Deletes,
    HasConfigurationTemplates,
    Invites,
    KnowsCompanies,
    KnowsPeppol,
    PlatformRejected,
    SharesDocuments,
    TakesContacts,
    Updates,
    require,
    supports,
)
from clientimport.errors import (
    ClientImportError,
    CredentialsRefused,
    PlatformUnreachable,
    SchemaUnusable,
    SettingsUnusable,
)
from clientimport.model.client import Client, Identity
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import ConfigurationTemplate, DocumentSharing, PushOptions
from clientimport.schema.data_files import platform_ids
from clientimport.schema.loader import load_schema
from connectors.scripted import Answer, Script, scripted
from push_world import patient_clock

SCHEMAS = [schema for schema in map(load_schema, platform_ids()) if schema.api is not None]
SECRET = "a-secret-word-of-ours"
CLIENT = Client(2, (2,), {"legal_name": "Albak", "contact_email": "an@albak.be", "language": "nl"})
CONTACT = {"contact_email": "bea@albak.be", "contact_first_name": "Bea"}
LET_IN = {
    "access_token": "token",
    "expires_in": 300,
    "spaces": [{"id": "1", "name": "Office"}],
    "office": {"_id": "1", "name": "Office"},
    "languages": [],
    "_id": "2026",
    "data": [],
    "last_page": 1,
    "Companies": [],
    "clients": [],
    "pageCount": 1,
    "users": [],
    "configurationTemplates": [],
}
"""What the platforms say to let us in, and that nothing is there; a new platform's keys belong here."""

Call = Callable[[Connector], Awaitable[object]]
WRITES: Mapping[str, tuple[type, Call]] = {
    "create": (Connector, lambda connector: connector.create(CLIENT, PushOptions(), "the-key")),
    "update": (Updates, lambda connector: require(connector, Updates).update("5", {"legal_name": "Bobak"})),
    "delete": (Deletes, lambda connector: require(connector, Deletes).delete("5")),
    "invite": (Invites, lambda connector: require(connector, Invites).invite("5", "the-key")),
    "add contact": (
        TakesContacts,
        lambda connector: require(connector, TakesContacts).add_contact("5", CONTACT, "the-key"),
    ),
    "remove contact": (
        TakesContacts,
        lambda connector: require(connector, TakesContacts).remove_contact("5", "bea@albak.be"),
    ),
    "share": (
        SharesDocuments,
        lambda connector: require(connector, SharesDocuments).share_documents("5", DocumentSharing("a@b.be", "Files")),
    ),
    "assign": (AssignsChoices, lambda connector: require(connector, AssignsChoices).assign("5", ("a@b.be",), None)),
    "create template": (
        HasConfigurationTemplates,
        lambda connector: require(connector, HasConfigurationTemplates).create_configuration(
            ConfigurationTemplate("Starter")
        ),
    ),
    "delete template": (
        HasConfigurationTemplates,
        lambda connector: require(connector, HasConfigurationTemplates).delete_configuration("Starter"),
    ),
}
OFFERED = [
    pytest.param(schema, name, id=f"{schema.id} {name}")
    for schema in SCHEMAS
    for name, (capability, _) in WRITES.items()
    if capability is Connector or offers(schema, capability)
]
NEEDS: Mapping[type, Callable[[PlatformSchema], bool]] = {
    Updates: lambda schema: has_path(schema, "client"),
    Deletes: lambda schema: has_path(schema, "client"),
    Invites: lambda schema: has_path(schema, "invite"),
    TakesContacts: lambda schema: has_path(schema, "contacts"),
    HasConfigurationTemplates: lambda schema: has_path(schema, "configurations"),
    KnowsCompanies: lambda schema: has_path(schema, "companies"),
    KnowsPeppol: lambda schema: has_path(schema, "peppol"),
    SharesDocuments: lambda schema: "share_documents" in schema.push_options,
}
"""Optional protocol -> whether a schema says that the platform has what it needs."""


def has_path(schema: PlatformSchema, action: str) -> bool:
    return schema.api is not None and action in schema.api.paths


def writes(script: Script) -> list[tuple[str, str, dict[str, str], str]]:
    """Return the requests that change something."""
    return [request for request in script.asked if request[0] != "GET" and "token" not in request[1]]


def answering(answer: Answer) -> Script:
    """Return a platform that lets us in, shows nothing, and gives one answer to all that changes something."""
    let_in: Answer = (200, {}, json.dumps(LET_IN))
    return Script(lambda method, path: let_in if method == "GET" or "token" in path else answer)


def run(schema: PlatformSchema, script: Script, call: Call) -> object:
    """Return what a call returns against a scripted platform."""

    async def use(url: str) -> object:
        connection = Connection("office", schema.id, url, "our-id")
        connector = connect(schema, connection, SECRET, patient_clock(), 5.0)
        try:
            return await call(connector)
        finally:
            await connector.close()

    with scripted(script) as url:
        return asyncio.run(use(url))


async def nothing(_connector: Connector) -> None:
    """Ask nothing."""


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.id)
def test_a_connector_is_found_by_its_schema_and_asks_nothing_before_it_is_used(schema: PlatformSchema) -> None:
    script = answering((200, {}, "{}"))
    run(schema, script, nothing)
    assert script.asked == []
    assert supports(connect(schema, Connection("office", schema.id, "https://localhost", "id"), SECRET), Connector)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.id)
def test_a_connector_offers_what_its_schema_has_paths_for(schema: PlatformSchema) -> None:
    assert {capability for capability in NEEDS if offers(schema, capability)} == {
        capability for capability, needed in NEEDS.items() if needed(schema)
    }


def test_a_schema_that_names_no_connector_of_ours_is_said_so() -> None:
    schema = load_schema("billit")
    assert schema.api is not None
    for name in ("nobody", "..protocol", "http.client"):
        with pytest.raises(SchemaUnusable, match="unknown_name"):
            connector_class(replace(schema, api=replace(schema.api, connector=name)))


@pytest.mark.parametrize(("schema", "write"), OFFERED)
def test_a_rejection_is_in_the_platforms_words_without_numbers_of_people_and_secrets(
    schema: PlatformSchema, write: str
) -> None:
    script = answering((400, {}, json.dumps({"detail": f"85.07.30-033.28 is known, {SECRET}"})))
    with pytest.raises(PlatformRejected) as rejected:
        run(schema, script, WRITES[write][1])
    assert "is known" in rejected.value.reason
    assert "033" not in rejected.value.reason
    assert SECRET not in rejected.value.reason
    assert len(writes(script)) == 1


@pytest.mark.parametrize(("schema", "write"), OFFERED)
@pytest.mark.parametrize("status", [500, 503, 408])
def test_what_may_have_been_carried_out_is_lost_and_not_sent_again(
    schema: PlatformSchema, write: str, status: int
) -> None:
    script = answering((status, {}, "sorry"))
    with pytest.raises(AnswerLost):
        run(schema, script, WRITES[write][1])
    assert len(writes(script)) == 1


@pytest.mark.parametrize(("schema", "write"), OFFERED)
def test_what_was_not_looked_at_stops_the_run(schema: PlatformSchema, write: str) -> None:
    script = answering((429, {"Retry-After": "1000"}, "{}"))
    with pytest.raises(PlatformUnreachable, match="rate_limited"):
        run(schema, script, WRITES[write][1])


@pytest.mark.parametrize(("schema", "write"), OFFERED)
@pytest.mark.parametrize(("status", "code"), [(401, "credentials.refused"), (403, "credentials.forbidden")])
def test_who_is_not_let_in_is_told_so(schema: PlatformSchema, write: str, status: int, code: str) -> None:
    with pytest.raises(CredentialsRefused) as refused:
        run(schema, answering((status, {}, "{}")), WRITES[write][1])
    assert refused.value.code == code


@pytest.mark.parametrize(("schema", "write"), OFFERED)
def test_an_address_that_leads_elsewhere_is_not_followed(schema: PlatformSchema, write: str) -> None:
    script = answering((307, {"Location": "https://elsewhere.example/"}, ""))
    with pytest.raises(SettingsUnusable, match="redirected"):
        run(schema, script, WRITES[write][1])
    assert len(writes(script)) == 1


@pytest.mark.parametrize(
    ("schema", "write"), [case for case in OFFERED if case.values[1] in ("create", "invite", "add contact")]
)
def test_what_must_not_be_done_twice_is_sent_with_its_key(schema: PlatformSchema, write: str) -> None:
    script = answering((200, {}, "{}"))
    with suppress(ClientImportError, AnswerLost):
        run(schema, script, WRITES[write][1])
    assert [request[2].get("Idempotency-Key") for request in writes(script)] == ["the-key"]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.id)
def test_a_creation_without_an_id_in_its_answer_is_lost(schema: PlatformSchema) -> None:
    with pytest.raises(AnswerLost):
        run(schema, answering((200, {}, "{}")), WRITES["create"][1])


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.id)
def test_an_account_has_an_id_and_the_address_where_it_was_reached(schema: PlatformSchema) -> None:
    account = run(schema, answering((200, {}, "{}")), lambda connector: connector.account())
    assert getattr(account, "id", "")
    assert getattr(account, "address", "").startswith("127.0.0.1:")


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.id)
def test_where_nobody_is_nobody_is_found(schema: PlatformSchema) -> None:
    async def everything(connector: Connector) -> object:
        clients = [client async for client in connector.clients()]
        number = await connector.find(Identity("company_number", "0403019261"))
        return clients, number, await connector.find(Identity("bogus", "1"))

    assert run(schema, answering((200, {}, "{}")), everything) == ([], (), ())
