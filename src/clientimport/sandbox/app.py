"""The application: every platform under its id, the sandbox's own addresses beside them."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from clientimport.sandbox import answering
from clientimport.sandbox.accounton import Accounton
from clientimport.sandbox.banqup import Banqup
from clientimport.sandbox.billit import Billit
from clientimport.sandbox.console import CONSOLE_BE, CONSOLE_LU
from clientimport.sandbox.control import Control
from clientimport.sandbox.pace import Pace
from clientimport.sandbox.partner import PARTNER
from clientimport.sandbox.partner_space import PartnerSpace, template
from clientimport.sandbox.personal_tax import ACCOUNTON
from clientimport.sandbox.platform import Platform
from clientimport.sandbox.registered_company import BILLIT
from clientimport.sandbox.registers.smp import MetadataPublisher
from clientimport.sandbox.registers.vies import Vies
from clientimport.sandbox.signing_in import Tokens
from clientimport.sandbox.world import OFFICES, World, account_of

PLATFORMS = {platform.id: platform for platform in (PARTNER, CONSOLE_BE, CONSOLE_LU, ACCOUNTON, BILLIT)}


def build(world: World) -> Starlette:
    """Return the application over an open store, its lists filled in."""
    _fill(world)
    pace = Pace(world)

    def mount(platform: Platform, routes: Iterable[Route], say: answering.Say) -> Mount:
        paced = [pace.route(route, platform.id) for route in routes]
        return Mount(f"/{platform.id}", Starlette(routes=paced, exception_handlers=answering.handlers(say)))

    partner, console_be, console_lu = (
        Banqup(world, platform, Tokens(world)) for platform in (PARTNER, CONSOLE_BE, CONSOLE_LU)
    )
    by_banqup = answering.banqup(world)
    partner_space = [*partner.routes(), *partner.sending("invitations"), *PartnerSpace(partner).routes()]
    control = Starlette(
        routes=Control(world, PLATFORMS).routes(), exception_handlers=answering.handlers(answering.accounton)
    )
    return Starlette(
        routes=[
            mount(PARTNER, partner_space, by_banqup),
            mount(CONSOLE_BE, [*console_be.routes(), *console_be.sending("invitations")], by_banqup),
            mount(CONSOLE_LU, [*console_lu.routes(), *console_lu.sending("provisioning")], by_banqup),
            mount(ACCOUNTON, Accounton(world).routes(), answering.accounton),
            mount(BILLIT, Billit(world).routes(), answering.accounton),
            Mount("/vies", routes=Vies(world).routes()),
            Mount("/smp", routes=MetadataPublisher(world).routes()),
            Mount("/_sandbox", control),
        ]
    )


def _fill(world: World) -> None:
    """Give every office the configuration templates: of the setup file where there is one, else once."""
    if not (world.store.fresh or world.options.setup):
        return
    names = world.setup.configurations
    kept = {name: template({"name": name, "default": name == names[0]}) for name in names}
    with world.store.transaction():
        for office in OFFICES:
            world.store.keep_configurations(account_of(PARTNER.id, office), kept)
