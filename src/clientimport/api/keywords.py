"""The keywords of the API's functions, each the counterpart of an option of the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict

from clientimport.errors import UsageError

Texts = str | Sequence[str]
"""One text or several."""
Rows = str | int | Collection[str] | Collection[int]
"""Groups and rows: `new`, `5,7-9`, 5, or several of these."""
Labels = Mapping[str, str] | Mapping[int, str]
"""By header or letter; the columns of a frame may have numbers for names."""


class ClientKeywords(TypedDict, total=False):
    """What is said of a list of clients, a file or a frame."""

    where: Texts
    """Only these rows: `Status=active,new`; `Status!=stopped`: all but those."""
    no_repair: Texts
    """Repairs that are errors: a code, its first word, or `all`."""
    profile: str | None
    """A saved mapping."""
    no_profile: bool
    """Do not look for a saved mapping."""
    columns: Labels
    """Header or letter -> field, or `ignore`."""
    composed: Mapping[str, str]
    """Field -> the columns and fixed words that it is put together from."""
    values: Mapping[str, Mapping[str, str]]
    """Field -> word in the list -> the value that it means."""
    defaults: Mapping[str, str]
    """Field -> its value in every row that has none."""
    check: Texts
    """Registers to hold the rows against: `kbo`, `vies`, `peppol`."""
    fill_from: str | None
    """The register from which empty names and addresses are filled: `kbo`."""
    accept_proposals: bool
    """Take columns that are only proposed as they are."""
    language: str
    """Of messages and of files that are written: `nl`, `fr`, `en` or `de`."""
    show_personal_data: bool
    """Show national register numbers in full."""


class FileKeywords(ClientKeywords, total=False):
    """What is said of a file beside that."""

    sheet: str | None
    """The sheet to read; `all`: those with the same headings."""
    header_row: int | None
    """The row with the headers; 0: there is none."""
    encoding: str | None
    """Of a CSV file."""
    password: str | None
    """Of a protected file."""
    include_hidden: bool
    """Read hidden rows and columns too."""


class MergeKeywords(ClientKeywords, total=False):
    """What is said of several lists that are made one; the keywords of a list are said of each of them."""

    prefer: Mapping[str, Texts]
    """Field, or `*` for every one -> the names of the lists that win, the first that has a value before the others."""
    keys: Texts
    """What the lists share beside official numbers: `client_code`, `external_reference`."""
    decide: str | os.PathLike[str] | None
    """An earlier merged workbook with its sheet of pairs filled in."""


class PushKeywords(TypedDict, total=False):
    """What a push does beside creating clients."""

    invite: bool
    """Send the invitations too."""
    all_or_nothing: bool
    """Send nothing if a row has an error."""
    max_invitations: int | None
    """Refuse to send more mails."""
    invite_limit: int | None
    """Send so many mails now, the rest next time."""
    update: Texts
    """Fields to overwrite where the platform has something else, or `all`."""
    only: Rows | None
    """Only these: `new`, `existing`, `5,7-9`."""
    skip: Rows | None
    """All but these."""
    retry_refused: bool
    """Send unchanged rows again that the platform refused."""
    questionnaire: Texts
    """Accounton: what new clients get, `NAME` or `LANGUAGE=NAME`."""
    mail_as_on_platform: bool
    """Where file and platform differ, mail the platform's address."""
    mail_anyway: bool
    """Mail also addresses that look undeliverable."""
    share_documents: str | None
    """Console: your own login at the delivery channel."""
    share_channel: str | None
    """Console: the delivery channel."""


def texts(given: Texts | None) -> tuple[str, ...]:
    """Return one text or several as several.

    >>> texts("kbo"), texts(["kbo", "vies"]), texts(None)
    (('kbo',), ('kbo', 'vies'), ())
    """
    return (given,) if isinstance(given, str) else tuple(given or ())


def selections(name: str, given: Rows | None) -> tuple[str, ...]:
    """Return the selections of rows, which must all hold; numbers of rows are one, of which a client needs any.

    Raises UsageError for a list in which nothing is: a row that is not found must never come to mean every row.

    >>> selections("only", "new"), selections("only", ["new", "5-9"]), selections("only", [5, 7])
    (('new',), ('new', '5-9'), ('5,7',))
    """
    if given is None or isinstance(given, str):
        return texts(given)
    chosen = [given] if isinstance(given, int) else list(given)
    if not chosen:
        raise UsageError("push.nothing_selected", name=name)
    rows = ",".join(str(row) for row in chosen if not isinstance(row, str))
    return tuple(filter(None, (rows, *(text for text in chosen if isinstance(text, str)))))
