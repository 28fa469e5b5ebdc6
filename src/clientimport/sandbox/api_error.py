"""An error that the API answers; each dialect puts it in its own words and shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One value that the platform does not take, by its name in the API."""

    field: str
    message: str


class ApiError(Exception):
    """An answer other than success. `code` is Banqup's upper-case word, which the other dialects translate."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field_errors: tuple[FieldError, ...] = (),
        client_id: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.field_errors = field_errors
        self.client_id = client_id
        self.retry_after = retry_after


def invalid(*errors: FieldError) -> ApiError:
    """Return the error for a body that breaks the platform's rules."""
    return ApiError(422, "VALIDATION_FAILED", "; ".join(error.message for error in errors), field_errors=errors)


def not_found(what: str) -> ApiError:
    """Return the error for a path at which nothing exists."""
    return ApiError(404, "NOT_FOUND", f"{what} not found")
