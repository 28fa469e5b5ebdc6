"""Client lists for tests: canonical values by name, numbered as a spreadsheet with its header in row 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientimport.merging.answers import Answers
from clientimport.merging.client_list import ClientList, ListedClient, ListRow
from clientimport.merging.merge import Merge, MergeOptions, merge
from clientimport.merging.preferences import Preferences
from clientimport.schema.loader import load_schema

KEY = b"a secret of these tests"
Row = Mapping[str, str]


def client_list(name: str, *rows: Row) -> ClientList:
    """Return a list in which each row is a client of its own."""
    clients = (ListedClient(name, (ListRow(number, fields),)) for number, fields in enumerate(rows, 2))
    return ClientList(name, f"{name}.xlsx", tuple(clients))


def merged(
    *lists: ClientList,
    prefer: Mapping[str, Sequence[str]] | None = None,
    keys: Sequence[str] | None = None,
    answers: Mapping[str, bool] | None = None,
    platform: str = "banqup-partner",
) -> Merge:
    """Return the lists as one."""
    preferences = Preferences({name: tuple(names) for name, names in (prefer or {}).items()})
    options = MergeOptions(Answers(KEY, answers or {}), preferences=preferences)
    if keys is not None:
        options = MergeOptions(options.answers, tuple(keys), preferences)
    return merge(lists, load_schema(platform), options)


def values(outcome: Merge) -> list[dict[str, str]]:
    """Return the rows of the merged list."""
    return [{name: cell.value for name, cell in row.cells.items()} for one in outcome.clients for row in one.rows]
