"""What CONTRIBUTING says about adding a platform, done with a platform of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checkout import PACKAGE, Checkout
from clientimport.errors import SchemaUnusable
from clientimport.files.writers.template import write_template
from clientimport.schema.loader import read_schema
from clientimport.validation.validate import validate
from tables import mapped, table

PLATFORM = """
schema_version = 1
name = "Example Portal"
country = "BE"
reviewed = 2026-11-22

[sources]
help = "https://portal.example/help"

[[columns]]
field = "legal_name"
headers = { nl = "Bedrijf", en = "Company" }
required = true
example = "Bakkerij Peeters"
source = "help"

[[columns]]
field = "company_number"
headers = { nl = "KBO", en = "Register number" }
example = "0419618535"
source = "help"

[[checks]]
name = "required"
field = "company_number"
source = "help"
"""


API = """
[[columns]]
field = "contact_email"
headers = { nl = "Mail", en = "Mail" }
required = true
example = "an@peeters.example"
source = "help"

[api]
connector = "example_portal"
verified = false
source = "help"

[api.paths]
clients = "/clients"
client = "/clients/{client_id}"
invite = "/clients/{client_id}/mail"

[api.body]
legal_name = "name"
company_number = "number"
contact_email = "mail"

[api.statuses]
NEW = "draft"
MAILED = "invited"
"""

CONNECTOR = '''
"""Example Portal: two headers with the office and its key, clients that are invited by a mail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from clientimport.connectors.client_identity import require_same_client, verify_created
from clientimport.connectors.http.client import CONFLICT, HttpClient, constant_headers
from clientimport.connectors.http.endpoints import Endpoints
from clientimport.connectors.http.error_response import created_id, document_or_none, raise_for_rejection
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.json_mapping import JsonMapping
from clientimport.model.client import Client, Identity, identities
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account, PushOptions, ReferenceLists, RemoteClient


class ExamplePortal:
    """The Connector of one office; it has one of the small protocols, Invites."""

    def __init__(
        self, schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
    ) -> None:
        self.platform_name = schema.name
        self.http = HttpClient(connection, RateLimiter.for_connection(schema.api, connection, clock), clock, timeout)
        self.http.sign = constant_headers({"X-CLIENT-ID": connection.client_id, "X-CLIENT-SECRET": secret})
        self._endpoints = Endpoints.for_connection(schema.api, connection)
        self._statuses = schema.api.statuses
        self._json_mapping = JsonMapping(schema.api.body, host=connection.host)
        self._office = connection.client_id

    async def account(self) -> Account:
        """Return the office."""
        return Account(self._office, self._office, self.http.account_address)

    async def lists(self) -> ReferenceLists:
        """Return no lists: a client refers to none."""
        return ReferenceLists()

    async def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every client."""
        answer = await self.http.read(self._endpoints.request("GET", "clients"))
        for document in answer.objects("clients"):
            yield self._remote(document)

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client, or None when it is not there."""
        request = self._endpoints.request("GET", "client", client_id=client_id)
        document = document_or_none(await self.http.call(request))
        return None if document is None else require_same_client(client_id, self._remote(document), document.host)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity."""
        return tuple([client async for client in self.clients() if identity in identities(client.fields)])

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a client."""
        document = self._json_mapping.to_json(client.fields)
        answer = await self.http.call(self._endpoints.request("POST", "clients", key=key, json=document))
        client_id = created_id(answer, "id", may_exist=answer.status == CONFLICT)
        return verify_created(client_id, client.fields, partial(self._remote, answer.document()))

    async def invite(self, client_id: str, key: str) -> None:
        """Send a client its mail."""
        answer = await self.http.call(self._endpoints.request("POST", "invite", key=key, client_id=client_id))
        raise_for_rejection(answer)

    async def close(self) -> None:
        """Close the session."""
        await self.http.close()

    def _remote(self, document: JsonDocument) -> RemoteClient:
        status = self._statuses.get(document.text("status"), "unknown")
        return RemoteClient(document.id("id"), status, self._json_mapping.from_json(document.content))


CONNECTOR = ExamplePortal
'''

DIALECT = '''
"""The dialect of Example Portal."""

from __future__ import annotations

from clientimport.sandbox.dialect import Dialect
from clientimport.sandbox.example_portal.routes import ExampleRoutes
from clientimport.sandbox.example_portal.rules import EXAMPLE

DIALECTS = (Dialect(EXAMPLE, ExampleRoutes),)
'''

RULES = '''
"""Example Portal: the attributes of a client."""

from __future__ import annotations

from clientimport.sandbox.attribute import Attribute
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.rules import contacts, numbers

