"""Who is on Peppol: company and VAT numbers as people type them, asked of a platform that can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clientimport.errors import UsageError

if TYPE_CHECKING:
    from clientimport.cli.access import Access
    from clientimport.platforms.interface import Connector


def asked(typed: list[str], opened: Access) -> Mapping[str, bool]:
    """Return for each number whether it is on Peppol. Raises UsageError for what is no number, or is not told there."""
    numbers = [_number(one, opened) for one in typed]

    async def ask(connector: Connector) -> dict[str, bool]:
        return {number: await _one(number, connector, opened) for number in numbers}

    return opened.use(ask)


async def _one(number: str, connector: Connector, opened: Access) -> bool:
    there = await connector.on_peppol(number)
    if there is None:
        raise UsageError("platform.not_offered", platform=opened.schema.name)
    return there


def _number(typed: str, opened: Access) -> str:
    """Return the canonical company number, else VAT number."""
    from clientimport.typed_client import read

    for field in ("company_number", "vat_number"):
        values, _ = read({field: typed}, opened.schema.country, opened.schema)
        if field in values:
            return values[field]
    raise UsageError("peppol.no_number", value=typed)
