"""An API that changes under our feet: whatever a list says one day, it is read, or said to be none; never a defect."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from clientimport.errors import ClientImportError
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from push_world import ROWS, World, clients, mails

ODD: tuple[Any, ...] = (None, "", "x", 0, -1, 7.5, True, [], {}, ["x"], {"new": 1}, [None], "2026-13-45", "é" * 300)


def places(document: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container with a key of it."""
    keys = document if isinstance(document, dict) else range(len(document)) if isinstance(document, list) else ()
    for key in tuple(keys):
        yield document, key
        yield from places(document[key])


def changed(chance: random.Random, _path: str, document: Any) -> Any:
    """Return the document with something dropped, added or of another kind."""
    found = list(places(document))
    if not found:
        return document
    inside, key = chance.choice(found)
    if chance.random() < 0.4:
        del inside[key]
    elif isinstance(inside, dict) and chance.random() < 0.3:
        inside["somethingNew"] = chance.choice(ODD)
    else:
        inside[key] = chance.choice(ODD)
    return document


@pytest.mark.parametrize("platform", ROWS)
def test_whatever_is_read_nobody_is_mailed_twice_and_nothing_breaks(tmp_path: Path, platform: str) -> None:
    ends: set[str] = set()
    with running() as url:
        world = World(url, tmp_path, platform, ROWS[platform][:2])
        world.push(invite=True)
        mailed, there = len(mails(url)), len(clients(url))
        for seed in range(40):
            chance = random.Random(seed)
            with faulty(url, Faults(rewrite=partial(changed, chance))) as address:
                try:
                    ends.add(str(world.through(address).push(invite=True).exit_code))
                except ClientImportError as said:
                    ends.add(said.code)
            assert len(mails(url)) == mailed
            assert len(clients(url)) == there
    assert len(ends) > 1
