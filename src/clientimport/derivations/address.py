"""An address in one cell, and as street, house number and box."""

from __future__ import annotations

import re

from clientimport.derivations.interface import Derived

_BOX_WORD = r"(?:bus|bte|boîte|boite|box|b|app|apt|appt|postfach)"
_NUMBER = r"\d{1,5}(?:\s?(?:bis|ter|quater)|\s?[A-Za-z](?![A-Za-z]))?(?:\s?[-–+]\s?\d{1,5}[A-Za-z]?)?"
_BOX = rf"(?:\s*,?\s*\b{_BOX_WORD}\b\.?\s*(?P<box>[\w./-]+)|\s*/\s*(?P<slash>[\w.-]+)|\s+{_BOX_WORD}(?P<glued>\d+))"
_STREET_FIRST = re.compile(rf"^(?P<street>\D.*?)[\s,]+(?:n[°ro]\.?\s*)?(?P<number>{_NUMBER}){_BOX}?$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"^(?P<number>{_NUMBER}){_BOX}?\s*,\s*(?P<street>[^\d,].*)$", re.IGNORECASE)
_NUMBER_THEN_STREET = re.compile(
    rf"^(?P<number>{_NUMBER}){_BOX}?\s+(?P<street>(?:rue|av\.?|avenue|bd|boulevard|place|route|chemin|allée|um|op)\b.*)$",
    re.IGNORECASE,
)


def taken_apart(address: str | None) -> Derived | None:
    """Return street, house number and box; an address without a number is all street.

    The box words of Belgium and Luxembourg: shared/facts call them bus, bte, boîte, b, app. and a bare slash.

    >>> taken_apart("Kerkstraat 12 bus 3").values, taken_apart("12A, rue de la Gare").values
    (('Kerkstraat', '12', '3'), ('rue de la Gare', '12A', None))
    >>> taken_apart("Av. du 11 Novembre 5/2").values, taken_apart("Grote Markt").values
    (('Av. du 11 Novembre', '5', '2'), ('Grote Markt', None, None))
    """
    if not address:
        return None
    text = " ".join(address.split())
    for pattern in (_NUMBER_FIRST, _NUMBER_THEN_STREET, _STREET_FIRST):
        if match := pattern.match(text):
            box = match["box"] or match["slash"] or match["glued"]
            return Derived((match["street"].strip(" ,"), match["number"].replace(" ", ""), box))
    return Derived((text, None, None))


def joined(street: str | None, number: str | None, box: str | None, language: str | None) -> Derived | None:
    """Return the address in one text, with the box word of the client's language.

    >>> joined("Kerkstraat", "12", "3", "nl").values, joined("Rue Haute", "1", "4", "fr").values
    (('Kerkstraat 12 bus 3',), ('Rue Haute 1 bte 4',))
    """
    if not street:
        return None
    word = "bte" if language == "fr" else "bus"
    boxed = None if not box else box if re.match(rf"{_BOX_WORD}\b", box, re.IGNORECASE) else f"{word} {box}"
    return Derived((" ".join(part for part in (street, number, boxed) if part),))
