"""A dialect: one platform's API as the sandbox serves it. Each folder that names `DIALECTS` brings its own."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.server_state import ServerState


class DialectApi(Protocol):
    """What a dialect answers, and in which shape it reports an error."""

    def routes(self) -> list[Route]:
        """Return the endpoints, their paths below the platform's id."""
        ...

    def error_response(self, request: Request, error: ApiError) -> Response:
        """Return an error in the platform's own words and shape."""
        ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """One platform of the sandbox: its rules and its endpoints."""

    rules: PlatformRules
    api: Callable[[ServerState], DialectApi]
    seed: Callable[[ServerState], None] | None = None
    """Write what a new database has from the start."""


def find_dialects() -> Mapping[str, Dialect]:
    """Return every dialect by its platform's id, in alphabetical order."""
    folder = str(Path(__file__).parent)
    packages = (module.name for module in pkgutil.iter_modules([folder]) if module.ispkg)
    dialects = [
        dialect
        for package in packages
        for dialect in getattr(import_module(f"clientimport.sandbox.{package}"), "DIALECTS", ())
    ]
    return MappingProxyType(
        {dialect.rules.id: dialect for dialect in sorted(dialects, key=lambda dialect: dialect.rules.id)}
    )
