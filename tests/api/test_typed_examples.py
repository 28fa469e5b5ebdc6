"""The examples that mypy checks run, too."""

from __future__ import annotations

import asyncio
from pathlib import Path

import clientimport as ci
import typed_examples


def test_the_typed_examples_run(office: ci.PlatformAccount) -> None:
    file = Path("clients.xlsx")
    typed_examples.read_files_and_frames(file)
    clients = typed_examples.look(ci.read(file, platform="banqup-partner"))
    typed_examples.send(clients, office)
    run = asyncio.run(typed_examples.send_in_a_loop(clients, office))
    assert run.counts["created"] == 8
    typed_examples.merge(Path("crm.xlsx"), Path("books.csv"))
