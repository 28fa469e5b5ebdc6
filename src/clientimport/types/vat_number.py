"""The VAT number: the country's prefix and its number; in Belgium `BE` and the enterprise number."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.folding import folded
from clientimport.types.cleaning import settled, tidy
from clientimport.types.enterprise_number import are_enterprise_numbers, fault, is_enterprise_number, with_zero
from clientimport.types.interface import Parsed
from clientimport.types.nothing import NOTHING, means_nothing
from clientimport.types.remark import is_remark, words_only
from clientimport.types.spreadsheet_damage import shortened

_EU = "AT BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
_PREFIXES = frozenset({*_EU.split(), "BE", "GR", "GB", "CH"})
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

_MATRICULE = re.compile(r"(?:18|19|20)[0-9]{9}(?:[0-9]{2})?")
"""Luxembourg's national number: 13 digits of a person, 11 of a company, the year first."""


@dataclass(frozen=True, slots=True)
class VatNumber:
    """Prefix and number without separators, read by its prefix; without one, as of the row's country."""

    def plain(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the prefix says it
        """Accept Belgian and Luxembourg numbers with the right check digits."""
        belgian = pc.and_(pc.starts_with(values, "BE"), are_enterprise_numbers(pc.utf8_slice_codeunits(values, 2)))
        return pc.or_(belgian, _are_luxembourgish(values))

    def parse(self, text: str, country: str) -> Parsed | Problem:
        """Return prefix and number; the check of a country other than Belgium gives at most a warning.

        >>> VatNumber().parse("BTW BE 0403.019.261", "BE")
        Parsed(value='BE0403019261', repair='vat_number.separators', notes=())
        >>> VatNumber().parse("15027442", "LU").value, VatNumber().parse("niet btw-plichtig", "BE").value
        ('LU15027442', None)
        """
        if means_nothing(text):
            return NOTHING
        typed = tidy(text)
        if _says_not_subject(typed):
            return Parsed(None, "vat_number.not_subject")
        if is_remark(typed):
            return Problem("vat_number.words")
        if _RATE.fullmatch(typed):
            return Problem("vat_number.rate")
        return shortened(typed) or _number(text, _compact(typed), country)


def _says_not_subject(typed: str) -> bool:
    """Tell whether words say so; beside a whole number they do not count."""
    return words_only(typed) and _NOT_SUBJECT.fullmatch(folded(typed)) is not None


def _compact(typed: str) -> str:
    compact = re.sub(r"[^0-9A-Z]", "", _LONG_WORD.sub(" ", typed).upper())
    while (shorter := _WORDS.sub("", compact)) != compact:
        compact = shorter
    return f"EL{compact[2:]}" if re.match(r"GR[0-9]", compact) else compact  # Greece's prefix is not its code


def _number(text: str, compact: str, country: str) -> Parsed | Problem:
    digits = re.sub(r"[^0-9]", "", compact)
    if not digits.strip("0"):  # `BE0` is what a formula makes of an empty cell
        return NOTHING
    prefix = compact[:2] if compact[:2] in _PREFIXES else ""
    if prefix == "BE" or (not prefix and country == "BE"):
        return _belgian(text, digits, "separators" if prefix else "prefix_restored")
    if len(compact) < _SHORTEST:
        return Problem("vat_number.length", {"digits": str(len(digits))})
    own = "EL" if country == "GR" else country
    if not prefix and own in _PREFIXES and _passes(own + compact, own):
        return settled(text, own + compact, "vat_number.prefix_restored")
    if own == "LU" and _MATRICULE.fullmatch(digits):
        return Problem("vat_number.is_matricule")
    known = not prefix and own not in _PREFIXES  # a country whose numbers we cannot check
    fails = not known and not _passes(compact, prefix)
    notes = (Problem("vat_number.country_check", {"country": prefix or country}),) if fails else ()
    return settled(text, compact, "vat_number.separators", *notes)


def _belgian(text: str, digits: str, repair: str) -> Parsed | Problem:
    restored = with_zero(digits)
    if restored:
        return settled(text, f"BE{restored}", "vat_number.zero_restored")
    if is_enterprise_number(digits):
        return settled(text, f"BE{digits}", f"vat_number.{repair}")
    return fault(digits, "vat_number")


def _passes(number: str, prefix: str) -> bool:
    """Tell whether the authority for this prefix accepts `number`."""
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
    return pc.and_(shaped, pa.array(numbers // 100 % 89 == numbers % 100, pa.bool_()))
