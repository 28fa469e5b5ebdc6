"""The group of the commands about runs, and the argument that most of them take."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.completion_values import RUNS
from clientimport.cli.options import argument

app = typer.Typer(help="What was sent, and what became of every row.", no_args_is_help=True)

RunId = Annotated[
    str,
    argument("RUN", "The run, the beginning of its id, or last; see clientimport runs list.", autocompletion=RUNS),
]
