"""A server that behaves as AdminPulse's documentation and the public code that calls it say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@contextmanager
def adminpulse_server(relations: Sequence[dict[str, Any]], *, too_many: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Yield its address and what it was asked; the first `too_many` calls are put off."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, content = self.answer()
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def answer(self) -> tuple[int, object]:
            if self.headers.get("Authorization") != "Bearer key":
                return 401, {"message": "token missing or invalid"}
            if len(asked) <= too_many:
                return 429, {"message": "too many calls"}
            parts = urlsplit(self.path)
            if parts.path != "/relations":
                return 404, {}
            query = parse_qs(parts.query)
            page, size = int(query["page"][0]), int(query["pageSize"][0])
            if size > 400:
                return 400, {"message": "pageSize"}
            here = relations[page * size : (page + 1) * size]
            return 200, {"results": here, "pageCount": -(-len(relations) // size), "page": page}

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
