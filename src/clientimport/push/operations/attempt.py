"""An attempt: a request is written down, sent, and sent again only when it is known not to have been carried out.

Every operation on a platform goes through this one loop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from clientimport.connectors.protocol import AnswerLost, PlatformRejected
from clientimport.errors import ClientImportError
from clientimport.model.remote import RemoteClient
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState

TRIES = 3
"""Lost answers to one request, each looked up, before the platform counts as down. Chosen, not measured."""

Response = TypeVar("Response")


@dataclass(frozen=True, slots=True)
class OperationOutcome:
    """What became of an operation, as it is recorded in the ledger."""

    state: OperationState
    client_id: str | None = None
    reason: str | None = None
    remote: RemoteClient | None = None
    """The client as the platform showed it after the request, where it was looked at."""
    may_exist: bool = False
    """For a rejection: whether the platform may have the client already."""

    def record(self, operation: Operation, ledger: AccountLedger) -> None:
        """Write it into the ledger."""
        ledger.record_outcome(operation, self.state, self.client_id, self.reason)


DONE = OperationOutcome(OperationState.ACKED)
NOT_DONE = OperationOutcome(OperationState.ABSENT)
UNKNOWN = OperationOutcome(OperationState.UNCERTAIN)


def done_if(carried_out: bool) -> OperationOutcome:
    """Return DONE or NOT_DONE, for what the platform always shows."""
    return DONE if carried_out else NOT_DONE


@dataclass(frozen=True, slots=True)
class Attempted:
    """The last try of an operation, and what became of it."""

    operation: Operation
    outcome: OperationOutcome

    @property
    def rejection(self) -> str | None:
        """The platform's reason, when it rejected the request."""
        return self.outcome.reason if self.outcome.state is OperationState.REFUSED else None


async def _accept(_operation: Operation, _response: object) -> OperationOutcome:
    return DONE


async def attempt(
    ledger: AccountLedger,
    begin: Callable[[], Awaitable[Operation]],
    send: Callable[[Operation], Awaitable[Response]],
    check: Callable[[Operation], Awaitable[OperationOutcome]],
    accept: Callable[[Operation, Response], Awaitable[OperationOutcome]] = _accept,
) -> Attempted:
    """Send a request until its outcome is known, and return it; it is in the ledger by then.

    `begin` commits the intent before each try, `check` looks on the platform after a lost answer, and only where it
    returns NOT_DONE the request is sent again. `accept` judges an answer that is a yes. What stops the whole run is
    raised: where it comes from `check` or `accept`, the operation stays open in the ledger.
    """
    for _ in range(TRIES):
        operation = await begin()
        try:
            response = await send(operation)
        except PlatformRejected as error:
            outcome = OperationOutcome(OperationState.REFUSED, reason=error.reason, may_exist=error.may_exist)
        except AnswerLost as error:
            lost = error
            outcome = await check(operation)
        except ClientImportError:
            ledger.record_outcome(operation, OperationState.UNSENT)
            raise
        else:
            outcome = await accept(operation, response)
        outcome.record(operation, ledger)
        if outcome.state is not OperationState.ABSENT:
            return Attempted(operation, outcome)
    raise lost.to_unreachable()
