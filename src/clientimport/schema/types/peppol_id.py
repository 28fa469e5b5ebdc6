"""The id of a participant on Peppol: a scheme of four digits and the number in it, such as `0208:0403019261`.

Sources: https://docs.peppol.eu/edelivery/codelists/ (participant identifier schemes); 9956 is the older one of 0208.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientimport.model.personal_number import is_register_number

_ID = re.compile(r"(?:.*::)?\s*(?P<scheme>[0-9]{4})\s*::?\s*(?P<number>\S.*)")
_WITHOUT_COLON = re.compile(r"(?P<scheme>0208|9956)[\s./\-]?(?P<number>[01](?:[ .]?[0-9]){9})")
_SCHEMES = {
    "0208": ("BE", "company_number"),
    "9956": ("BE", "company_number"),
    "9925": ("BE", "vat_number"),
    "0240": ("LU", "matricule"),
    "9938": ("LU", "vat_number"),
    "0106": ("NL", "company_number"),
    "9944": ("NL", "vat_number"),
    "0002": ("FR", "company_number"),
    "0009": ("FR", "company_number"),
    "9957": ("FR", "vat_number"),
    "9930": ("DE", "vat_number"),
}


@dataclass(frozen=True, slots=True)
class PeppolId:
    """A scheme with its number as typed."""

    scheme: str
    number: str

    @property
    def country(self) -> str | None:
        """The country whose numbers the scheme holds; None of one that is not of Belgium or a neighbour."""
        return _SCHEMES.get(self.scheme, (None, None))[0]

    @property
    def kind(self) -> str | None:
        """What the number is: company_number, vat_number, matricule, or None when we do not know the scheme."""
        return _SCHEMES.get(self.scheme, (None, None))[1]


def parse_peppol_id(typed: str, country: str) -> PeppolId | None:
    """Return the id that a tidy text in a row of `country` is, else None.

    Without the colon it is one only in Belgium and with the right check digits: a French SIRET has as many.

    >>> parse_peppol_id("iso6523-actorid-upis::0208:0403019261", "BE"), parse_peppol_id("0208 0403019261", "BE")
    (PeppolId(scheme='0208', number='0403019261'), PeppolId(scheme='0208', number='0403019261'))
    >>> parse_peppol_id("02080403019261", "FR"), parse_peppol_id("0403.019.261", "BE")
    (None, None)
    """
    if match := _ID.fullmatch(typed):
        return PeppolId(match["scheme"], match["number"])
    match = _WITHOUT_COLON.fullmatch(typed) if country == "BE" else None
    right = match and is_register_number(re.sub("[^0-9]", "", match["number"]))
    return PeppolId(match["scheme"], match["number"]) if match and right else None
