"""The VAT number: the country's prefix and its number; in Belgium `BE` and the enterprise number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
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
from clientimport.schema.types.free_text import has_only_words, is_free_text
from clientimport.schema.types.missing_value import MISSING, is_missing
from clientimport.schema.types.peppol_id import PeppolId, parse_peppol_id
from clientimport.schema.types.rcs_number import MATRICULE, find_rcs_number

_EU = "AT BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
PREFIXES = frozenset({*_EU.split(), "BE", "GR", "GB", "CH"})
"""The letters of a country before its VAT numbers."""
_WORDS = re.compile(
    r"^(?:BTW|TVA|VAT|MWST|UST|NUMMER|NUMERO|NUMBER|NR|ID(?=[A-Z])|NO?(?=BTW|TVA|VAT|(?:BE|LU|NL|FR|DE)[0-9]))"
)
_LONG_WORD = re.compile(r"\b(?!MWST\b)[^\W\d_]{4,}\b", re.IGNORECASE)
"""No number holds one, and its first letters may be those of a country. Swiss numbers end with MWST."""
_RATE = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?\s*%?")
_SHORTEST = 4
_NOT_SUBJECT = re.compile(
    r"(?:niet|non|nicht|not|no|pas|geen|sans|kein|keine|ohne)\b.*(?:btw|tva|vat|mwst|assujettie?|soumise?|plichtig|pflichtig)"
    r"|(?:(?:btw|tva|vat|mwst|steuer|umsatzsteuer|is|est|sous|onder|regime|regeling|de|la|du|bijzondere) ?)*"
    r"(?:vrijgestelde?|vrijstelling|exempt|exemption|exonere|exoneration|franchise|befreit|befreiung"
    r"|kleine? ondernem|kleinunternehm|kleinbetrieb|petites? entreprise|small (?:business|enterprise)).*"
    r"|art(?:ikel|icle)? ?(?:44|56)(?: ?bis)?\b.*"
)
_GREEK = re.compile("GR[0-9]")
_LUXEMBOURGISH = 8
"""Digits of a number of Luxembourg."""


@dataclass(frozen=True, slots=True)
class VatNumber:
    """Prefix and number without separators, read by its prefix; without one, as of the row's country."""

    common_spellings: ClassVar = (
        CommonSpelling(r"^(?:BE|LU)[ .]?(?:[0-9][ .]?)+[0-9]$", without("[ .]"), "vat_number.separators"),
        CommonSpelling(SPELT_WITH_MARKS, without("[^0-9]", "BE"), "vat_number.prefix_restored", ("BE",)),
        CommonSpelling(SPELT_WITHOUT_ZERO, without("[^0-9]", "BE0"), "vat_number.zero_restored", ("BE",)),
    )

    checked: tuple[str, ...] = ()
    """Countries besides Belgium whose own check has to be passed; elsewhere it gives at most a warning."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept Belgian and Luxembourg numbers with the right check digits."""
        belgian = pc.and_(pc.starts_with(values, "BE"), are_enterprise_numbers(pc.utf8_slice_codeunits(values, 2)))
        return pc.or_(belgian, _are_luxembourgish(values))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return prefix and number; the check of a country other than Belgium gives at most a warning.

        >>> VatNumber().parse("BTW BE 0403.019.261", "BE")
        ParsedValue(value='BE0403019261', repair='vat_number.separators', notes=())
        >>> VatNumber().parse("15027442", "LU").value, VatNumber().parse("niet btw-plichtig", "BE").value
        ('LU15027442', None)
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if _says_not_subject(typed):
            return ParsedValue(None, "vat_number.not_subject")
        if is_free_text(typed):
            return Issue("vat_number.words")
        if _RATE.fullmatch(typed):
            return Issue("vat_number.rate")
        if participant := parse_peppol_id(typed, country):
            return self._of_participant(text, participant, country)
        return scientific_notation(typed) or self._number(text, _compact(typed), country)

    def _of_participant(self, text: str, participant: PeppolId, country: str) -> ParsedValue | Issue:
        """Return the VAT number of a Peppol id; a Belgian company's digits are read as digits without a prefix are."""
        if participant.kind == "matricule":
            return Issue("vat_number.is_matricule")
        if participant.kind != "vat_number" and participant.country != "BE":
            doubt = Issue("vat_number.country_check", {"country": country})
            wrong = Issue("vat_number.peppol_scheme", {"scheme": participant.scheme})
            return wrong if country == "BE" else finish_parse(text, clean(text), "text.characters", doubt)
        inside = self._number(participant.number, _compact(participant.number), participant.country or country)
        if isinstance(inside, Issue):
            return inside
        return ParsedValue(inside.value, "vat_number.peppol_id" if inside.value else inside.repair, inside.notes)

    def _number(self, text: str, compact: str, country: str) -> ParsedValue | Issue:
        digits = re.sub(r"[^0-9]", "", compact)
        if not digits.strip("0"):  # `BE0` is what a formula makes of an empty cell
            return MISSING
        prefix = compact[:2] if compact[:2] in PREFIXES else ""
        if prefix == "BE" or (not prefix and country == "BE"):
            return _belgian(text, digits, "separators" if prefix else "prefix_restored")
        return self._foreign(text, compact, prefix, country)

    def _foreign(self, text: str, compact: str, prefix: str, country: str) -> ParsedValue | Issue:
        digits = re.sub(r"[^0-9]", "", compact)
        if len(compact) < _SHORTEST:
            return Issue("vat_number.length", {"digits": str(len(digits))})
        expected = prefix or ("EL" if country == "GR" else country)
        whole = compact if prefix else expected + compact
        if expected in PREFIXES and _is_valid(whole, expected):
            return finish_parse(text, whole, f"vat_number.{_repair(text, prefixed=bool(prefix))}")
        checked = expected in self.checked
        if expected == "LU" and (other := _other_number(text, digits, checked=checked)):
            return other
        if checked:
            return _form_problem(compact, expected)
        doubt = (Issue("vat_number.country_check", {"country": prefix or country}),) if expected in PREFIXES else ()
        return finish_parse(text, compact, f"vat_number.{_repair(text, prefixed=True)}", *doubt)


