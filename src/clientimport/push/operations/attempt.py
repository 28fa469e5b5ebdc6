"""An attempt: a request that changes nothing when it is sent twice, tried until its outcome is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from clientimport.connectors.protocol import AnswerLost, PlatformRejected
from clientimport.errors import ClientImportError
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.operation import Operation, OperationState

TRIES = 3
"""Lost answers to one request, each looked up, before the platform counts as down."""


async def attempt(
    ledger: AccountLedger,
    intend: Callable[[], Awaitable[Operation]],
    send: Callable[[], Awaitable[object]],
    stands: Callable[[], Awaitable[bool]],
) -> str | None:
    """Send a request and return None once it is carried out, or the reason for which the platform refused it.

    The intent is on the disk before each try. After a lost answer `stands` looks whether it was carried out all the
    same. Raises what stops the whole run.
    """
    for _ in range(TRIES):
        action = await intend()
        try:
            await send()
        except PlatformRejected as refusal:
            ledger.record_outcome(action, OperationState.REFUSED, reason=refusal.reason)
            return refusal.reason
        except AnswerLost as lost:
            last = lost
            if await stands():
                break
            ledger.record_outcome(action, OperationState.ABSENT)
        except ClientImportError:
            ledger.record_outcome(action, OperationState.UNSENT)
            raise
        else:
            break
    else:
        raise last.to_unreachable()
    ledger.record_outcome(action, OperationState.ACKED)
    return None
