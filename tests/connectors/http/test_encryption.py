"""Over https only with a certificate that this computer trusts for this name; else not one byte of a secret leaves."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from clientimport.connectors.http.client import HttpClient, Request
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.errors import SettingsUnusable
from clientimport.model.connection import Connection
from connectors.scripted import Script, scripted
from push_world import patient_clock


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """A certificate that somebody signed himself."""
    key, signed = tmp_path / "key.pem", tmp_path / "signed.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", signed], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    return context


@pytest.mark.openssl
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_certificate_nobody_vouches_for_ends_it_before_anything_is_said(
    certificate: ssl.SSLContext, host: str
) -> None:
    script = Script([(200, {}, "{}")])

    async def call(url: str) -> None:
        clock = patient_clock()
        session = HttpClient(Connection("office", "x", url, "me"), RateLimiter(2, 0, clock), clock, 1.0)
        try:
            await session.call(Request("POST", "/token", form={"client_secret": "hush"}, sign_in=True))
        finally:
            await session.close()

    with scripted(script, certificate) as url, pytest.raises(SettingsUnusable) as refused:
        asyncio.run(call(url.replace("127.0.0.1", host)))
    assert (refused.value.code, refused.value.facts["host"]) == ("connection.certificate", host)
    assert script.asked == []
