"""The order of first and last name in a whole column, which its names, its header and the e-mail addresses show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import distinct_values, keep_matching
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.model.records import Records
from clientimport.schema.derivations.derivation import Derived
from clientimport.schema.derivations.split_person_name import (
    NameOrder,
    name_without_titles,
    names_several,
    other_surname,
    person_in,
    split_name,
)

LAST_NAME = frozenset(
    {"naam", "achternaam", "familienaam", "nom", "name", "nachname", "zuname", "familienname", "surname"}
)
FIRST_NAME = frozenset({"voornaam", "voornamen", "prenom", "prenoms", "vorname", "first", "firstname", "roepnaam"})

_MAY_SHOW_ORDER = r"(?s)[A-Za-z][^A-Za-z]+[A-Za-z]|[^\x{0}-\x{7f}]"
"""Two runs of letters, or letters that may become such."""
_NEARLY_ALL = 0.8
"""The share of names that agree on an order, from which on the others follow it; chosen, not measured."""


def name_splitter(records: Records) -> Callable[[str | None, str | None], Derived | None]:
    """Return what takes the contact names of these records apart, as the column as a whole shows."""
    distinct = distinct_values([records.column("contact_name"), telling_addresses(records.column("contact_email"))])
    shown = Counter[NameOrder]()
    for (name, email), count in zip(distinct.rows, np.bincount(distinct.codes).tolist(), strict=True):
        if name and (order := order_in_name(name, email)):
            shown[order] += count
    origin = records.origins.get("contact_name")
    stated = order_in_header(origin.header) if origin else None
    order = _common_order(shown) or stated

    def split_contact_name(name: str | None, email: str | None = None) -> Derived | None:
        if name and names_several(name):
            return Derived((None, None), Issue("contact_name.several"))
        followed = order_in_email(name or "", email) or order
        split = split_name(name or "", followed or NameOrder.FIRST_LAST, trusting_names=followed is None)
        if split is None:
            return Derived((None, None), Issue("contact_name.one_part")) if name else None
        alone = split_name(name or "")
        denied = followed is order and alone is not None and alone.order not in (None, split.order or followed)
        long = len(name_without_titles(name or "").split()) > 2 and (alone is None or not alone.sure)  # noqa: PLR2004 -- where to cut?
        sure = not denied and (split.sure or (followed is not None and not long))
        order_unsure = Issue("contact_name.order_unsure", {"first": split.first, "last": split.last})
        doubt = other_surname(person_in(name or ""), split.last) or (None if sure else order_unsure)
        return Derived((split.first, split.last), doubt)

    return split_contact_name


def telling_addresses(emails: pa.StringArray) -> pa.StringArray:
    """Return what stands before the @ of the addresses that may show the order of a name, else null.

    >>> telling_addresses(pa.array(["luc.gillet@skynet.be", "info2@gillet.be", "é.gillet@gillet.be"])).to_pylist()
    ['luc.gillet', None, 'é.gillet']
    """
    return keep_matching(pc.replace_substring_regex(emails, "(?s)@.*", ""), _MAY_SHOW_ORDER)


def order_in_header(header: str) -> NameOrder | None:
    """Return the order that a header names.

    >>> order_in_header("Naam en voornaam"), order_in_header("Prénom Nom"), order_in_header("Contactpersoon")
    (<NameOrder.LAST_FIRST: 'last first'>, <NameOrder.FIRST_LAST: 'first last'>, None)
    """
    words = normalize(header).split()
    last = next((index for index, word in enumerate(words) if word in LAST_NAME), None)
    first = next((index for index, word in enumerate(words) if word in FIRST_NAME), None)
    if last is None or first is None:
        return None
    return NameOrder.LAST_FIRST if last < first else NameOrder.FIRST_LAST


def order_in_name(name: str, email: str | None) -> NameOrder | None:
    """Return the order that one name shows, beside its e-mail address or by itself."""
    split = split_name(name)
    return order_in_email(name, email) or (split.order if split else None)


def order_in_email(name: str, email: str | None) -> NameOrder | None:
    """Return the order in which an address `first.last@` or `f.last@` has the two words of a name.

    >>> order_in_email("Gillet Luc", "luc.gillet65@skynet.be"), order_in_email("Gillet Luc", "l.gillet@skynet.be")
    (<NameOrder.LAST_FIRST: 'last first'>, <NameOrder.LAST_FIRST: 'last first'>)
    >>> order_in_email("Gillet Luc", "info@gillet.be")
    """
    words = [normalize(word).replace(" ", "") for word in name_without_titles(name).split()]
    parts = [part for part in re.split(r"[^a-z]+", normalize((email or "").partition("@")[0])) if part]
    if len(parts) < 2 or len(words) < 2:  # noqa: PLR2004 -- two parts of an address, two words of a name
        return None
    given, surname = parts[0], "".join(parts[1:])
    if _is_part_of_name(words[0], given) and "".join(words[1:]) == surname:
        return NameOrder.FIRST_LAST
    if _is_part_of_name(words[-1], given) and "".join(words[:-1]) == surname:
        return NameOrder.LAST_FIRST
    return None


def _is_part_of_name(word: str, part: str) -> bool:
    return part in (word, word[:1])


def _common_order(shown: Counter[NameOrder]) -> NameOrder | None:
    """Return the order on which nearly all names that show one agree."""
    if not shown:
        return None
    order, count = shown.most_common(1)[0]
    return order if count > 1 and count >= _NEARLY_ALL * shown.total() else None
