"""What a request asks for: its JSON body and its page, refused when they cannot be read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.requests import Request

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.attribute import Body

LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Part of a list, counted from `first`."""

    number: int
    size: int
    first: int

    @property
    def start(self) -> int:
        """How many entries come before it."""
        return (self.number - self.first) * self.size

    def last(self, entries: int) -> int:
        """Return the number of the last page of a list, which has at least one."""
        return self.first + max(0, entries - 1) // self.size


async def body_of(request: Request) -> Body:
    """Return the JSON object that was sent. Raises ApiError."""
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise ApiError(400, "BAD_REQUEST", "The body is not JSON") from error
    if not isinstance(body, dict):
        raise ApiError(400, "BAD_REQUEST", "The body is not a JSON object")
    return body


def page_of(request: Request, first: int) -> ResultPage:
    """Return the page that was asked for, 100 entries unless told. Raises ApiError."""
    number, size = (
        request.query_params.get(name, usual) for name, usual in (("page", str(first)), ("pageSize", "100"))
    )
    if not (number.isdecimal() and size.isdecimal() and int(number) >= first and 1 <= int(size) <= LARGEST_PAGE):
        detail = f"page must be at least {first}, pageSize from 1 to {LARGEST_PAGE}"
        raise ApiError(400, "BAD_REQUEST", detail)
    return ResultPage(int(number), int(size), first)
