"""A participant of Peppol: its identifier, and the name under which DNS knows it.

The policy for use of identifiers is at https://docs.peppol.eu/edelivery/.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import quote

ACTOR_SCHEME = "iso6523-actorid-upis"
ZONE = "participant.sml.prod.tech.peppol.org"
"""Where participants are since 19 March 2026; look-ups in the EC's zone stopped on 31 August 2026."""
BE_ENTERPRISE, BE_VAT, LU_VAT, LU_MATRICULE = "0208", "9925", "9938", "0240"
"""https://docs.peppol.eu/edelivery/codelists/, participant identifier schemes."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A code of four digits for a kind of number, and the number."""

    scheme: str
    value: str

    @property
    def id(self) -> str:
        """The identifier as people write it.

        >>> Participant("9925", "BE0403019261").id
        '9925:be0403019261'
        """
        return f"{self.scheme}:{self.value}".lower()

    def dns_name(self, zone: str = ZONE) -> str:
        """Return the name of its NAPTR record.

        >>> Participant("9915", "test").dns_name("zone.example")
        'eh5boavaktmbgzyh2a63dz4qov33fvp5nsdvqklucfraayoodw6a.iso6523-actorid-upis.zone.example'
        """
        digest = base64.b32encode(hashlib.sha256(self.id.encode()).digest())
        return f"{digest.decode().rstrip('=').lower()}.{ACTOR_SCHEME}.{zone}"

    @property
    def smp_path(self) -> str:
        """Return where a metadata publisher keeps it, below its own address.

        >>> Participant("0208", "0403019261").smp_path
        '/iso6523-actorid-upis%3A%3A0208%3A0403019261'
        """
        return "/" + quote(f"{ACTOR_SCHEME}::{self.id}", safe="")


def participants(company_number: str = "", vat_number: str = "", matricule: str = "") -> tuple[Participant, ...]:
    """Return what a client can be registered as: a Belgian number under both schemes, whichever of the two is known.

    >>> [participant.id for participant in participants(company_number="0403019261")]
    ['0208:0403019261', '9925:be0403019261']
    >>> [participant.id for participant in participants(vat_number="LU15027442", matricule="19932200123")]
    ['9938:lu15027442', '0240:19932200123']
    """
    if vat_number.startswith("BE"):
        company_number = company_number or vat_number[2:]
    participants_of_client = []
    if company_number:
        participants_of_client += [
            Participant(BE_ENTERPRISE, company_number),
            Participant(BE_VAT, f"be{company_number}"),
        ]
    if vat_number.startswith("LU"):
        participants_of_client.append(Participant(LU_VAT, vat_number.lower()))
    if matricule:
        participants_of_client.append(Participant(LU_MATRICULE, matricule))
    return tuple(participants_of_client)
