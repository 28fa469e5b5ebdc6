"""Platforms: the connector of each, found by the `api.connector` of its schema and loaded only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from clientimport.connectors.protocol import Connector
from clientimport.errors import SchemaUnusable, UsageError
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema

TIMEOUT = 30.0
"""Seconds without a byte after which an answer counts as lost. Chosen, not measured."""

OpenConnector = Callable[[PlatformSchema, Connection, str, Clock, float], Connector]
"""Returns the connector of one account, given its secret and a timeout; nothing is asked of the platform yet."""


def connect(
    schema: PlatformSchema, connection: Connection, secret: str, clock: Clock | None = None, timeout: float = TIMEOUT
) -> Connector:
    """Return the connector of `connection`; nothing is asked of the platform yet. Close it when done.

    Raises UsageError for a platform without an API.
    """
    open_connector = cast("OpenConnector", connector_class(schema))
    return open_connector(schema, connection, secret, clock or Clock(), timeout)


def connector_class(schema: PlatformSchema) -> type[Connector]:
    """Return the class that a platform's module has under the name CONNECTOR; it is called as OpenConnector.

    Raises UsageError for a platform without an API, SchemaUnusable where its schema names no module.
    """
    if schema.api is None:
        raise UsageError("platform.no_api", platform=schema.id)
    module = schema.api.connector
    if not module.isidentifier() or find_spec(f"{__name__}.{module}") is None:
        raise SchemaUnusable("schema.unknown_name", where=f"{schema.id}, api.connector", name=module, meant="–")
    return cast("type[Connector]", import_module(f"{__name__}.{module}").CONNECTOR)


def offers(schema: PlatformSchema, capability: type) -> bool:
    """Return whether the connector of a platform has one of the optional protocols."""
    return schema.api is not None and issubclass(connector_class(schema), capability)
