"""Pages: a list that a platform gives piece by piece, read to its end and never for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from clientimport.connectors.http.client import Response
from clientimport.connectors.http.json_document import JsonDocument, not_the_api

PAGE_SIZE = 100
"""Entries that are asked for at once. Chosen, not measured."""
MAX_PAGES = 1_000
"""Pages of one list. Chosen, not measured: no office has a hundred thousand clients."""
MAX_IDLE_PAGES = 3
"""Pages in a row without a new entry before a list counts as one without an end. Chosen, not measured: a list may
move by a page while it is read, and does not do so every time."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How one list is paged."""

    entries: str
    """What its entries are called in an answer."""
    pages: str
    """What the number of its pages is called; without one, a page that is not full is the last."""
    key: str
    """What an entry is known by."""
    first_page: int
    """The number of the first page."""
    page_size: int = PAGE_SIZE
    """How many entries are asked for at once."""

    async def read(self, page: Callable[[int], Awaitable[Response]]) -> AsyncIterator[JsonDocument]:
        """Yield every entry. Raises PlatformUnreachable for a list that repeats itself, or that does not end."""
        number, idle, seen = self.first_page, 0, set[str]()
        before: tuple[str, ...] = ()
        while True:
            response = await page(number)
            entries, pages = response.objects(self.entries), response.document().count(self.pages)
            keys = tuple(filter(None, (entry.text(self.key) for entry in entries)))
            if keys and keys == before:
                if pages is None:  # it was all there at once
                    return
                raise not_the_api(response.host)
            for entry in entries:
                yield entry
            if not self._more(number, len(entries), pages):
                return
            idle = idle + 1 if seen.issuperset(keys) and (keys or not entries) else 0
            if idle >= MAX_IDLE_PAGES or max(number + 1 - self.first_page, pages or 0) >= MAX_PAGES:
                raise not_the_api(response.host)
            seen.update(keys)
            number, before = number + 1, keys

    def _more(self, number: int, entries: int, pages: int | None) -> bool:
        return entries == self.page_size if pages is None else number + 1 < self.first_page + pages
