"""The embedded platform: every platform's API on this machine, to try things out without real clients.

It is written from the platforms' own pages and knows nothing of the importer's checks, so that it can disprove them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from clientimport.errors import UsageError


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How the platform behaves."""

    database: Path | None = None
    """The file of its database; None is a database in memory."""
    setup: Path | None = None
    """A TOML file with the lists that exist from the start, see seed_data.py."""
    latency_ms: int = 0
    rate_limit: int | None = None
    """Requests per minute; None is no limit."""
    token_lifetime: int = 300
    """Seconds."""
    idempotency: bool = True
    allow_duplicates: bool = False
    strict_users: bool = False
    """Whether a responsible colleague must be one of its users."""


def utc_now() -> datetime:
    """Return the time by which tokens expire and requests are counted."""
    return datetime.now(UTC)


def serve(options: SandboxOptions, port: int, ready: Callable[[str], object]) -> None:
    """Serve on 127.0.0.1:`port` (0 takes a free one) until SIGTERM; `ready` gets the base URL once the server listens.

    Ctrl-C raises KeyboardInterrupt after a clean stop. Raises UsageError (port taken, extra missing) and
    SettingsUnusable (setup or database).
    """
    _server().serve(options, port, ready, utc_now)


@contextmanager
def running(options: SandboxOptions | None = None, now: Callable[[], datetime] = utc_now) -> Iterator[str]:
    """Serve in a thread for as long as the context lasts, and yield the base URL, `http://127.0.0.1:PORT`.

    Raises like `serve`.
    """
    with _server().running(options or SandboxOptions(), now) as url:
        yield url


def dialects() -> tuple[str, ...]:
    """Return the ids of the platforms whose API the sandbox speaks. Raises UsageError when the extra is missing."""
    return tuple(_import_module("dialect").find_dialects())


def _server() -> ModuleType:
    return _import_module("server")


def _import_module(module: str) -> ModuleType:
    try:
        return import_module(f"clientimport.sandbox.{module}")  # starlette and uvicorn: 0.3 s
    except ModuleNotFoundError as error:
        raise UsageError("sandbox.extra_missing", extra="sandbox") from error
