"""Inviting: one client gets its mail once; in doubt the platform is asked, and where it cannot tell, a person."""

from __future__ import annotations

from dataclasses import dataclass

from clientimport.connectors.protocol import AnswerLost, Connector, PlatformRejected, RemoteClient
from clientimport.errors import ClientImportError
from clientimport.model.finding import Finding
from clientimport.push.invitation_limit import InvitationLimit
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState
from clientimport.push.operations.attempt import TRIES
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
        self, row: int | None, client_id: str, mails_before: int | None, held: Finding | None = None
    ) -> RowResult:
        """Return what became of the mail; one that is `held` is not sent. Raises what stops the whole run."""
        earlier = self.ledger.invitations(client_id)
        if earlier and earlier[-1].is_unresolved:
            last = earlier[-1]
            sent = await self._sent(last)
            if last.state is OperationState.UNCERTAIN and not sent:
                return RowResult(RowState.UNCERTAIN, client_id, operation=last.id)
            known = self._settled(last, client_id, sent=sent)
            if known is not None:
                return known
        elif not self.resend and self.ledger.has_invited(client_id):
            return RowResult(RowState.UNCHANGED, client_id)
        if held is not None:
            return RowResult(RowState.HELD, client_id, findings=(held,))
        return await self._send(row, client_id, mails_before)

    async def _send(self, row: int | None, client_id: str, mails_before: int | None) -> RowResult:
        self.limit.count_mail()
        for _ in range(TRIES):
            action = await self.ledger.begin_invite(row, client_id, mails_before)
            try:
                await self.connector.invite(client_id, action.key)
            except PlatformRejected as refusal:
                self.ledger.record_outcome(action, OperationState.REFUSED, reason=refusal.reason)
                return RowResult(RowState.INVITATION_FAILED, client_id, refusal.reason)
            except AnswerLost as lost:
                known = self._settled(action, client_id, sent=await self._sent_in_the_end(action))
                if known is not None:
                    return known
                last = lost
            except ClientImportError:
                self.ledger.record_outcome(action, OperationState.UNSENT)
                raise
            else:
                self.ledger.record_outcome(action, OperationState.ACKED)
                return RowResult(RowState.INVITED, client_id, mailed=True)
        raise last.to_unreachable()

    async def _sent_in_the_end(self, action: Operation) -> bool | None:
        sent = await self._sent(action)
        if sent is False:
            await self.ledger.clock.sleep(FIND_DELAY)
            sent = await self._sent(action)
        return sent

    async def _sent(self, action: Operation) -> bool | None:
        """Return whether the platform says that the mail of `action` was sent; None when it cannot tell."""
        remote = await self.connector.client(action.client_id or "")
        return None if remote is None else mail_sent(remote, action.mails_before)

    def _settled(self, action: Operation, client_id: str, *, sent: bool | None) -> RowResult | None:
        """Settle an attempt without answer; None when the mail may be sent again."""
        if sent:
            self.ledger.record_outcome(action, OperationState.ACKED)
            return RowResult(RowState.INVITED, client_id, mailed=True)
        if sent is None:
            self.ledger.record_outcome(action, OperationState.UNCERTAIN)
            return RowResult(RowState.UNCERTAIN, client_id, operation=action.id)
        self.ledger.record_outcome(action, OperationState.ABSENT)
        return None


def was_interrupted(ledger: AccountLedger, client_id: str) -> bool:
    """Return whether an earlier run was cut off at this client's mail: it is sent now unless it was sent then."""
    earlier = ledger.invitations(client_id)
    return bool(earlier) and earlier[-1].state is OperationState.INTENT


def mail_sent(remote: RemoteClient, mails_before: int | None) -> bool | None:
    """Return whether a client got a mail since there were `mails_before`; None when its state does not say.

    >>> mail_sent(RemoteClient("1", "draft", {}, invitations=0), 0), mail_sent(RemoteClient("1", "unknown", {}), None)
    (False, None)
    """
    if remote.invitations is not None and mails_before is not None:
        return remote.invitations > mails_before
    if remote.status == "draft":
        return False
    first = not mails_before
    return True if first and remote.status in ("invited", "active", "failed") else None
