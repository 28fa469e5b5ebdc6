"""What the registers know: participants of Peppol and VAT numbers, from the setup file.

A participant has an id (`0208:0403019261`) and, when they differ from the usual, the access point whose certificate it
shows (`CN=PBE000123,O=Invented Access Point,C=BE`; an empty one shows a broken certificate), whether it
receives_invoices, and another smp than the sandbox's own (`https://hermes-belgium.be`):

    [[participants]]
    id = "0208:0403019261"

Where there is a table of VAT numbers, no other number is valid:

    [vat_numbers.BE0403019261]
    name = "Invented BV"
    address = "Molenstraat 1"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from clientimport.errors import SettingsUnusable

ACCESS_POINT = "CN=PBE000001,O=Sandbox Access Point,C=BE"


@dataclass(frozen=True, slots=True)
class KnownParticipant:
    """One participant of Peppol."""

    id: str
    access_point: str = ACCESS_POINT
    receives_invoices: bool = True
    smp: str = ""


@dataclass(frozen=True, slots=True)
class KnownVatNumber:
    """What a member state says of a number."""

    name: str = "---"
    address: str = "---"


@dataclass(frozen=True, slots=True)
class Registers:
    """All that the registers know."""

    participants: tuple[KnownParticipant, ...] = ()
    vat_numbers: Mapping[str, KnownVatNumber] = field(default_factory=dict)

    def participant(self, wanted: str) -> KnownParticipant | None:
        """Return the participant with this identifier, in any casing."""
        return next((entry for entry in self.participants if entry.id.lower() == wanted.lower()), None)

    def vat_number(self, number: str) -> KnownVatNumber | None:
        """Return what is known of a VAT number; of a fresh one every Belgian number with right check digits."""
        if self.vat_numbers:
            return self.vat_numbers.get(number)
        digits = number[2:]
        right = len(digits) == 10 and digits.isdecimal() and int(digits[:8]) % 97 == 97 - int(digits[8:])  # noqa: PLR2004
        return KnownVatNumber() if number.startswith("BE") and right else None


def read_registers(participants: Any, vat_numbers: Any, file: Path | None) -> Registers:
    """Return what a setup file says. Raises SettingsUnusable."""
    return Registers(
        tuple(_entries(participants, "participants", KnownParticipant, file)),
        dict(
            zip(
                vat_numbers if isinstance(vat_numbers, dict) else (),
                _entries(_values(vat_numbers), "vat_numbers", KnownVatNumber, file),
                strict=True,
            )
        ),
    )


def _values(table: Any) -> Any:
    return list(table.values()) if isinstance(table, dict) else table


def _entries(entries: Any, key: str, kind: type[Any], file: Path | None) -> Iterator[Any]:
    known = {key.name: type(key.default) if isinstance(key.default, bool) else str for key in fields(kind)}
    if not isinstance(entries, list):
        raise SettingsUnusable("sandbox.setup_not_texts", file=file, key=key)
    for entry in entries:
        if not isinstance(entry, dict) or ("id" in known and "id" not in entry):
            raise SettingsUnusable("sandbox.setup_not_texts", file=file, key=key)
        for name, value in entry.items():
            if name not in known:
                names = ", ".join(known)
                raise SettingsUnusable("sandbox.setup_unknown_key", file=file, key=f"{key}.{name}", known=names)
            if type(value) is not known[name]:
                raise SettingsUnusable("sandbox.setup_not_texts", file=file, key=f"{key}.{name}")
        yield kind(**entry)
