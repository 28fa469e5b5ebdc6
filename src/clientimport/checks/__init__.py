"""Rules over rows and tables: one function per rule, by the name that schemas use."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial, wraps
from typing import Any

from clientimport.checks.bank_identifier import bics_of_other_banks
from clientimport.checks.couple import spouse_is_self, spouse_of_two, spouse_on_own_row
from clientimport.checks.legal_form import legal_forms
from clientimport.checks.locale_country import locales_of_other_countries
from clientimport.checks.misspelt_domain import misspelt_domains
from clientimport.checks.near_duplicate import near_duplicates
from clientimport.checks.numbers import (
    begins_with,
    one_person_per_number,
    sole_trader_only,
    vat_matches_company_number,
)
from clientimport.checks.office_address import office_addresses
from clientimport.checks.postal_place import cities_of_other_codes
from clientimport.checks.receivers import receivers
from clientimport.checks.required import advised, better_empty, expected_with, one_of, required
from clientimport.checks.shared_account import shared_accounts
from clientimport.checks.shared_address import shared_address
from clientimport.checks.unlike_other_clients import unlike_other_clients
from clientimport.schema import Check, Noticed


def _bound_early(function: Callable[..., Iterator[Noticed]]) -> Callable[..., Check]:
    """Return what makes a Check of `function` and its parameters, and fails at once on wrong ones."""
    signature = inspect.signature(function)
    own = [parameter for name, parameter in signature.parameters.items() if name != "records"]

    @wraps(function)
    def bind(**parameters: Any) -> Check:
        signature.replace(parameters=own).bind(**parameters)
        return partial(function, **parameters)

    bind.__signature__ = signature.replace(parameters=own)  # type: ignore[attr-defined]
    return bind


CHECKS: Mapping[str, Callable[..., Check]] = {
    function.__name__: _bound_early(function)
    for function in (
        required,
        one_of,
        expected_with,
        advised,
        better_empty,
        vat_matches_company_number,
        begins_with,
        sole_trader_only,
        one_person_per_number,
        spouse_on_own_row,
        spouse_of_two,
        spouse_is_self,
        shared_address,
        unlike_other_clients,
    )
}
"""Every check by its name in schema files; called with a rule's parameters it returns the Check."""

COMMON: tuple[Check, ...] = (
    misspelt_domains,
    receivers,
    office_addresses,
    locales_of_other_countries,
    bics_of_other_banks,
    shared_accounts,
    legal_forms,
    cities_of_other_codes,
    near_duplicates,
)
"""Doubts that hold on every platform, where the fields are there."""
