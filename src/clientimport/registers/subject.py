"""Whom a register is asked about: one client, by the numbers that each register knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clientimport.registers.peppol.participant import (
    BE_ENTERPRISE,
    BE_VAT,
    LU_MATRICULE,
    LU_VAT,
    Participant,
    participants,
)

_ENTERPRISE = re.compile(r"[01]\d{9}")
_MATRICULE = re.compile(r"\d{11}")


@dataclass(frozen=True, slots=True)
class Subject:
    """One client; a number that it does not have is an empty text."""

    row: int | None
    """The spreadsheet's row; None for a number that was typed."""
    company_number: str = ""
    """Of a Belgian enterprise, ten digits."""
    vat_number: str = ""
    matricule: str = ""
    """Of a company in Luxembourg, eleven digits."""
    vies_number: str = ""
    """What VIES is asked about; empty asks nothing."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What else the list says of it."""

    @property
    def number(self) -> str | None:
        """The number it is shown by."""
        return self.company_number or self.vat_number or self.matricule or None

    def with_presumed_vat_number(self) -> Subject:
        """Return the subject with BE and its company number as VAT number, unless it states one."""
        presumed = f"BE{self.company_number}" if self.company_number else ""
        return replace(self, vies_number=self.vies_number or presumed)

    @property
    def participants(self) -> tuple[Participant, ...]:
        """What it can be on Peppol."""
        return participants(self.company_number, self.vat_number, self.matricule)


def subject_of(fields: Mapping[str, str], row: int | None = None) -> Subject:
    """Return whom a row is about.

    >>> subject_of({"vat_number": "BE0403019261"}).company_number
    '0403019261'
    >>> subject_of({"company_number": "19932200123", "country": "LU"}).matricule
    '19932200123'
    """
    number, vat_number, country = (fields.get(name, "") for name in ("company_number", "vat_number", "country"))
    belgian = number if country in ("", "BE") and _ENTERPRISE.fullmatch(number) else ""
    if not belgian and vat_number.startswith("BE") and _ENTERPRISE.fullmatch(vat_number[2:]):
        belgian = vat_number[2:]
    matricule = number if country == "LU" and _MATRICULE.fullmatch(number) else ""
    return Subject(row, belgian, vat_number, matricule, vat_number, fields)


def subject_of_participant(text: str) -> Subject | None:
    """Return whom a Peppol identifier is about, of the schemes that clients here have; None for another text.

    >>> subject_of_participant("9925:be0403019261").company_number, subject_of_participant("0240:19932200123").matricule
    ('0403019261', '19932200123')
    """
    scheme, _, value = text.strip().rpartition("::")[2].partition(":")
    digits = value.upper().removeprefix("BE")
    if scheme in (BE_ENTERPRISE, BE_VAT) and _ENTERPRISE.fullmatch(digits):
        return Subject(None, company_number=digits)
    if scheme == LU_VAT and value.upper().startswith("LU"):
        return Subject(None, vat_number=value.upper(), vies_number=value.upper())
    if scheme == LU_MATRICULE and _MATRICULE.fullmatch(value):
        return Subject(None, matricule=value)
    return None
