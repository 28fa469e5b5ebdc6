"""A proxy that breaks connections: before a request reached the platform, after it was carried out, half way back.

An answer may also hang, be cut after so many bytes or say something else, and a request may land too late.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

INSTEAD: dict[str, tuple[int, dict[str, str], bytes]] = {
    "status": (503, {"Content-Type": "text/html"}, b"<html>sorry</html>"),
    "html": (200, {"Content-Type": "text/html"}, b"<html>sorry</html>"),
    "revoked": (401, {"Content-Type": "application/json"}, b"{}"),
    "refusal": (400, {"Content-Type": "application/json"}, b'{"detail": "odd"}'),
}
"""What is answered to a request that does not reach the platform."""
HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


@dataclass(frozen=True)
class Exchange:
    """A request on its way to the platform."""

    method: str
    path: str
    body: Any
    """Its JSON, None where it has none."""
    ask: Callable[[str, str, Any], tuple[int, Any]]
    """Asks the platform something else, with the same credentials."""


@dataclass
class Faults:
    """Which request goes wrong, and how. Requests are counted from 1, over all connections."""

    at: int = 0
    kind: str = ""
    """before, after, half, cut, hang, late, saved, status, html, refusal, revoked, echo, or empty: nothing does."""
    from_then_on: bool = False
    """Whether the platform stays away after that."""
    then: str = "before"
    """What happens to every request from then on."""
    bytes: int = 0
    """For cut: how much of the answer comes through."""
    failed_key: str = ""
    """For saved: the key under which the platform replays its failure."""
    rewrite: Callable[[str, Any], Any] | None = None
    """Makes another JSON of each answer to a path that is read."""
    lie: Callable[[Exchange], tuple[Any, ...] | None] | None = None
    """Says something else than the platform: status, JSON or bytes, and headers; None lets the platform speak."""
    secret: str = ""
    """What the other side gives as its secret; the platform gets `demo` instead."""
    tokens: list[str] = field(default_factory=list)
    """The tokens that the platform gave out."""
    echo: Callable[[Mapping[str, str]], str] | None = None
    """For echo: makes the reason of a refusal from the headers of the request."""
    held: list[Callable[[], object]] = field(default_factory=list)
    """For late: what makes the requests arrive after all."""
    writes_only: bool = False
    """Count only what changes something."""
    act: Callable[[], None] | None = None
    """Done at that moment, for example a kill."""
    count: int = 0
    due: bool = False
    """Whether the moment has come and nothing was done yet."""
    log: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, method: str, path: str) -> str:
        """Return what goes wrong with this request."""
        with self.lock:
            if self.writes_only and (method == "GET" or "/oauth2/" in path):
                return self.then if self.from_then_on and self.count >= self.at > 0 else ""
            self.count += 1
            self.log.append(f"{method} {path}")
            if self.count == self.at:
                self.due = True
                return self.kind
            return self.then if self.from_then_on and self.count > self.at > 0 else ""


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, target: str, faults: Faults) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target)
        self.faults = faults


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # each answer would take 40 ms otherwise
    server: _Proxy

    def handle_any(self) -> None:
        body, faults = self.rfile.read(int(self.headers.get("Content-Length") or 0)), self.server.faults
        fault = faults.next(self.command, self.path)
        if fault == "saved":
            faults.failed_key = self.headers["Idempotency-Key"]
        lied = self._lie(body)
        if lied is not None:
            self._send(*lied)
        elif faults.failed_key and self.headers["Idempotency-Key"] == faults.failed_key:
            self._send(500, {}, b"")
        elif fault in INSTEAD:
            self._send(*INSTEAD[fault])
        elif fault == "echo":
            assert faults.echo is not None
            said = json.dumps({"detail": faults.echo(dict(self.headers.items()))})
            self._send(400, {"Content-Type": "application/json"}, said.encode())
        elif fault in ("before", "late"):
            if fault == "late":
                faults.held.append(lambda: self._forwarded(body))
            self._hit()
            self.close_connection = True
        else:
            self._answered(fault, *self._forwarded(body))

    def _lie(self, body: bytes) -> tuple[int, dict[str, str], bytes] | None:
        lie = self.server.faults.lie
        said = None if lie is None else lie(Exchange(self.command, self.path, _json(body), self._ask))
        if said is None:
            return None
        status, content, *headers = said
        whole = content if isinstance(content, bytes) else json.dumps(content).encode()
        return status, headers[0] if headers else {"Content-Type": "application/json"}, whole

    def _ask(self, method: str, path: str, document: Any) -> tuple[int, Any]:
        body = b"" if document is None else json.dumps(document).encode()
        status, _, content = self._forwarded(body, method, path)
        return status, _json(content)

    def _answered(self, fault: str, status: int, headers: dict[str, str], content: bytes) -> None:
        faults = self.server.faults
        if fault:
            self._hit()
        if self.command == "GET" and faults.rewrite is not None:
            content = json.dumps(faults.rewrite(self.path, json.loads(content))).encode()
        if fault == "hang":
            self.rfile.read(1)  # until the other side gives up
        if fault == "cut":
            whole = f"HTTP/1.1 {status} -\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
            self.wfile.write(whole[: faults.bytes])
        if fault in ("after", "hang", "cut"):
            self.close_connection = True
        else:
            self._send(status, headers, content, half=fault == "half")

    def _hit(self) -> None:
        faults = self.server.faults
        with faults.lock:
            due, faults.due = faults.due, False
        if due and faults.act is not None:
            faults.act()

    def _forwarded(self, body: bytes, method: str = "", path: str = "") -> tuple[int, dict[str, str], bytes]:
        upstream = http.client.HTTPConnection(self.server.target.hostname or "", self.server.target.port, timeout=10)
        try:
            known = self.server.faults.secret
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            if known:
                headers = {name: value.replace(known, "demo") for name, value in headers.items()}
                body = body.replace(known.encode(), b"demo")
            upstream.request(method or self.command, path or self.path, body or None, headers)
            answer = upstream.getresponse()
            content = answer.read()
            if "/oauth2/" in self.path:
                self.server.faults.tokens.append(str(json.loads(content).get("access_token", "none")))
            return answer.status, dict(answer.getheaders()), content
        finally:
            upstream.close()

    def _send(self, status: int, headers: dict[str, str], content: bytes, *, half: bool = False) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if half else content)
        self.close_connection = self.close_connection or half

    do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815 -- http.server's names

    def log_message(self, *_: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


@contextmanager
def faulty(target: str, faults: Faults) -> Iterator[str]:
    """Yield the address of a proxy to `target` in which `faults` happen."""
    server = _Proxy(target, faults)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
