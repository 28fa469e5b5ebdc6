"""A corrected address: it changed after its client got a mail, in the file or on the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clientimport.model.finding import Finding
from clientimport.model.remote import RemoteClient
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.mail import EMAIL_FIELD, RESENDABLE, MailRules, corrected_address_finding, different_addresses


@dataclass(frozen=True, slots=True)
class CorrectedEmail:
    """The finding about an address that was corrected after its client's mail."""

    finding: Finding
    addresses_differ: bool
    """Whether file and platform differ still: a person decides which one is right, so the next mail is held."""


def find_corrected_email(
    row: int | None,
    fields: Mapping[str, str],
    remote: RemoteClient | None,
    ledger: AccountLedger,
    rules: MailRules,
    *,
    updated: bool = False,
) -> CorrectedEmail | None:
    """Return the address of a client that was corrected after its mail; None where there is no such correction.

    `fields` are those of the file; `updated`: the platform has them now.
    """
    if remote is None or remote.status not in RESENDABLE or rules.as_on_platform:
        return None
    if remote.status == "draft" and not ledger.has_invited(remote.client_id):
        return None
    address = ledger.known_address(remote.client_id)
    finding = corrected_address_finding(row, fields, remote, address.mailed if address else None, updated=updated)
    contrary = not updated and different_addresses(fields.get(EMAIL_FIELD, ""), remote.fields.get(EMAIL_FIELD, ""))
    return CorrectedEmail(finding, contrary) if finding is not None else None
