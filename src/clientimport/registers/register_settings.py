"""What a person says about the registers in config.toml, under `[registers]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientimport.registers.exchange import may_be_asked
from clientimport.registers.peppol.lookup import PeppolNetwork
from clientimport.registers.peppol.participant import ZONE
from clientimport.registers.vies.check import SERVICE, ViesService
from clientimport.registers.vies.vies_answer import MEMBERS

_VAT_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,12}")
_ZONE = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?")
_SERVER = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """Where the registers are asked, and as whom; the real ones unless said otherwise."""

    vies_url: str = SERVICE
    peppol_zone: str = ZONE
    peppol_dns: str = ""
    """HOST:PORT of a DNS server; empty asks the system's own."""
    requester: str = ""
    """The VAT number of who asks VIES, for a consultation number."""
    own_access_point: str = ""
    """The access point at which clients are meant to be; without it none is elsewhere."""

    @property
    def vies(self) -> ViesService:
        """Where VIES is, and who asks."""
        return ViesService(self.vies_url.rstrip("/"), compact_vat_number(self.requester))

    @property
    def peppol(self) -> PeppolNetwork:
        """Where participants are looked up."""
        return PeppolNetwork(self.peppol_zone.rstrip("."), self.peppol_dns)

    def unusable(self) -> tuple[str, ...]:
        """Return the keys whose values cannot be what they should."""
        requester = compact_vat_number(self.requester)
        usable = {
            "vies_url": may_be_asked(self.vies_url),
            "peppol_zone": bool(_ZONE.fullmatch(self.peppol_zone)),
            "peppol_dns": not self.peppol_dns or bool(_SERVER.fullmatch(self.peppol_dns)),
            "requester": not requester or (bool(_VAT_NUMBER.fullmatch(requester)) and requester[:2] in MEMBERS),
        }
        return tuple(key for key, is_usable in usable.items() if not is_usable)


def compact_vat_number(text: str) -> str:
    """Return a VAT number without what people put between its digits.

    >>> compact_vat_number("be 0403.019.261")
    'BE0403019261'
    """
    return re.sub(r"[\s.\-/]", "", text).upper()
