"""The proxy of an office: asked for a tunnel, told nothing, and never used on this machine."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from clientimport.connectors import connect
from clientimport.connectors.http.proxy import proxy_address, proxy_for
from clientimport.connectors.protocol import AnswerLost
from clientimport.errors import PlatformUnreachable, SettingsUnusable
from clientimport.model.connection import Connection
from clientimport.schema.loader import load_schema
from push_world import patient_clock

URL = "https://api.platform.example/v1"
SECRET = "s3cr3t-of-the-office"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no"):
        for spelt in (f"{name}_proxy", f"{name}_proxy".upper()):
            monkeypatch.delenv(spelt, raising=False)


@contextmanager
def proxy(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Be a proxy that says `answer` to a request and hangs up on what follows; yields its address and what it saw."""
    seen: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                seen.append(line.recv(65536))
                line.sendall(answer)
                if b" 200 " in answer:
                    seen.append(line.recv(65536))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def asked(url: str) -> Exception:
    """Return why a platform at this address could not be asked who we are."""

    async def ask() -> Exception:
        connection = Connection("office", "banqup-partner", url, "id-of-the-office")
        connector = connect(load_schema("banqup-partner"), connection, SECRET, patient_clock(), 5)
        try:
            await connector.account()
        except (PlatformUnreachable, AnswerLost, SettingsUnusable) as error:
            return error
        finally:
            await connector.close()
        raise AssertionError

    return asyncio.run(ask())


def test_a_proxy_is_asked_for_a_tunnel_and_sees_nothing_but_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy(b"HTTP/1.1 200 Connection established\r\n\r\n") as (address, seen):
        monkeypatch.setenv("HTTPS_PROXY", address)
        asked(URL)
    assert seen[0].startswith(b"CONNECT api.platform.example:443 ")
    assert seen[1][:2] == b"\x16\x03"  # the beginning of TLS
    everything = b"".join(seen)
    assert SECRET.encode() not in everything
    assert b"id-of-the-office" not in everything
    assert b"uthorization" not in everything


@pytest.mark.parametrize("status", [b"407 Proxy Authentication Required", b"403 Forbidden", b"502 Bad Gateway"])
def test_a_proxy_that_does_not_let_us_through_is_named(status: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n") as (address, _):
        monkeypatch.setenv("HTTPS_PROXY", address.replace("//", "//ann:geheim@"))
        error = asked(URL)
    assert isinstance(error, PlatformUnreachable)
    assert (error.code, error.exit_code) == ("proxy", 3)
    assert error.facts["status"] == status.decode()[:3]
    assert "geheim" not in str(error)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("https_proxy", address)
    error = asked(URL)
    assert isinstance(error, PlatformUnreachable)
    assert (error.code, error.facts["proxy"]) == ("proxy", address.removeprefix("http://"))


def test_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example:8080")
    for url in ("http://127.0.0.1:8080/x", "https://localhost/x", "http://[::1]:1/x"):
        assert proxy_for(url) is None


def test_the_variables_are_those_that_everybody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for(URL) is None
    monkeypatch.setenv("HTTP_PROXY", "http://plain.example:1")
    assert proxy_for(URL) is None  # of addresses that are not encrypted, and there are none
    monkeypatch.setenv("ALL_PROXY", "http://all.example:2")
    assert proxy_for(URL) == "http://all.example:2"
    monkeypatch.setenv("HTTPS_PROXY", "office.example:3")
    assert proxy_for(URL) == "http://office.example:3"
    for without in ("api.platform.example", ".platform.example", "other.example, platform.example", "*"):
        monkeypatch.setenv("NO_PROXY", without)
        assert proxy_for(URL) is None
    monkeypatch.setenv("NO_PROXY", "form.example")
    assert proxy_for(URL) is not None


@pytest.mark.parametrize("address", ["socks5://proxy.example:1080", "http://proxy.example:port", "http://"])
def test_what_is_no_http_proxy_is_said_as_such(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(SettingsUnusable, match=r"proxy\.unusable"):
        proxy_for(URL)


def test_a_proxy_is_shown_without_its_password() -> None:
    assert proxy_address("http://ann:geheim@proxy.example:8080") == "proxy.example:8080"
