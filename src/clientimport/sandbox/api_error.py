"""Why the platform says no; each dialect puts it in its own words and shape."""

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
        wrong: tuple[FieldError, ...] = (),
        client_id: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.wrong = wrong
        self.client_id = client_id
        self.retry_after = retry_after


def invalid(*wrong: FieldError) -> ApiError:
    """Return the refusal of a body that breaks the platform's rules."""
    return ApiError(422, "VALIDATION_FAILED", "; ".join(one.message for one in wrong), wrong=wrong)


def unknown(what: str) -> ApiError:
    """Return the refusal of an address at which nothing stands."""
    return ApiError(404, "NOT_FOUND", f"{what} not found")
