"""Idempotency keys: a request that is repeated with its key gets the same answer and is carried out once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.store import StoredAnswer


async def run_once(
    request: Request, service: ClientService, status: int, act: Callable[[], dict[str, Any]]
) -> JSONResponse:
    """Carry out `act` in one transaction and return its result as the response; an error is not stored.

    Keys count per account and path. Raises ApiError for a key that was used with another body.
    """
    store = service.state.store
    key = request.headers.get("idempotency-key") if service.state.options.idempotency else None
    path = request.scope["path"]
    digest = hashlib.sha256(await request.body()).hexdigest()
    with store.transaction():
        stored = store.answer(service.account, path, key) if key else None
        if stored is None:
            answer = StoredAnswer(status, act())
            if key:
                store.add_answer(service.account, path, key, digest, answer)
        elif stored[0] == digest:
            answer = stored[1]
        else:
            raise ApiError(422, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another body")
    return JSONResponse(answer.body, answer.status)
