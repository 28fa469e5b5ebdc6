"""Derivations that copy: a column that is another one, or a part of it, or two of them joined."""

from __future__ import annotations

from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

_NO_TEXT = pa.scalar(None, pa.string())


def company_numbers(vat_numbers: pa.StringArray) -> pa.StringArray:
    """Return the company numbers inside canonical Belgian VAT numbers.

    Never the other way round: not every enterprise is subject to VAT.

    >>> company_numbers(pa.array(["BE0419618535", "LU15027442", None])).to_pylist()
    ['0419618535', None, None]
    """
    return _where(pc.starts_with(vat_numbers, "BE"), pc.utf8_slice_codeunits(vat_numbers, 2))


def same_texts(texts: pa.StringArray) -> pa.StringArray:
    """Return the texts themselves.

    Client and contact speak one language unless the file says otherwise. The office's own code and the reference of the
    accounting package are one thing to the platforms: Banqup calls its external reference an administration, client or
    company ID from the accounting package.
    https://support.banqup.com/nl/articles/269308-klanten-toevoegen-aan-je-partner-space
    """
    return _where(pc.not_equal(texts, pa.scalar("")), texts)


def locales(languages: pa.StringArray, countries: pa.StringArray) -> pa.StringArray:
    """Return language and country as a locale.

    >>> locales(pa.array(["fr", None]), pa.array(["LU", "BE"])).to_pylist()
    ['fr-LU', None]
    """
    between: Any = pa.scalar("-")
    return cast("pa.StringArray", pc.binary_join_element_wise(same_texts(languages), same_texts(countries), between))


def spaced(*columns: pa.StringArray) -> pa.StringArray:
    """Return what is filled of each row, with spaces between, null where nothing is.

    >>> spaced(pa.array(["An", None, None]), pa.array(["De Smet", "Maes", None])).to_pylist()
    ['An De Smet', 'Maes', None]
    """
    # Not with null_handling="skip": pyarrow leaves rows without any text out of the result then.
    space: Any = pa.scalar(" ")
    behind_spaces: list[Any] = [
        pc.fill_null(pc.binary_join_element_wise(space, same_texts(column), pa.scalar("")), "") for column in columns
    ]
    return same_texts(pc.utf8_slice_codeunits(pc.binary_join_element_wise(*behind_spaces, pa.scalar("")), 1))


def _where(mask: pa.BooleanArray, texts: Any) -> pa.StringArray:
    """Return the texts where the mask is true, null elsewhere."""
    result: pa.StringArray = pc.if_else(mask, texts, _NO_TEXT)
    return result
