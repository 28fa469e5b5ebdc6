"""`read`: the clients in a file or a frame, for one platform."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack, overload

from clientimport.api.clients import Clients, open_clients
from clientimport.api.connections import platform_schema
from clientimport.api.english_errors import english_errors
from clientimport.api.keywords import ClientKeywords, FileKeywords
from clientimport.api.parse_keywords import parse_keywords
from clientimport.api.source import Source

if TYPE_CHECKING:
    import pandas as pd

    from clientimport.files.readers.data_frame import ArrowStream


@overload
def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | Sequence[str | os.PathLike[str]],
    *,
    platform: str | None = None,
    connection: str | None = None,
    **options: Unpack[FileKeywords],
) -> Clients: ...


@overload
def read(
    source: pd.DataFrame | ArrowStream,
    *,
    platform: str | None = None,
    connection: str | None = None,
    **options: Unpack[ClientKeywords],
) -> Clients: ...


def read(
    source: Source,
    *,
    platform: str | None = None,
    connection: str | None = None,
    **options: Unpack[FileKeywords],
) -> Clients:
    """Return the clients in a file, several files with the same headings, a folder, bytes, or a frame.

    `platform` is whose rules hold, or that of a saved `connection`. The other keywords are the command line's options;
    `sheet`, `header_row`, `encoding`, `password` and `include_hidden` say how a file is read, and a frame has none of
    them. Raises FileUnreadable, SettingsUnusable and UsageError.
    """
    with english_errors():
        keywords = parse_keywords(options, FileKeywords)
        return open_clients(source, platform_schema(platform, connection), keywords)