EXAMPLE = PlatformRules(
    id="example-portal",
    attributes=(
        Attribute("name", "legal_name", required=True),
        Attribute("number", "company_number", numbers.company_number, required=True),
        Attribute("mail", "contact_email", contacts.email, required=True),
    ),
    states={"NEW": "draft", "MAILED": "invited"},
    rules=lambda client, lists: iter(()),
    mail="invitation",
    recipient="mail",
)
'''

ROUTES = '''
"""The API of Example Portal."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.authentication import authenticated_office
from clientimport.sandbox.client_routes import ClientRoutes
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.error_responses import message_response
from clientimport.sandbox.example_portal.rules import EXAMPLE
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import StoredClient


@dataclass(frozen=True, slots=True)
class ExampleRoutes:
    """The endpoints."""

    state: ServerState
    error_response = staticmethod(message_response)

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        one_client = ClientRoutes(self.client_service, _json).routes("/clients", "mail")
        return [Route("/clients", self.clients), *one_client]

    def client_service(self, request: Request) -> ClientService:
        """Return the clients of the office that signs in."""
        return ClientService(self.state, EXAMPLE, authenticated_office(request), lambda: secrets.token_hex(8))

    async def clients(self, request: Request) -> Response:
        """List all clients."""
        account = self.client_service(request).account
        return JSONResponse({"clients": [_json(client) for client in self.state.store.page(account, 0, 1000)]})


def _json(client: StoredClient) -> dict[str, object]:
    return {"id": client.id, "status": client.status, **client.body}
'''

IN_SANDBOX = ("-c", "sandbox", "-p", "example-portal")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout.copy_to(tmp_path)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example-portal.toml"
    file.write_text(PLATFORM, encoding="utf-8")
    return file


def test_the_commands_know_it_as_soon_as_its_file_is_there(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("schemas/example-portal.toml", PLATFORM)
    assert "Example Portal" in checkout.run("platforms", "example-portal")
    checkout.run("template", "-p", "example-portal", "-o", "filled.xlsx")
    workbook = load_workbook(tmp_path / "filled.xlsx")
    workbook.worksheets[0].append(["Bakkerij Peeters", "0419618535"])
    workbook.save(tmp_path / "filled.xlsx")
    checkout.run("map", "filled.xlsx", "-p", "example-portal")
    checkout.run("validate", "filled.xlsx", "-p", "example-portal", "--strict")
    checkout.run("fix", "filled.xlsx", "-p", "example-portal", "-o", "upload.xlsx")
    assert [cell.value for cell in load_workbook(tmp_path / "upload.xlsx").worksheets[0][2]] == [
        "Bakkerij Peeters",
        "0419618535",
    ]
    assert '"sandbox.no_platform"' in checkout.run("plan", "filled.xlsx", *IN_SANDBOX, "--json", exit_code=2)


def test_with_an_api_it_is_a_connector_and_a_folder_of_the_sandbox_beside_the_schema(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.write("schemas/example-portal.toml", PLATFORM + API)
    checkout.write(f"{PACKAGE}/connectors/example_portal.py", CONNECTOR)
    (tmp_path / "clients.csv").write_text("Bedrijf;KBO;Mail\nBakkerij Peeters;0419618535;an@peeters.be\n", "utf-8")
    refused = checkout.run("plan", "clients.csv", *IN_SANDBOX, exit_code=2, stream="stderr")
    assert "De sandbox kent Example Portal niet" in refused

    checkout.write(f"{PACKAGE}/sandbox/example_portal/__init__.py", DIALECT)
    checkout.write(f"{PACKAGE}/sandbox/example_portal/rules.py", RULES)
    checkout.write(f"{PACKAGE}/sandbox/example_portal/routes.py", ROUTES)
    checkout.run("validate", "clients.csv", "-p", "example-portal", "--strict")
    plan = json.loads(checkout.run("plan", "clients.csv", *IN_SANDBOX, "--json"))
    assert [client["row"] for client in plan["groups"]["new"]] == [2]
    checkout.run("push", "clients.csv", *IN_SANDBOX, "--invite", "--yes")
    clients = json.loads(checkout.run("clients", "list", *IN_SANDBOX, "--json"))["clients"]
    assert [(client["fields"]["company_number"], client["status"]) for client in clients] == [("0419618535", "invited")]
    again = json.loads(checkout.run("push", "clients.csv", *IN_SANDBOX, "--invite", "--yes", "--json"))
    assert (again["counts"]["created"], again["counts"]["unchanged"]) == (0, 1)


def test_one_file_is_enough_for_a_template_and_for_validation(example: Path, tmp_path: Path) -> None:
    schema = read_schema(example)
    write_template(schema, "nl", tmp_path / "template.xlsx", force=False)
    assert [cell.value for cell in load_workbook(tmp_path / "template.xlsx").worksheets[0][1]] == ["Bedrijf", "KBO"]
    read = table({"legal_name": ["Peeters", "Dubois"], "company_number": ["0419.618.535", None]})
    validation = validate(read, mapped(read), schema)
    assert [client.fields["company_number"] for client in validation.clients] == ["0419618535"]
    assert validation.invalid_rows == (3,)


@pytest.mark.parametrize(
    ("right", "wrong", "suggestion"),
    [
        ('field = "company_number"\nheaders', 'field = "company_numbr"\nheaders', "company_number"),
        ('name = "required"', 'name = "requird"', "required"),
        ("required = true", "requird = true", "required"),
        ('source = "help"\n\n[[checks]]', 'source = "hlep"\n\n[[checks]]', "help"),
    ],
)
def test_a_mistake_in_it_is_refused_with_the_name_that_was_meant(
    example: Path, right: str, wrong: str, suggestion: str
) -> None:
    assert right in PLATFORM
    example.write_text(PLATFORM.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(SchemaUnusable) as refused:
        read_schema(example)
    assert refused.value.facts["meant"] == suggestion
