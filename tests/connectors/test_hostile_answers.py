"""Every call of every connector, answered in every wrong way: an outcome or a reason to stop, soon, and no defect."""

from __future__ import annotations

import gzip
import json
import random
import re
import socketserver
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import (
    AnotherClient,
    AnswerLost,
    Connector,
    Deletes,
    HasConfigurationTemplates,
    Invites,
    KnowsCompanies,
    KnowsPeppol,
    PlatformRejected,
    TakesContacts,
    Updates,
    require,
)
from clientimport.errors import ClientImportError, CredentialsRefused, PlatformUnreachable
from clientimport.model.client import Identity
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_result import RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Exchange, Faults, faulty
from push_world import PIT, ROWS, World, mails

DEEP = b"[" * 200_000 + b"]" * 200_000
JSON = {"Content-Type": "application/json"}
WHOLE: Mapping[str, tuple[Any, ...]] = {
    "nothing": (200, b""),
    "null": (200, b"null"),
    "true": (200, b"true"),
    "a number": (200, b"5"),
    "a number of 5,000 digits": (200, b"9" * 5000),
    "a text": (200, b'"yes"'),
    "a list": (200, b"[]"),
    "a list of nothing": (200, b"[null]"),
    "an object": (200, b"{}"),
    "nested 200,000 deep": (200, DEEP),
    "nested 200,000 deep in an object": (200, b'{"clients":' + DEEP + b"}"),
    "nested as deep as can be read": (200, b'{"id":' + b"[" * 900 + b"]" * 900 + b"}"),
    "NaN": (200, b'{"clients": NaN}'),
    "a page": (200, b"<html>welcome</html>", {"Content-Type": "text/html"}),
    "a page that says it is JSON": (200, b"<html>welcome</html>"),
    "JSON that says it is text": (200, b'{"clients": []}', {"Content-Type": "text/plain"}),
    "JSON without a kind": (200, b'{"clients": []}', {}),
    "a kind that is none": (200, b'{"clients": []}', {"Content-Type": "\x01;;=;"}),
    "half a JSON": (200, b'{"clients": [{"id":'),
    "two JSONs": (200, b"{}{}"),
    "bytes that are no UTF-8": (200, b'{"clients": "\xff\xfe"}'),
    "half a letter": (200, b'{"id": "\\ud800", "clients": [{"id": "\\udfff"}]}'),
    "packed that is not": (200, b"not packed", {**JSON, "Content-Encoding": "gzip"}),
    "packed in a way nobody knows": (200, b"{}", {**JSON, "Content-Encoding": "zz"}),
    "34 MB": (200, b"[" + b"0," * (17 * 2**20) + b"0]"),
    "a gigabyte in a megabyte": (200, gzip.compress(b" " * 2**30, 1), {**JSON, "Content-Encoding": "gzip"}),
    "no content": (204, b""),
    "a refusal of another kind": (400, b'{"errors": [5, {"field": {"x": 1}, "message": [1]}], "message": {"a": 1}}'),
    "a refusal nested deep": (422, DEEP),
    "a status nobody knows": (299, b"{}"),
    "a status out of range": (799, b"{}"),
}
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    5,
    7.5,
    10**400,
    "",
    " ",
    "..",
    "x\r\ny",
    "\x00",
    [],
    [[]],
    [None],
    {},
    {"a": []},
)
LISTS = ("clients", "users", "spaces", "configurationTemplates", "companies", "data", "Companies", "contacts")


def calls(platform: str) -> dict[str, Callable[[Connector], Awaitable[object]]]:
    """Return every call of a connector."""
    client = next(iter(World("http://127.0.0.1", Path(), platform).validation().clients))
    number = Identity("company_number", "0403019261")

    async def everybody(connector: Connector) -> object:
        return [one async for one in connector.clients()]

    return {
        "account": lambda connector: connector.account(),
        "lists": lambda connector: connector.lists(),
        "clients": everybody,
        "client": lambda connector: connector.client("5"),
        "find": lambda connector: connector.find(number),
        "look_up": lambda connector: require(connector, KnowsCompanies).company_details(number),
        "on_peppol": lambda connector: require(connector, KnowsPeppol).is_on_peppol("0403019261"),
        "create": lambda connector: connector.create(client, PIT, "k"),
        "add_contact": lambda connector: require(connector, TakesContacts).add_contact(
            "5", {"contact_email": "a@b.be"}, "k"
        ),
        "update": lambda connector: require(connector, Updates).update("5", {"legal_name": "x"}),
        "delete": lambda connector: require(connector, Deletes).delete("5"),
        "invite": lambda connector: require(connector, Invites).invite("5", "k"),
        "configurations": lambda connector: require(connector, HasConfigurationTemplates).configurations(),
    }


def ended(world: World, act: Callable[[Connector], Awaitable[object]]) -> str:
    """Return how a call ended: what is raised is one of what interface.py and errors.py promise."""
    try:
        world.asked(act)
    except ClientImportError as stopped:
        return stopped.code
    except (PlatformRejected, AnswerLost, AnotherClient) as no:
        return type(no).__name__
    return "done"


