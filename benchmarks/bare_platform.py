"""A platform that keeps nothing and answers at once, or after so many milliseconds.

It speaks as much of Partner Space as a push needs. `GET /_bench` tells how many writes came, and within how many
seconds.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

_SPACE = "/partnerstore/v1/spaces/s"


@dataclass
class Writes:
    """The writes since they were last asked for."""

    latency: float
    """Seconds."""
    count: int = 0
    first: float = 0.0
    last: float = 0.0

    async def write(self, _: Request) -> JSONResponse:
        """Count one."""
        self.last = time.perf_counter()
        self.first = self.first if self.count else self.last
        self.count += 1
        number = self.count
        if self.latency:
            await asyncio.sleep(self.latency)
        return JSONResponse({"id": str(number)}, 201)

    async def totals(self, _: Request) -> JSONResponse:
        """Return the totals and reset them."""
        totals = {"writes": self.count, "seconds": self.last - self.first}
        self.count = 0
        return JSONResponse(totals)


def answering(path: str, method: str, content: object) -> Route:
    """Return a route that always says the same."""

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(content)

    return Route(path, answer, methods=[method])


def application(latency: float) -> Starlette:
    """Return the platform."""
    writes = Writes(latency)
    partner = [
        answering("/oauth2/client_credential/gettoken", "POST", {"access_token": "T", "expires_in": 36000}),
        answering("/entitystore/v1/spaces", "GET", {"spaces": [{"id": "s", "name": "Bare"}]}),
        answering(f"{_SPACE}/users", "GET", {"users": []}),
        answering(f"{_SPACE}/configuration-templates", "GET", {"configurationTemplates": []}),
        answering(f"{_SPACE}/clients", "GET", {"clients": [], "pageCount": 1}),
        Route(f"{_SPACE}/clients", writes.write, methods=["POST"]),
        Route(f"{_SPACE}/clients/{{client}}/invitations", writes.write, methods=["POST"]),
    ]
    return Starlette(routes=[Route("/_bench", writes.totals), Mount("/banqup-partner", Starlette(routes=partner))])


def serve(latency: float) -> None:
    """Serve on a free port, printed, until killed."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(application(latency), http="h11", loop="asyncio", lifespan="off", access_log=False)
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    serve(float(sys.argv[1]) / 1000)
