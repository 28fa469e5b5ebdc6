"""The same request twice gives the same answer and is carried out once, when it bears an Idempotency-Key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.store import StoredAnswer


async def once(request: Request, book: ClientService, status: int, act: Callable[[], dict[str, Any]]) -> JSONResponse:
    """Carry out `act` in one transaction and answer with its result; refusals are not remembered.

    Keys are an account's own, per path. Raises ApiError for a key that was used with another body.
    """
    store = book.world.store
    key = request.headers.get("idempotency-key") if book.world.options.idempotency else None
    path = request.scope["path"]
    digest = hashlib.sha256(await request.body()).hexdigest()
    with store.transaction():
        remembered = store.answer(book.account, path, key) if key else None
        if remembered is None:
            answer = StoredAnswer(status, act())
            if key:
                store.keep_answer(book.account, path, key, digest, answer)
        elif remembered[0] == digest:
            answer = remembered[1]
        else:
            raise ApiError(422, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another body")
    return JSONResponse(answer.body, answer.status)
