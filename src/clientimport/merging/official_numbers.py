"""Official numbers: what somebody else gave out, by which a client is one and the same in every list."""

from __future__ import annotations

ALWAYS = ("company_number", "vat_number", "rcs_number", "national_register_number")
"""Numbers that somebody else gave out: the same one is the same client. The strongest first."""
NEVER_TWO = ("company_number", "national_register_number")
"""Two different ones are two clients, also where everything else agrees."""
