"""A VIES that answers as a test says: number -> status and body, a callable, or nothing at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, str], int], tuple[int, Any, dict[str, str]] | None]
"""Gets the question and how often this number was asked before; None hangs up without an answer."""


@dataclass
class Seen:
    """What was asked, and how many questions to one member state were ever under way at once."""

    url: str = ""
    questions: list[dict[str, str]] = field(default_factory=list)
    most_at_once: int = 0
    _open: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, question: dict[str, str]) -> int:
        """Note a question, and return how often it came before."""
        with self._lock:
            country = question["countryCode"]
            self._open[country] = self._open.get(country, 0) + 1
            self.most_at_once = max(self.most_at_once, self._open[country])
            before = sum(one["vatNumber"] == question["vatNumber"] for one in self.questions)
            self.questions.append(question)
            return before

    def end(self, question: dict[str, str]) -> None:
        """Note that it is answered."""
        with self._lock:
            self._open[question["countryCode"]] -= 1


def valid(question: dict[str, str], **other: Any) -> dict[str, Any]:
    """Return the answer about a valid number."""
    return {
        "countryCode": question["countryCode"],
        "vatNumber": question["vatNumber"],
        "requestDate": "2026-11-29T10:00:00.000Z",
        "valid": True,
        "requestIdentifier": "",
        "name": "---",
        "address": "---",
        **other,
    }


def refused(code: str) -> dict[str, Any]:
    """Return a refusal as VIES words it."""
    return {"actionSucceed": False, "errorWrappers": [{"error": code}]}


@contextmanager
def scripted_vies(script: Script) -> Iterator[Seen]:
    """Serve on loopback, and yield what was asked."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = script(question, seen.begin(question))
            seen.end(question)
            if answer is None:
                self.close_connection = True
                return
            status, body, headers = answer
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    seen.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
