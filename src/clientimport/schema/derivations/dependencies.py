"""Dependencies between fields, by the derivations: which can be derived from which, and which a platform needs."""

from __future__ import annotations

from collections.abc import Iterable

from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations import DERIVATIONS
from clientimport.schema.derivations.derivation import Derivation
from clientimport.schema.fields import MANDATE_PROOF

DERIVABLE: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (derivation.targets, derivation.sources, derivation.optional) for derivation in DERIVATIONS
)
"""Targets, sources that are needed, sources that help. For parts of cells: split_cells.fields_in_combined_cells."""


def derivable_from(fields: Iterable[str]) -> frozenset[str]:
    """Return `fields` and everything that can be derived from them.

    >>> sorted(derivable_from({"vat_number", "contact_name"}))
    ['company_number', 'contact_first_name', 'contact_last_name', 'contact_name', 'vat_number']
    """
    available = set(fields)
    for targets, sources, _ in DERIVABLE:
        if available.issuperset(sources):
            available.update(targets)
    return frozenset(available)


def contributes_to(field: str, wanted: Iterable[str]) -> bool:
    """Return whether a platform that takes the fields `wanted` can use `field`, directly or by derivation.

    >>> contributes_to("house_number", ["address"]), contributes_to("box", ["iban"])
    (True, False)
    """
    made = {target for targets, sources, helping in DERIVABLE if field in (*sources, *helping) for target in targets}
    onward = {target for targets, sources, _ in DERIVABLE if made.intersection(sources) for target in targets}
    return not ({field} | made | (onward - {field})).isdisjoint(wanted)


def is_useful_for(derivation: Derivation, schema: PlatformSchema) -> bool:
    """Return whether the platform takes what this derivation makes, or something that is made of it in turn.

    First and last name are of no use to a platform that takes the whole name when they are made of the whole name.
    """
    made = set(derivation.targets)
    onward = (following for following in DERIVATIONS if made & {*following.sources, *following.optional})
    return bool(made & set(schema.fields)) or any(
        set(following.targets) & set(schema.fields) - set(derivation.sources) for following in onward
    )


def needed_fields(schema: PlatformSchema) -> set[str]:
    """Return the fields the platform takes, those they are derived from, and what the checks want beside them.

    These are the kind of client, and the proof of a mandate where the platform takes mandates.
    """
    fields = {*schema.fields, *schema.also_read, "client_type", *(MANDATE_PROOF if "mandate" in schema.fields else ())}
    for derivation in reversed(DERIVATIONS):
        if fields & set(derivation.targets):
            fields |= {*derivation.sources, *derivation.optional}
    return fields
