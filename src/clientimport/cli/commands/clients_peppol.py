"""Who is on Peppol: company and VAT numbers as people type them, asked of a platform that can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.errors import UsageError

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector


@dataclass(frozen=True, slots=True)
class PeppolPresence:
    """Whether one company is on Peppol."""

    typed: str
    number: str
    """As it was read, and asked for."""
    on_peppol: bool

    def to_document(self) -> dict[str, object]:
        """Return it under the keys of the JSON."""
        return {"typed": self.typed, "number": self.number, "on_peppol": self.on_peppol}


def peppol_presences(typed: list[str], opened: AccountSession) -> tuple[PeppolPresence, ...]:
    """Return what the platform knows of each number. Raises UsageError for what is none, or where it cannot tell."""
    from clientimport.connectors.protocol import KnowsPeppol, require

    numbers = {one: _number(one, opened) for one in typed}

    async def ask(connector: Connector) -> tuple[PeppolPresence, ...]:
        peppol = require(connector, KnowsPeppol)
        return tuple(
            [PeppolPresence(one, number, await peppol.is_on_peppol(number)) for one, number in numbers.items()]
        )

    return opened.run(ask)


def _number(typed: str, opened: AccountSession) -> str:
    """Return the canonical company number, else VAT number."""
    from clientimport.validation.single_client import parse_fields

    for field in ("company_number", "vat_number"):
        values, _ = parse_fields({field: typed}, opened.schema.country, opened.schema)
        if field in values:
            return values[field]
    raise UsageError("peppol.no_number", value=typed)
