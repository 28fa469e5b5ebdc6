"""The number of a company in the register of its country; in Belgium the enterprise number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.personal_number import looks_like_matricule_of_person
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.common_spelling import CommonSpelling, without
from clientimport.schema.types.enterprise_number import (
    SPELT_WITH_MARKS,
    SPELT_WITHOUT_ZERO,
    are_enterprise_numbers,
    enterprise_number_problem,
    is_enterprise_number,
    restore_leading_zero,
)
from clientimport.schema.types.excel_damage import scientific_notation
from clientimport.schema.types.free_text import is_free_text
from clientimport.schema.types.missing_value import MISSING, is_missing
from clientimport.schema.types.peppol_id import PeppolId, parse_peppol_id
from clientimport.schema.types.rcs_number import find_rcs_number

_CANONICAL = {"BE": r"^[01][0-9]{9}$", "NL": r"^[0-9]{8}$", "LU": r"^[A-Z][1-9][0-9]{0,6}$", "FR": r"^$"}
_CANONICAL_ELSEWHERE = r"^[1-9][0-9]{3,13}$"
_WORD = re.compile(r"^(?:KvK|SIREN|SIRET)[\s\-.:]*(?:nr|nummer|n°)?[\s.:]*(?=[0-9])", re.IGNORECASE)
_ONLY_DIGITS = re.compile(r"[0-9 ./\-]+")


@dataclass(frozen=True, slots=True)
class CompanyNumber:
    """Ten digits in Belgium, checked; elsewhere the country's own check gives at most a warning."""

    common_spellings: ClassVar = (
        CommonSpelling(SPELT_WITH_MARKS, without("[^0-9]"), "company_number.separators", ("BE",)),
        CommonSpelling(SPELT_WITHOUT_ZERO, without("[^0-9]", "0"), "company_number.zero_restored", ("BE",)),
    )

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept Belgian numbers whose check digits fit, and digits that another country does not check."""
        shaped = pc.match_substring_regex(values, _CANONICAL.get(country, _CANONICAL_ELSEWHERE))
        return pc.and_(shaped, are_enterprise_numbers(values)) if country == "BE" else shaped

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the digits of a Belgian number, any other without separators.

        >>> CompanyNumber().parse("RPR Gent 0403.019.261", "BE")
        ParsedValue(value='0403019261', repair='company_number.separators', notes=())
        >>> CompanyNumber().parse("403019261", "BE").repair
        'company_number.zero_restored'
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if is_free_text(typed):
            return Issue("company_number.words")
        if participant := parse_peppol_id(typed, country):
            return _of_participant(text, participant, country)
        return scientific_notation(typed) or (_belgian(text) if country == "BE" else _foreign(text, country))


def _of_participant(text: str, participant: PeppolId, country: str) -> ParsedValue | Issue:
    """Return the number of a Peppol id, or why it is no number of this country."""
    if participant.country != country:
        doubt = Issue("company_number.country_check", {"country": country})
        wrong = Issue("company_number.peppol_scheme", {"scheme": participant.scheme})
        return wrong if country == "BE" else finish_parse(text, clean(text), "text.characters", doubt)
    inside = _belgian(participant.number) if country == "BE" else _foreign(participant.number, country)
    if isinstance(inside, Issue):
        return inside
    return ParsedValue(inside.value, "company_number.peppol_id" if inside.value else inside.repair, inside.notes)


def _belgian(text: str) -> ParsedValue | Issue:
    digits = re.sub(r"[^0-9]", "", clean(text))
    if not digits.strip("0"):
        return MISSING
    restored = restore_leading_zero(digits)
    if restored:
        return finish_parse(text, restored, "company_number.zero_restored")
    if not is_enterprise_number(digits):
        return enterprise_number_problem(clean(text), digits, "company_number")
    return finish_parse(text, digits, "company_number.separators")


def _foreign(text: str, country: str) -> ParsedValue | Issue:
    value = _WORD.sub("", clean(text))
    if _ONLY_DIGITS.fullmatch(value):
        value = re.sub(r"[^0-9]", "", value)
    elif country == "LU":
        value = find_rcs_number(value) or value
    if value in {"", "0"}:
        return MISSING
    if country == "LU" and looks_like_matricule_of_person(value):
        return Issue("company_number.is_matricule_of_person")
    notes = (
        () if _has_form_of_country(value, country) else (Issue("company_number.country_check", {"country": country}),)
    )
    return finish_parse(text, value, "company_number.separators", *notes)


def _has_form_of_country(value: str, country: str) -> bool:
    """Return whether `value` passes its country's own check, as far as there is one."""
    if country == "NL":  # KvK: eight digits without a check digit
        return re.fullmatch(r"[0-9]{8}", value) is not None
    if country == "LU":  # RCS, VAT number or matricule of a legal person
        return re.fullmatch(r"[A-Z][0-9]{1,7}|[0-9]{8}|[0-9]{11}", value) is not None
    if country == "FR":
        from stdnum.fr import siren, siret

        return bool(siren.is_valid(value) or siret.is_valid(value))
    return True
