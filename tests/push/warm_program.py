"""A program that has worked once: processes that are forked from it begin at once, for half the time of a processor."""

from __future__ import annotations

import csv
import os
import tempfile
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import aiohttp  # noqa: F401 -- imported here for those that are forked, as are all that follow
import psycopg  # noqa: F401

import clientimport.cli.commands.push
import clientimport.cli.push_session
import clientimport.connectors.banqup_partner
import clientimport.push.ledger.postgres_connection  # noqa: F401
from clientimport.cli.main import main
from push_world import PARTNER


def _validate(folder: Path) -> None:
    with (folder / "list.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, PARTNER[0])
        table.writeheader()
        table.writerows(PARTNER)
    with patch.dict(os.environ, {"CLIENTIMPORT_HOME": str(folder)}), redirect_stdout(StringIO()), suppress(SystemExit):
        main(["validate", str(folder / "list.csv"), "-p", "banqup-partner", "--json"])


with tempfile.TemporaryDirectory(prefix="clientimport-warm-") as _folder:
    _validate(Path(_folder))
