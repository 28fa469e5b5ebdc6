"""The application: every platform under its id, the sandbox's own endpoints beside them."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import Mount

from clientimport.sandbox.admin_api import AdminApi
from clientimport.sandbox.dialect import Dialect, find_dialects
from clientimport.sandbox.error_responses import error_handlers, message_response
from clientimport.sandbox.rate_limit import RequestLimit
from clientimport.sandbox.registers.smp import MetadataPublisher
from clientimport.sandbox.registers.vies import Vies
from clientimport.sandbox.server_state import ServerState


def build_app(state: ServerState) -> Starlette:
    """Return the application over an open store, filled with the seed data when it is new."""
    dialects = find_dialects()
    limit = RequestLimit(state)
    if state.store.is_new or state.options.setup:
        _seed(state, dialects.values())
    admin = AdminApi(state, {platform: dialect.rules for platform, dialect in dialects.items()})
    return Starlette(
        routes=[
            *(_mount(dialect, state, limit) for dialect in dialects.values()),
            Mount("/vies", routes=Vies(state).routes()),
            Mount("/smp", routes=MetadataPublisher(state).routes()),
            Mount("/_sandbox", Starlette(routes=admin.routes(), exception_handlers=error_handlers(message_response))),
        ]
    )


def _mount(dialect: Dialect, state: ServerState, limit: RequestLimit) -> Mount:
    platform, api = dialect.rules.id, dialect.api(state)
    routes = [limit.route(route, platform) for route in api.routes()]
    handlers = error_handlers(api.error_response)
    return Mount(f"/{platform}", Starlette(routes=routes, exception_handlers=handlers))


def _seed(state: ServerState, dialects: Iterable[Dialect]) -> None:
    for dialect in dialects:
        if dialect.seed:
            dialect.seed(state)