def _says_not_subject(typed: str) -> bool:
    """Return whether words say so; beside a whole number they do not count."""
    return has_only_words(typed) and _NOT_SUBJECT.fullmatch(normalize(typed)) is not None


def _compact(typed: str) -> str:
    compact = _without_words(typed)
    return f"EL{compact[2:]}" if _GREEK.match(compact) else compact  # Greece's prefix is not its code


def _without_words(typed: str) -> str:
    compact = re.sub(r"[^0-9A-Z]", "", _LONG_WORD.sub(" ", typed).upper())
    while (shorter := _WORDS.sub("", compact)) != compact:
        compact = shorter
    return compact


def _repair(text: str, *, prefixed: bool) -> str:
    if not prefixed:
        return "prefix_restored"
    return "greek_prefix" if _GREEK.match(_without_words(clean(text))) else "separators"


def _other_number(text: str, digits: str, *, checked: bool) -> Issue | None:
    """Return which other number of Luxembourg stands here, if any; a person's is not repeated."""
    if looks_like_matricule_of_person(digits):
        return Issue("vat_number.is_matricule_of_person")
    if MATRICULE.fullmatch(digits):
        return Issue("vat_number.is_matricule")
    return Issue("vat_number.is_rcs_number") if checked and find_rcs_number(clean(text)) else None


def _form_problem(compact: str, prefix: str) -> Issue:
    """Return what is wrong with a number that the check of its own platform's country refuses."""
    if re.fullmatch(rf"(?:{prefix})?[0-9]{{{_LUXEMBOURGISH}}}", compact):
        return Issue("vat_number.check_digits")
    return Issue("vat_number.country_form", {"country": prefix})


def _belgian(text: str, digits: str, repair: str) -> ParsedValue | Issue:
    restored = restore_leading_zero(digits)
    if restored:
        return finish_parse(text, f"BE{restored}", "vat_number.zero_restored")
    if is_enterprise_number(digits):
        return finish_parse(text, f"BE{digits}", f"vat_number.{repair}")
    return enterprise_number_problem(clean(text), digits, "vat_number")


def _is_valid(number: str, prefix: str) -> bool:
    """Return whether the authority for this prefix accepts `number`."""
    from stdnum.ch import uid
    from stdnum.eu import vat
    from stdnum.gb import vat as british

    if prefix == "GB":
        return bool(british.is_valid(number))
    if prefix == "CH":
        return bool(uid.is_valid(re.sub(r"(?:MWST|TVA|IVA|TPV)$", "", number)))
    return bool(prefix) and bool(vat.is_valid(number))


def _are_luxembourgish(values: pa.StringArray) -> pa.BooleanArray:
    shaped = pc.match_substring_regex(values, r"^LU[0-9]{8}$")
    safe = pc.if_else(shaped, pc.utf8_slice_codeunits(values, 2), pa.scalar("0")).fill_null("0")
    numbers = pc.cast(safe, pa.int64()).to_numpy()
    return pc.and_(shaped, pa.array((numbers // 100 % 89 == numbers % 100) & (numbers > 0), pa.bool_()))
