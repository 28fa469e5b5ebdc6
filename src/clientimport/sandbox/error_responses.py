"""How an API error becomes a response: Accounton's message, which also serves for Billit's undocumented shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from clientimport.sandbox.api_error import ApiError

ErrorResponse = Callable[[Request, ApiError], Response]
_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}
_MESSAGES = {
    "CLIENT_ALREADY_EXISTS": "Customer already exists",
    "CLIENT_NOT_DELETABLE": "Customer cannot be deleted",
    "ALREADY_ACTIVE": "Questionnaire is completed already",
    "NOT_FOUND": "Not found",
}


def message_response(_: Request, error: ApiError) -> Response:
    """Return an error in Accounton's shape; the message about a rejected customer is its first field error."""
    body: dict[str, Any] = {"message": _MESSAGES.get(error.code, error.detail)}
    if error.field_errors:
        body = {"message": error.field_errors[0].message, "errors": field_errors_json(error)}
    if error.client_id:
        body["_id"] = error.client_id
    return JSONResponse(body, 400 if error.field_errors else error.status, retry_headers(error))


def error_handlers(respond: ErrorResponse) -> dict[Any, Callable[[Request, Any], Response]]:
    """Return Starlette's handlers of an ApiError, and of a path or method that does not exist."""
    return {
        ApiError: respond,
        HTTPException: lambda request, error: respond(
            request, ApiError(error.status_code, _CODES.get(error.status_code, "ERROR"), error.detail)
        ),
    }


def field_errors_json(error: ApiError) -> list[dict[str, str]]:
    """Return the field errors as JSON objects."""
    return [{"field": field_error.field, "message": field_error.message} for field_error in error.field_errors]


def retry_headers(error: ApiError) -> dict[str, str]:
    """Return the headers that say when to ask again."""
    return {"Retry-After": str(error.retry_after)} if error.retry_after else {}
