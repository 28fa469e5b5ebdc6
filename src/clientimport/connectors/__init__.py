"""Platforms: the connector of each, loaded only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema

MODULES = {
    "banqup-partner": "banqup_partner",
    "banqup-console-be": "banqup_console",
    "banqup-console-lu": "banqup_console",
    "accounton": "accounton",
    "billit": "billit",
}
"""Platform id -> the module with its `connector`."""

TIMEOUT = 30.0
"""Seconds without a byte after which an answer counts as lost."""

Open = Callable[[PlatformSchema, Connection, str, Clock, float], Connector]


def connect(
    schema: PlatformSchema, connection: Connection, secret: str, clock: Clock | None = None, timeout: float = TIMEOUT
) -> Connector:
    """Return the connector of `connection`; nothing is asked of the platform yet. Close it when done.

    Raises UsageError for a platform without an API.
    """
    name = MODULES.get(schema.id)
    if name is None or schema.api is None:
        raise UsageError("platform.no_api", platform=schema.id)
    module = import_module(f"clientimport.connectors.{name}")
    open_: Open = module.connector
    return open_(schema, connection, secret, clock or Clock(), timeout)
