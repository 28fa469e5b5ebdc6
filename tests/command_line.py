"""The command line in this process: what a person would type, and what they would see."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from clientimport.cli.main import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command answered."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        return json.loads(self.out)


def clientimport(*arguments: object) -> Answer:
    """Run one command line."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            exit_code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            exit_code = int(ended.code or 0)
    out.flush()
    return Answer(exit_code, out.buffer.getvalue().decode(), err.getvalue())
