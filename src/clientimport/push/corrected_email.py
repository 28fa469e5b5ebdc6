"""A corrected address: it changed after its client got a mail, in the file or on the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clientimport.connectors.protocol import RemoteClient
from clientimport.model.finding import Finding
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.mail import FIELD, RESENDABLE, MailRules, after_its_mail, unlike


@dataclass(frozen=True, slots=True)
class CorrectedEmail:
    """What is to be said of it."""

    finding: Finding
    contrary: bool
    """Whether file and platform differ still: nobody can tell which one is right, so the next mail is held."""


def corrected_address(
    row: int | None,
    ours: Mapping[str, str],
    remote: RemoteClient | None,
    journal: AccountLedger,
    rules: MailRules,
    *,
    updated: bool = False,
) -> CorrectedEmail | None:
    """Return the address of a client that was corrected after its mail; None where nothing is to be said.

    `ours` are the fields of the file, `updated` says that the platform has them now.
    """
    if remote is None or remote.status not in RESENDABLE or rules.as_on_platform:
        return None
    if remote.status == "draft" and not journal.invited(remote.client_id):
        return None
    known = journal.address(remote.client_id)
    finding = after_its_mail(row, ours, remote, known.mailed if known else None, updated=updated)
    contrary = not updated and unlike(ours.get(FIELD, ""), remote.fields.get(FIELD, ""))
    return CorrectedEmail(finding, contrary) if finding is not None else None
