"""The rows of a file beside the registers: what is asked, what is filled in, and what is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records
from clientimport.registers.fill import FILLED, fill_from_kbo
from clientimport.registers.findings import register_findings
from clientimport.registers.register_lookup import LookupResult, Register, RegisterAccess
from clientimport.registers.subject import Subject, subject_of

_FIELDS = (
    *("company_number", "vat_number", "country", "legal_name", "street", "house_number", "address"),
    *("postal_code", "city", "language", "contact_language", "contact_locale"),
)


@dataclass(frozen=True, slots=True)
class RowLookup:
    """Which registers the rows of a file are held against."""

    access: RegisterAccess
    check: frozenset[Register] = frozenset()
    fill: bool = False
    """Whether empty cells are filled from the KBO."""

    @property
    def fills(self) -> tuple[str, ...]:
        """The fields that may be filled, so that a file needs no column of them."""
        return FILLED if self.fill else ()

    def apply(self, records: Records, schema: PlatformSchema) -> tuple[Records, list[Finding]]:
        """Return the records, filled where that was asked for, and what was noticed."""
        asked = self.check | ({Register.KBO} if self.fill else set())
        look_up = self.access.look_up(subjects(records, schema), frozenset(asked))
        filled: list[Finding] = []
        if self.fill:
            records, filled = fill_from_kbo(look_up, records, schema.fields)
        checked = register_findings(self._of_what_was_checked(look_up), records, self.access.settings.own_access_point)
        return records, _each_once([*checked, *filled])

    def _of_what_was_checked(self, look_up: LookupResult) -> LookupResult:
        """Return the look-up without the KBO's word on rows where it was asked only to fill."""
        if Register.KBO in self.check:
            return look_up
        clients = tuple(replace(client, kbo=None) for client in look_up.clients)
        return replace(look_up, clients=clients)


def subjects(records: Records, schema: PlatformSchema) -> tuple[Subject, ...]:
    """Return whom each row is about."""
    columns = {field: records.values(field) for field in _FIELDS if field in records.fields}
    rows = records.rows.tolist()
    return tuple(
        subject_of({"country": schema.country, **_filled(columns, position)}, row) for position, row in enumerate(rows)
    )


def _filled(columns: Mapping[str, Sequence[str | None]], position: int) -> dict[str, str]:
    return {field: value for field, values in columns.items() if (value := values[position])}


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without one that both the check and the filling make."""
    known = {(finding.code, finding.row, finding.field): finding for finding in findings}
    return list(known.values())
