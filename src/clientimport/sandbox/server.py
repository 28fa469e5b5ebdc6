"""The HTTP server on 127.0.0.1: in a thread for tests and the demo, or in the foreground until a signal."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime

import uvicorn

from clientimport.errors import UsageError
from clientimport.model.termination_signals import TERMINATION_SIGNALS, handle_signals
from clientimport.sandbox import SandboxOptions
from clientimport.sandbox.app import build_app
from clientimport.sandbox.registers import dns
from clientimport.sandbox.seed_data import read_seed_data
from clientimport.sandbox.server_state import ServerState
from clientimport.sandbox.store import Store

HOST = "127.0.0.1"
_TRIES = 10
"""How many free ports are tried for one whose number is free for DNS, too."""
_SHUTDOWN_SECONDS = 2  # for requests that are being answered; chosen, not measured


def serve(options: SandboxOptions, port: int, ready: Callable[[str], object], now: Callable[[], datetime]) -> None:
    """Serve until SIGTERM; Ctrl-C raises KeyboardInterrupt after a clean stop."""
    with _configured_server(options, port, now) as (server, listener):

        def stop(*_: object) -> None:
            server.should_exit = True

        # uvicorn raises the signal again once it has stopped; this handler makes SIGTERM an ordinary end.
        with handle_signals(TERMINATION_SIGNALS, stop):
            ready(_url(listener))
            server.run([listener])


@contextmanager
def running(options: SandboxOptions, now: Callable[[], datetime]) -> Iterator[str]:
    """Serve in a thread and yield the base URL; requests wait in the socket's queue until the thread is up."""
    with _configured_server(options, 0, now) as (server, listener):
        url = _url(listener)
        thread = threading.Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _configured_server(
    options: SandboxOptions, port: int, now: Callable[[], datetime]
) -> Iterator[tuple[uvicorn.Server, socket.socket]]:
    seed_data = read_seed_data(options.setup)
    listener, dns_listener = _open_listeners(port)
    with (
        closing(listener),
        closing(dns_listener),
        closing(Store(options.database)) as store,
        dns.answering(dns_listener, seed_data.registers, f"{_url(listener)}/smp"),
    ):
        config = uvicorn.Config(
            build_app(ServerState(store, seed_data, options, now)),
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
        yield uvicorn.Server(config), listener


def _open_listeners(port: int) -> tuple[socket.socket, socket.socket]:
    """Return what HTTP and what DNS listens on, under one number."""
    for tries_left in reversed(range(_TRIES)):
        listener = _open_listener(port)
        try:
            return listener, _open_dns_listener(listener.getsockname()[1])
        except OSError as error:
            listener.close()
            if port or not tries_left:
                raise UsageError("sandbox.port_unusable", port=port, reason=error) from error
    raise AssertionError


def _open_dns_listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def _open_listener(port: int) -> socket.socket:
    try:
        listener = socket.create_server((HOST, port), backlog=1024)
        # asyncio does this only for sockets made with a protocol number; without it each answer takes 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, OverflowError) as error:
        raise UsageError("sandbox.port_unusable", port=port, reason=error) from error
    return listener


def _url(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"
