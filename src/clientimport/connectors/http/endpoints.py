"""Endpoints: the method and path of each action of a platform's API, as its schema and the connection state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from clientimport.connectors.http.client import Request
from clientimport.errors import SchemaUnusable, UsageError
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import ApiDescription


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Paths by action. A path may begin with a method of its own (`PUT /clients/{client_id}/invite`)."""

    paths: Mapping[str, str]

    @classmethod
    def for_connection(cls, api: ApiDescription, connection: Connection) -> Endpoints:
        """Return the schema's paths, and the connection's own where they differ."""
        return cls({**api.paths, **connection.paths})

    def path(self, action: str, **ids: str) -> str:
        """Return the path of `action` with its ids filled in. Raises SchemaUnusable, UsageError for an id that is none.

        >>> Endpoints({"client": "/clients/{client_id}"}).path("client", client_id="a/b")
        '/clients/a%2Fb'
        """
        return self._split(action, ids)[1]

    def request(self, method: str, action: str, key: str | None = None, json: object = None, **ids: str) -> Request:
        """Return the request of `action`; a method that its path names goes before `method`."""
        stated, path = self._split(action, ids)
        return Request(stated or method, path, json=json, key=key)

    def _split(self, action: str, ids: Mapping[str, str]) -> tuple[str, str]:
        for value in ids.values():
            if value.strip() in ("", ".", ".."):  # it would lead to what is above it
                raise UsageError("platform.no_such_name", name=value)
        template = self.paths.get(action, "")
        method, _, path = template.rpartition(" ")
        try:
            filled = path.format_map({name: quote(value, safe="") for name, value in ids.items()})
        except (KeyError, ValueError, IndexError) as error:
            raise SchemaUnusable("schema.bad_path", action=action, path=template) from error
        if not filled.startswith("/") or filled.startswith("//"):
            raise SchemaUnusable("schema.bad_path", action=action, path=template)
        return method.upper(), filled