def signing_in(exchange: Exchange) -> bool:
    return "/oauth2/" in exchange.path or exchange.path.endswith(("/spaces", "/settings", "/financialyears/current"))


@pytest.mark.parametrize("platform", ["banqup-partner", "banqup-console-lu", "accounton", "billit"])
@pytest.mark.parametrize("shape", WHOLE)
def test_every_call_ends_in_a_documented_way_whatever_is_answered(tmp_path: Path, platform: str, shape: str) -> None:
    asked: list[str] = []
    said = WHOLE[shape]

    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        asked.append(exchange.path)
        return None if signing_in(exchange) else said

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        world = World(address, tmp_path, platform)
        chosen = calls(platform)
        if len(said[1]) > 2**20:  # one is as slow as another
            chosen = {"clients": chosen["clients"]}
        ends = {name: ended(world, act) for name, act in chosen.items()}
    assert "platform_down" not in (set() if said[0] >= 500 else set(ends.values()))
    assert len(asked) < 8 * len(chosen)


@pytest.mark.parametrize("shape", WHOLE)
@pytest.mark.parametrize("platform", ["banqup-partner", "accounton", "billit"])
def test_a_push_to_what_is_no_platform_says_so(tmp_path: Path, platform: str, shape: str) -> None:
    status, *_ = WHOLE[shape]
    with running() as url, faulty(url, Faults(lie=lambda _: WHOLE[shape])) as address:
        with pytest.raises(ClientImportError) as stopped:
            World(address, tmp_path, platform).push(invite=True)
        assert mails(url) == []
    if 200 <= status < 300:
        assert (stopped.value.code, stopped.value.exit_code) == ("not_the_api", 3)
    else:
        assert stopped.value.exit_code in (2, 3, 4)


@pytest.mark.parametrize(
    "token",
    [
        {"access_token": "a\r\nX-Other: b"},
        {"access_token": "a b"},
        {"access_token": "é"},
        {"access_token": ""},
        {"access_token": "a" * 100_000},
        {"access_token": 5},
        {"access_token": ["a"]},
        {"access_token": {"a": 1}},
        {"access_token": True},
        {},
        [],
        "two\nlines",
    ],
)
def test_a_token_that_is_none_is_said_to_be_another_api(tmp_path: Path, token: object) -> None:
    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        return (200, token) if "/oauth2/" in exchange.path else None

    with running() as url, faulty(url, Faults(lie=lie)) as address, pytest.raises(PlatformUnreachable) as stopped:
        World(address, tmp_path).asked(take_snapshot)
    assert stopped.value.code == "not_the_api"


@pytest.mark.parametrize(
    "life", [b"1" + b"0" * 400, b"-5", b"0", b"1e999", b"-1e999", b'"soon"', b"true", b"[]", b"{}", b"null"]
)
@pytest.mark.parametrize(
    "moment", [b"null", b'"9999-12-31T23:59:59+00:00"', b'"0001-01-01T00:00:00-14:00"', b"[[]]", b"5"]
)
def test_a_token_is_used_however_its_life_is_told(tmp_path: Path, life: bytes, moment: bytes) -> None:
    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        if "/oauth2/" not in exchange.path:
            return None
        token = b'"unknown", "expires_in": %s, "expires_at": %s' % (life, moment)
        return 200, b'{"access_token": %s}' % token

    with running() as url, faulty(url, Faults(lie=lie)) as address, pytest.raises(CredentialsRefused):
        World(address, tmp_path).asked(take_snapshot)


PAGED = {
    "banqup-partner": ("/clients", "clients", "pageCount", "id"),
    "accounton": ("/customers", "data", "last_page", "_id"),
}


@pytest.mark.parametrize("platform", PAGED)
@pytest.mark.parametrize(
    ("pages", "entries"),
    [
        (1_000_000_000, lambda page: [str(page)]),
        ("1000000000", lambda page: [str(page)]),
        (None, lambda page: [f"{page}-{at}" for at in range(100)]),
        ("two more", lambda page: [str(page)]),
        ("two more", lambda _: ["same"]),
        ("two more", lambda page: ["a", "b"] if page % 2 else ["b"]),
        ("two more", lambda _: []),
        (3, lambda _: ["same", "ones"]),
        (-1, lambda page: [str(page)]),
        (True, lambda page: [str(page)]),
        (7.5, lambda page: [str(page)]),
        ([], lambda page: [str(page)]),
    ],
)
def test_a_list_without_an_end_is_no_list(
    tmp_path: Path, platform: str, pages: object, entries: Callable[[int], list[str]]
) -> None:
    path, name, counted, key = PAGED[platform]
    asked: list[int] = []

    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        found = re.search(rf"{path}\?page=(\d+)", exchange.path)
        if found is None:
            return None
        asked.append(int(found[1]))
        total = asked[-1] + 2 if pages == "two more" else pages
        return 200, {name: [{key: one} for one in entries(asked[-1])], counted: total}

    with running() as url, faulty(url, Faults(lie=lie)) as address, pytest.raises(PlatformUnreachable) as stopped:
        World(address, tmp_path, platform).asked(take_snapshot)
    assert stopped.value.code == "not_the_api"
    assert len(asked) <= 1000


