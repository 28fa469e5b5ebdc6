"""A small HTTP client that speaks the dialects by hand, so that nothing of the importer is between test and sandbox."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from clientimport.sandbox import SandboxOptions, running

PARTNER = {
    "legalName": "Bakkerij Peeters",
    "countryCode": "BE",
    "contactEmail": "an@peeters.example",
    "contactFirstName": "An",
    "contactLastName": "Peeters",
    "contactLocale": "nl-BE",
    "companyNumber": "0403019261",
}
CONSOLE = {
    "clientName": "Bakkerij Peeters",
    "address": "Dorp 1",
    "zip": "9000",
    "city": "Gent",
    "country": "BE",
    "companyNumber": "0403019261",
    "iban": "BE71096123456769",
    "language": "nl",
    "contactName": "An Peeters",
    "contactLanguage": "nl",
    "contactEmail": "an@peeters.example",
}
CONSOLE_LU = {
    **{name: value for name, value in CONSOLE.items() if name != "companyNumber"},
    "country": "LU",
    "zip": "1234",
    "rcsNumber": "B82454",
    "iban": "LU280019400644750000",
    "language": "fr",
    "contactLanguage": "en",
}
CUSTOMER = {
    "firstname": "An",
    "lastname": "Peeters",
    "email": "an@peeters.example",
    "registrationNumber": "85073003328",
    "language": "dutch",
}


@dataclass
class Clock:
    """A clock that moves only by `forward`."""

    at: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Answer:
    """A response."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def wrong(self) -> dict[str, str]:
        return {error["field"]: error["message"] for error in self.json["errors"]}


@dataclass
class Caller:
    """A client of the API, with the headers by which it is signed in on one platform."""

    url: str
    base: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=10)
        try:
            sent = body if isinstance(body, str) or body is None else json.dumps(body)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, self.base + path, sent, {**self.headers, **named})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()})
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, body, **headers)

    def create(self, path: str, body: Any, **headers: str) -> str:
        """Create something and return its id."""
        answer = self.post(path, body, **headers)
        assert answer.status == 201, answer.text
        return str(answer.json.get("id") or answer.json["_id"])


@contextmanager
def sandbox(**options: Any) -> Iterator[Caller]:
    now = options.pop("now", Clock())
    with running(SandboxOptions(**options), now) as url:
        yield Caller(url)


def token(anyone: Caller, platform: str, client_id: str, secret: str) -> Answer:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return anyone.post(f"/{platform}/oauth2/client_credential/gettoken", urlencode(form))


def banqup(anyone: Caller, platform: str = "banqup-partner", office: str = "demo") -> Caller:
    """Sign in at a Banqup platform, standing in the office's space."""
    bearer = {"Authorization": f"Bearer {token(anyone, platform, office, office).json['access_token']}"}
    spaces = Caller(anyone.url, f"/{platform}", bearer).get("/entitystore/v1/spaces").json["spaces"]
    return Caller(anyone.url, f"/{platform}/partnerstore/v1/spaces/{spaces[0]['id']}", bearer)


def accounton(anyone: Caller, office: str = "demo") -> Caller:
    return Caller(anyone.url, "/accounton", {"X-CLIENT-ID": office, "X-CLIENT-SECRET": office})


def checklist(customers: Caller, language: str = "dutch") -> str:
    return str(customers.get(f"/checklists?language={language}").json["data"][0]["_id"])


def stored_clients(anyone: Caller) -> list[dict[str, Any]]:
    clients: list[dict[str, Any]] = anyone.get("/_sandbox/clients").json["clients"]
    return clients


def mails(anyone: Caller) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = anyone.get("/_sandbox/outbox").json["mails"]
    return sent
