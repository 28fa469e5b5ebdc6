"""The names of the lists: by them a person says which list wins, and every cell says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean

_NOT_IN_NAMES = re.compile(r"[,=:*\s]+")
"""What separates names in options."""


def list_names(files: Sequence[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the name of each file: the one it is given, else that of the file without its ending.

    Raises UsageError for a name given to a file that is not there, one that another file has, or one that cannot stand
    in an option.

    >>> list_names(["crm.xlsx", "old/crm.csv"], {}), list_names(["a.xlsx", "b.csv"], {"a.xlsx": "crm"})
    (('crm', 'crm-2'), ('crm', 'b'))
    """
    for file, name in given.items():
        if not any(_is(file, path) for path in files):
            raise UsageError("merge.unknown_file", file=file, meant=did_you_mean(file, files), known=", ".join(files))
        if not name or _NOT_IN_NAMES.search(name):
            raise UsageError("merge.bad_name", file=file, name=name)
    if len(set(given.values())) < len(given):
        raise UsageError("merge.name_twice", names=", ".join(given.values()))
    names: list[str] = []
    for file in files:
        own_name = next((name for path, name in given.items() if _is(path, file)), None)
        names.append(
            own_name
            if own_name and own_name not in names
            else _free(own_name or _plain(file), [*names, *given.values()])
        )
    return tuple(names)


def _is(named: str, file: str) -> bool:
    """Tell whether a person means this file: by its path, or by its name alone."""
    return named in (file, PurePath(file).name)


def _plain(file: str) -> str:
    return _NOT_IN_NAMES.sub("-", PurePath(file).stem).strip("-") or "list"


def _free(name: str, taken: Sequence[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def options_for_list(texts: Sequence[str], name: str, names: Sequence[str]) -> list[str]:
    """Return the options that are for one list: those with its name before a colon, and those without any list's name.

    >>> options_for_list(["crm:Nr=client_code", "books:Nr=vat_number", "Land=country"], "crm", ["crm", "books"])
    ['Nr=client_code', 'Land=country']
    """
    parts = [(text, *text.partition(":")) for text in texts]
    return [
        rest if before == name else text
        for text, before, colon, rest in parts
        if not (colon and before in names and before != name)
    ]
