"""A header that names both numbers of a firm: "BTW-nr / Ondernemingsnr", "TVA/BCE", "BTW- of KBO-nummer"."""

from __future__ import annotations

import re
from functools import lru_cache

from clientimport.schema.header_key import fields_by_header, header_words, normalize_header

_PARTS = re.compile(r"\s*[+&/|;,()\[\]\n]\s*|\s+-\s+|\s+(?:of|ou|oder|or|en|et|und|and)\s+", re.IGNORECASE)
_NUMBERS = ("vat_number", "company_number")


@lru_cache(maxsize=4096)
def names_vat_and_company_number(header: str) -> bool:
    """Return whether a header names the VAT number and the company number, and nothing else.

    >>> [names_vat_and_company_number(text) for text in ("N° d'entreprise / TVA", "BTW KBO", "KBO/BCE", "BTW-nummer")]
    [True, True, False, False]
    """
    if normalize_header(header) in fields_by_header():
        return False
    parts = [part for part in _PARTS.split(header) if normalize_header(part)]
    if len(parts) > 1:
        return _are_both(parts)
    typed = header_words(header)
    return any(_are_both([" ".join(typed[:cut]), " ".join(typed[cut:])]) for cut in range(1, len(typed)))


def _are_both(parts: list[str]) -> bool:
    fields_of_parts = [fields_by_header().get(normalize_header(part), ()) for part in parts]
    each = all(not set(_NUMBERS).isdisjoint(fields) for fields in fields_of_parts)
    vat = any("vat_number" in fields for fields in fields_of_parts)
    return each and vat and any("company_number" in fields and "vat_number" not in fields for fields in fields_of_parts)
