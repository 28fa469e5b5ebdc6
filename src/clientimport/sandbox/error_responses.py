"""How each dialect says no: Banqup's error body, Accounton's message, which serves for Billit's undocumented one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.server_state import ServerState

Say = Callable[[Request, ApiError], Response]
_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}
_ACCOUNTON = {
    "CLIENT_ALREADY_EXISTS": "Customer already exists",
    "CLIENT_NOT_DELETABLE": "Customer cannot be deleted",
    "ALREADY_ACTIVE": "Questionnaire is completed already",
    "NOT_FOUND": "Not found",
}


def banqup(world: ServerState) -> Say:
    """Return how Banqup says no.

    Source: https://docs.btx.banqup.com/docs/api-guides/developer-tools/error-handling
    """

    def say(request: Request, refusal: ApiError) -> Response:
        body: dict[str, Any] = {
            "status": refusal.status,
            "error": refusal.code,
            "timestamp": world.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "title": refusal.code.replace("_", " ").capitalize(),
            "detail": refusal.detail,
            "requestId": str(uuid.uuid4()),
            "type": "about:blank",
            "instance": request.scope["path"],
        }
        if refusal.wrong:
            body["errors"] = [{"field": wrong.field, "message": wrong.message} for wrong in refusal.wrong]
        return JSONResponse(body, refusal.status, _headers(refusal))

    return say


def accounton(_: Request, refusal: ApiError) -> Response:
    """Say no in Accounton's way; a refused customer's message is the first of the reasons."""
    body: dict[str, Any] = {"message": _ACCOUNTON.get(refusal.code, refusal.detail)}
    if refusal.wrong:
        errors = [{"field": wrong.field, "message": wrong.message} for wrong in refusal.wrong]
        body = {"message": refusal.wrong[0].message, "errors": errors}
    if refusal.client_id:
        body["_id"] = refusal.client_id
    return JSONResponse(body, 400 if refusal.wrong else refusal.status, _headers(refusal))


def handlers(say: Say) -> dict[Any, Callable[[Request, Any], Response]]:
    """Return what Starlette does with a refusal, and with an address or method that does not exist."""
    return {
        ApiError: say,
        HTTPException: lambda request, error: say(
            request, ApiError(error.status_code, _CODES.get(error.status_code, "ERROR"), error.detail)
        ),
    }


def _headers(refusal: ApiError) -> dict[str, str]:
    return {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
