"""Request parsing: the JSON body and the page of a request. Both raise ApiError when they cannot be read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.requests import Request

from clientimport.sandbox.api_error import ApiError
from clientimport.sandbox.attribute import Body

LARGEST_PAGE = 500
"""Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of a list; the pages are counted from `first`."""

    number: int
    size: int
    first: int

    @property
    def start(self) -> int:
        """The number of entries before this page."""
        return (self.number - self.first) * self.size

    def last(self, entries: int) -> int:
        """Return the number of the last page of a list, which has at least one."""
        return self.first + max(0, entries - 1) // self.size


async def json_body(request: Request) -> Body:
    """Return the JSON object in the body. Raises ApiError."""
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise ApiError(400, "BAD_REQUEST", "The body is not JSON") from error
    if not isinstance(body, dict):
        raise ApiError(400, "BAD_REQUEST", "The body is not a JSON object")
    return body


def requested_page(request: Request, first: int) -> ResultPage:
    """Return the requested page, by default the first one of 100 entries. Raises ApiError."""
    number = request.query_params.get("page", str(first))
    size = request.query_params.get("pageSize", "100")
    if not (number.isdecimal() and size.isdecimal() and int(number) >= first and 1 <= int(size) <= LARGEST_PAGE):
        detail = f"page must be at least {first}, pageSize from 1 to {LARGEST_PAGE}"
        raise ApiError(400, "BAD_REQUEST", detail)
    return ResultPage(int(number), int(size), first)
