"""Inviting: one client gets its mail once; in doubt the platform is asked, else a person."""

from __future__ import annotations

from dataclasses import dataclass

from clientimport.connectors.protocol import Connector, Invites, require
from clientimport.model.finding import Finding
from clientimport.model.remote import RemoteClient
from clientimport.push.invitations import InvitationLimit
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.operations.attempt import DONE, NOT_DONE, UNKNOWN, Attempted, OperationOutcome, attempt, done_if
from clientimport.push.operations.find_client import FIND_DELAY
from clientimport.push.run_result import RowResult, RowState


@dataclass(frozen=True, slots=True)
class InviteClient:
    """Sends mails; with `resend` also to those who had one."""

    connector: Connector
    ledger: AccountLedger
    limit: InvitationLimit
    resend: bool = False

    async def invite(
        self, row: int | None, client_id: str, mails_before: int | None, hold_finding: Finding | None = None
    ) -> RowResult:
        """Return what became of the mail; with a `hold_finding` it is not sent. Raises what stops the whole run."""
        earlier = self.ledger.invitations(client_id)
        if earlier and earlier[-1].is_unresolved:
            last = earlier[-1]
            outcome = await self._check(last)
            if last.state is OperationState.UNCERTAIN and outcome is not DONE:
                return RowResult(RowState.UNCERTAIN, client_id, operation=last.id)
            outcome.record(last, self.ledger)
            if outcome is not NOT_DONE:
                return _result(client_id, Attempted(last, outcome))
        elif not self.resend and self.ledger.has_invited(client_id):
            return RowResult(RowState.UNCHANGED, client_id)
        if hold_finding is not None:
            return RowResult(RowState.HELD, client_id, findings=(hold_finding,))
        return await self._send(row, client_id, mails_before)

    async def _send(self, row: int | None, client_id: str, mails_before: int | None) -> RowResult:
        self.limit.count_mail()
        attempted = await attempt(
            self.ledger,
            lambda: self.ledger.begin_invite(row, client_id, mails_before),
            lambda operation: require(self.connector, Invites).invite(client_id, operation.key),
            self._check_with_delay,
        )
        return _result(client_id, attempted)

    async def _check_with_delay(self, operation: Operation) -> OperationOutcome:
        """Return whether the mail was sent, looking again after a while when it was not yet."""
        outcome = await self._check(operation)
        if outcome is NOT_DONE:
            await self.ledger.clock.sleep(FIND_DELAY)
            outcome = await self._check(operation)
        return outcome

    async def _check(self, operation: Operation) -> OperationOutcome:
        """Return whether the platform shows that the mail was sent; UNKNOWN where it does not show it."""
        remote = await self.connector.client(operation.client_id or "")
        sent = None if remote is None else mail_sent(remote, operation.mails_before)
        return UNKNOWN if sent is None else done_if(sent)


def _result(client_id: str, attempted: Attempted) -> RowResult:
    """Return what a client came to with its mail."""
    if attempted.rejection is not None:
        return RowResult(RowState.INVITATION_FAILED, client_id, attempted.rejection)
    if attempted.outcome is UNKNOWN:
        return RowResult(RowState.UNCERTAIN, client_id, operation=attempted.operation.id)
    return RowResult(RowState.INVITED, client_id, mailed=True)


def was_interrupted(ledger: AccountLedger, client_id: str) -> bool:
    """Return whether an earlier run was cut off at this client's mail: it is sent now unless it was sent then."""
    earlier = ledger.invitations(client_id)
    return bool(earlier) and earlier[-1].state is OperationState.INTENT


def mail_sent(remote: RemoteClient, mails_before: int | None) -> bool | None:
    """Return whether a client got a mail since there were `mails_before`; None when its state does not show it.

    >>> mail_sent(RemoteClient("1", "draft", {}, invitations=0), 0), mail_sent(RemoteClient("1", "unknown", {}), None)
    (False, None)
    """
    if remote.invitations is not None and mails_before is not None:
        return remote.invitations > mails_before
    if remote.status == "draft":
        return False
    first = not mails_before
    return True if first and remote.status in ("invited", "active", "failed") else None
