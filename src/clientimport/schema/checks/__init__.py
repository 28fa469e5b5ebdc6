"""Rules over rows and tables: one function per rule, by the name that schemas use."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial, wraps
from typing import Any

from clientimport.model.finding import Issue
from clientimport.model.platform_schema import Check
from clientimport.schema.checks.bic_matches_iban import bics_of_other_banks
from clientimport.schema.checks.email_domain_typo import misspelt_domains
from clientimport.schema.checks.email_of_own_office import office_addresses
from clientimport.schema.checks.identity_numbers import (
    begins_with,
    one_person_per_number,
    sole_trader_only,
    vat_matches_company_number,
)
from clientimport.schema.checks.legal_form import legal_forms
from clientimport.schema.checks.locale_matches_country import locales_of_other_countries
from clientimport.schema.checks.mandate_proof import mandate_proofs
from clientimport.schema.checks.near_duplicate import near_duplicates
from clientimport.schema.checks.postal_code_matches_city import cities_of_other_codes
from clientimport.schema.checks.required import advised, better_empty, expected_with, one_of, required
from clientimport.schema.checks.shared_email import shared_address
from clientimport.schema.checks.shared_iban import shared_accounts
from clientimport.schema.checks.spouse_rows import spouse_is_self, spouse_of_two, spouse_on_own_row
from clientimport.schema.checks.undeliverable_email import undeliverable_addresses
from clientimport.schema.checks.unique import unlike_other_clients


def _check_factory(function: Callable[..., Iterator[Issue]]) -> Callable[..., Check]:
    """Return what makes a Check of `function` and its parameters, and fails at once on wrong ones."""
    signature = inspect.signature(function)
    rule_parameters = [parameter for name, parameter in signature.parameters.items() if name != "records"]

    @wraps(function)
    def bind(**parameters: Any) -> Check:
        signature.replace(parameters=rule_parameters).bind(**parameters)
        return partial(function, **parameters)

    bind.__signature__ = signature.replace(parameters=rule_parameters)  # type: ignore[attr-defined]
    return bind


CHECKS: Mapping[str, Callable[..., Check]] = {
    function.__name__: _check_factory(function)
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

COMMON_CHECKS: tuple[Check, ...] = (
    misspelt_domains,
    undeliverable_addresses,
    office_addresses,
    locales_of_other_countries,
    bics_of_other_banks,
    shared_accounts,
    legal_forms,
    cities_of_other_codes,
    near_duplicates,
    mandate_proofs,
)
"""Checks that run on every platform that has their fields."""
