"""There is one engine: each option of the commands has its argument in the Python API."""

from __future__ import annotations

import inspect

import pytest

import clientimport as ci
from clientimport.api.keywords import FileKeywords, MergeKeywords, PushKeywords
from clientimport.cli.command import OPTIONS
from clientimport.cli.command_table import load_command

KEYWORDS = FileKeywords.__optional_keys__ | PushKeywords.__optional_keys__ | MergeKeywords.__optional_keys__

CALLED_OTHERWISE = {
    "--set": (ci.Clients.map, "columns"),
    "--value": (ci.Clients.value, "fields"),
    "--default": (ci.Clients.default, "fields"),
    "--key": (ci.merge, "keys"),
    "--name": (ci.merge, "sources"),
    "--password-env": (ci.read, "password"),
    "--platform": (ci.read, "platform"),
    "--connection": (ci.connect, "name"),
    "--strict": (ci.Clients.validate, "strict"),
    "--fail-on": (ci.Report.raise_for_errors, "fail_on"),
    "--output": (ci.Fixed.to_excel, "path"),
    "--rejects": (ci.Fixed.rejects_to_excel, "path"),
    "--force": (ci.Fixed.to_excel, "force"),
    "--yes": (ci.Plan.push, "confirm"),
    "--dry-run": (ci.Plan.preview, "options"),
    "--adopt-ledger": (ci.connect, "adopt_ledger"),
    "--no-adopt-ledger": (ci.connect, "adopt_ledger"),
}
"""Option -> the function and the parameter that say the same."""
OF_A_COMMAND_LINE = {
    "--json": "results are objects and frames",
    "--quiet": "nothing is printed",
    "--no-input": "nothing is asked",
    "--debug": "a program has Python's own logging and debugger",
    "--format": "how a report is printed; `.findings` is a frame",
    "--report": "how a report is written; `.findings` is a frame",
    "--all": "how many lines of a report are printed; `.findings` has them all",
    "--exit-code": "which number a command ends with; `.groups` says what there is to do",
    "--help": "help() and docs/python.md",
}
"""Options that are only about a terminal, a pipe or a file of text, and why a program needs none of them."""


def keywords_of(function: object) -> set[str]:
    """Return what a function can be given by name, the keywords that it hands on among it."""
    parameters = inspect.signature(function).parameters  # type: ignore[arg-type]
    handed_on = KEYWORDS if any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values()) else set()
    return {*parameters, *handed_on}


@pytest.mark.parametrize("command", ["validate", "fix", "plan", "push", "merge"])
def test_each_option_has_its_argument(command: str) -> None:
    load_command(command)
    options = OPTIONS[command]
    assert len(options) > 20
    named = {option for option in options if option.removeprefix("--").replace("-", "_") in KEYWORDS}
    assert options - named - CALLED_OTHERWISE.keys() - OF_A_COMMAND_LINE.keys() == set()


def test_what_is_called_otherwise_is_there() -> None:
    wrong = {option for option, (function, name) in CALLED_OTHERWISE.items() if name not in keywords_of(function)}
    assert wrong == set()


def test_no_option_is_excused_that_has_an_argument_or_that_no_command_has() -> None:
    for command in ("validate", "fix", "plan", "push", "merge"):
        load_command(command)
    every = {option for command in ("validate", "fix", "plan", "push", "merge") for option in OPTIONS[command]}
    excused = CALLED_OTHERWISE.keys() | OF_A_COMMAND_LINE.keys()
    assert excused - every - {"--help", "--no-adopt-ledger"} == set()
    assert {option for option in OF_A_COMMAND_LINE if option.removeprefix("--").replace("-", "_") in KEYWORDS} == set()