@pytest.mark.parametrize("platform", PAGED)
@pytest.mark.parametrize(
    ("pages", "entries", "count"),
    [
        (None, [[str(at) for at in range(100)]] * 2, 100),
        (None, [[str(at) for at in range(150)]], 150),
        (None, [[str(at) for at in range(100)], ["100"]], 101),
        (2, [["a", "b"], ["b"]], 2),
        (3, [["a"], [], ["b"]], 2),
        (0, [[]], 0),
        ("2", [["a"], ["b"]], 2),
    ],
)
def test_a_list_that_is_told_in_another_way_is_read(
    tmp_path: Path, platform: str, pages: object, entries: list[list[str]], count: int
) -> None:
    path, name, counted, key = PAGED[platform]
    asked: list[str] = []

    def lie(exchange: Exchange) -> tuple[Any, ...] | None:
        if f"{path}?page=" not in exchange.path:
            return None
        asked.append(exchange.path)
        return 200, {name: [{key: one} for one in entries[len(asked) - 1]], counted: pages}

    with running() as url, faulty(url, Faults(lie=lie)) as address:
        assert len(World(address, tmp_path, platform).asked(take_snapshot).clients) == count


def places(document: Any) -> list[tuple[Any, Any]]:
    """Return every container with a key of it."""
    keys = (
        list(document)
        if isinstance(document, dict)
        else list(range(len(document)))
        if isinstance(document, list)
        else []
    )
    return [place for key in keys for place in ((document, key), *places(document[key]))]


@pytest.mark.parametrize("platform", ROWS)
def test_a_value_of_another_kind_anywhere_is_read_or_said_to_be_another_api(tmp_path: Path, platform: str) -> None:
    """Each value of each answer that a look at the platform takes, replaced by a few of VALUES, one at a time."""
    ends: set[str] = set()
    with running() as url:
        assert World(url, tmp_path, platform, ROWS[platform][:1]).push(invite=platform == "billit").exit_code == 0
        heard: dict[str, Any] = {}
        chance = random.Random(0)

        def listen(path: str, document: Any) -> Any:
            heard[path] = json.loads(json.dumps(document))
            return document

        with faulty(url, Faults(rewrite=listen)) as address:
            World(address, tmp_path, platform).asked(take_snapshot)
        for path, document in heard.items():
            for at in range(len(places(document))):
                for value in chance.sample(VALUES, 4):
                    changed = json.loads(json.dumps(document))
                    inside, key = places(changed)[at]
                    inside[key] = value

                    def lie(exchange: Exchange, path: str = path, changed: Any = changed) -> tuple[Any, ...] | None:
                        return (200, changed) if exchange.path == path else None

                    with faulty(url, Faults(lie=lie)) as address:
                        ends.add(ended(World(address, tmp_path, platform), take_snapshot))
    assert ends <= {
        "done",
        "not_the_api",
        "connection.which_space",
        "credentials.no_space",
        "connection.not_the_api",
        "credentials.forbidden",
    }


def test_what_is_answered_to_writing_is_never_a_defect(tmp_path: Path) -> None:
    answers = [said for said in WHOLE.values() if len(said[1]) < 2**20] + [(200, {"id": value}) for value in VALUES]
    faults = Faults()
    with running() as url, faulty(url, faults) as address:
        for number, said in enumerate(answers):

            def lie(exchange: Exchange, said: tuple[Any, ...] = said) -> tuple[Any, ...] | None:
                return said if exchange.method == "POST" and "/oauth2/" not in exchange.path else None

            faults.lie = lie
            home = tmp_path / str(number)
            home.mkdir()
            run: RunResult = World(address, home, rows=ROWS["banqup-partner"][:1]).push(invite=True)
            assert run.exit_code in (0, 1, 2, 3, 5)
            assert run.stop_reason is None or run.stop_reason.code in (
                "not_the_api",
                "platform_down",
                "connection.not_the_api",
            )
            assert mails(url) == []


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x16\x03\x01\x00\x05", b"HTTP/1.1 OK\r\n\r\n", b"220 mail ready\r\n"]
)
def test_what_speaks_no_http_is_said_to_be_another_api(tmp_path: Path, said: bytes) -> None:
    class Speaking(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(said)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaking) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        with pytest.raises(PlatformUnreachable) as stopped:
            World(f"http://127.0.0.1:{server.server_address[1]}", tmp_path).asked(take_snapshot)
        server.shutdown()
        thread.join()
    assert stopped.value.code == "not_the_api"
