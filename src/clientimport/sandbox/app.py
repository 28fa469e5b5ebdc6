"""The application: every platform under its id, the sandbox's own addresses beside them."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from clientimport.sandbox import error_responses
from clientimport.sandbox.accounton.routes import AccountonRoutes
from clientimport.sandbox.accounton.rules import ACCOUNTON
from clientimport.sandbox.admin_api import AdminApi
from clientimport.sandbox.authentication import Tokens
from clientimport.sandbox.banqup.console_rules import CONSOLE_BE, CONSOLE_LU
from clientimport.sandbox.banqup.partner_routes import PartnerRoutes, template
from clientimport.sandbox.banqup.partner_rules import PARTNER
from clientimport.sandbox.banqup.routes import BanqupRoutes
from clientimport.sandbox.billit.routes import BillitRoutes
from clientimport.sandbox.billit.rules import BILLIT
from clientimport.sandbox.platform_rules import PlatformRules
from clientimport.sandbox.rate_limit import RequestLimit
from clientimport.sandbox.registers.smp import MetadataPublisher
from clientimport.sandbox.registers.vies import Vies
from clientimport.sandbox.server_state import OFFICES, ServerState, account_of

PLATFORMS = {platform.id: platform for platform in (PARTNER, CONSOLE_BE, CONSOLE_LU, ACCOUNTON, BILLIT)}


def build(world: ServerState) -> Starlette:
    """Return the application over an open store, its lists filled in."""
    _fill(world)
    pace = RequestLimit(world)

    def mount(platform: PlatformRules, routes: Iterable[Route], say: error_responses.Say) -> Mount:
        paced = [pace.route(route, platform.id) for route in routes]
        return Mount(f"/{platform.id}", Starlette(routes=paced, exception_handlers=error_responses.handlers(say)))

    partner, console_be, console_lu = (
        BanqupRoutes(world, platform, Tokens(world)) for platform in (PARTNER, CONSOLE_BE, CONSOLE_LU)
    )
    by_banqup = error_responses.banqup(world)
    partner_space = [*partner.routes(), *partner.sending("invitations"), *PartnerRoutes(partner).routes()]
    control = Starlette(
        routes=AdminApi(world, PLATFORMS).routes(),
        exception_handlers=error_responses.handlers(error_responses.accounton),
    )
    return Starlette(
        routes=[
            mount(PARTNER, partner_space, by_banqup),
            mount(CONSOLE_BE, [*console_be.routes(), *console_be.sending("invitations")], by_banqup),
            mount(CONSOLE_LU, [*console_lu.routes(), *console_lu.sending("provisioning")], by_banqup),
            mount(ACCOUNTON, AccountonRoutes(world).routes(), error_responses.accounton),
            mount(BILLIT, BillitRoutes(world).routes(), error_responses.accounton),
            Mount("/vies", routes=Vies(world).routes()),
            Mount("/smp", routes=MetadataPublisher(world).routes()),
            Mount("/_sandbox", control),
        ]
    )


def _fill(world: ServerState) -> None:
    """Give every office the configuration templates: of the setup file where there is one, else once."""
    if not (world.store.fresh or world.options.setup):
        return
    names = world.setup.configurations
    kept = {name: template({"name": name, "default": name == names[0]}) for name in names}
    with world.store.transaction():
        for office in OFFICES:
            world.store.keep_configurations(account_of(PARTNER.id, office), kept)
