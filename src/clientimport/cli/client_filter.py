"""The options about which clients of an account are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from clientimport.cli.options import option


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """The clients that are asked for; all conditions must hold."""

    search: Annotated[
        str | None, option("--search", None, "Only those with these words in name, number or e-mail.", "TEXT")
    ] = None
    status: Annotated[
        list[str] | None,
        option("--status", None, "Only those in this state, such as draft or Concept. Repeatable.", "STATUS"),
    ] = None
    invited_before: Annotated[
        int | None,
        option(
            "--invited-before", None, "Only those last mailed at least so long ago and not active yet.", "DAYS", min=0
        ),
    ] = None
