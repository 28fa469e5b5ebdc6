"""The dialects of Banqup: the Partner Space and the Consoles of Belgium and Luxembourg."""

from __future__ import annotations

from clientimport.sandbox.authentication import Tokens
from clientimport.sandbox.banqup.console_rules import CONSOLE_BE, CONSOLE_LU
from clientimport.sandbox.banqup.partner_routes import PartnerRoutes, seed_templates
from clientimport.sandbox.banqup.partner_rules import PARTNER
from clientimport.sandbox.banqup.routes import BanqupRoutes
from clientimport.sandbox.dialect import Dialect

DIALECTS = (
    Dialect(PARTNER, lambda state: PartnerRoutes(BanqupRoutes(state, PARTNER, Tokens(state))), seed_templates),
    Dialect(CONSOLE_BE, lambda state: BanqupRoutes(state, CONSOLE_BE, Tokens(state))),
    Dialect(CONSOLE_LU, lambda state: BanqupRoutes(state, CONSOLE_LU, Tokens(state), "provisioning")),
)
