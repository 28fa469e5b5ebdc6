"""Source systems: programs of an office from which the clients are read, by the name that `pull` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clientimport.connectors.sources.adminpulse import adminpulse
from clientimport.connectors.sources.protocol import ClientSource
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection

SOURCES: Mapping[str, Callable[[Connection, str, Clock], ClientSource]] = {"adminpulse": adminpulse}
"""Every source system by its name; another one is a module here and its names in data."""
ADDRESSES = {"adminpulse": "https://api.adminpulse.be"}
"""The address of each, unless a connection of its name has another."""
WITHOUT_PUBLIC_API = ("admin-consult", "admin-is")
"""Systems that have an API whose reference is not public: https://www.caseware.be/knowledge/admin-is-/-admin-consult."""
