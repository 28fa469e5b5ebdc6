"""There is one engine: each option of the commands has its argument in the Python API."""

from __future__ import annotations

import inspect
from typing import Any, cast

import pytest

import clientimport as ci
from clientimport.api.keywords import FileKeywords, MergeKeywords, PushKeywords
from clientimport.api.push_request import push_request
from clientimport.api.user_decisions import read_request, reading_document, user_decisions
from clientimport.cli.command import OPTIONS
from clientimport.cli.command_table import load_command
from clientimport.model.connection import Connection
from clientimport.schema.loader import load_schema

FILE, PUSH = FileKeywords.__optional_keys__, PushKeywords.__optional_keys__
MERGE = MergeKeywords.__optional_keys__ | FILE  # a list that needs more to be said is read first
KEYWORDS = FILE | PUSH | MERGE
OF_COMMANDS = {"validate": FILE, "fix": FILE, "plan": FILE | PUSH, "push": FILE | PUSH, "merge": MERGE}
"""Command -> the keywords of the functions that do the same."""

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


@pytest.mark.parametrize("command", OF_COMMANDS)
def test_each_option_has_its_argument(command: str) -> None:
    load_command(command)
    options = OPTIONS[command]
    assert len(options) > 20
    named = {option for option in options if option.removeprefix("--").replace("-", "_") in OF_COMMANDS[command]}
    assert options - named - CALLED_OTHERWISE.keys() - OF_A_COMMAND_LINE.keys() == set()


def test_what_is_called_otherwise_is_there() -> None:
    wrong = {option for option, (function, name) in CALLED_OTHERWISE.items() if name not in keywords_of(function)}
    assert wrong == set()


def test_no_option_is_excused_that_has_an_argument_or_that_no_command_has() -> None:
    for command in OF_COMMANDS:
        load_command(command)
    every = {option for command in OF_COMMANDS for option in OPTIONS[command]}
    excused = CALLED_OTHERWISE.keys() | OF_A_COMMAND_LINE.keys()
    assert excused - every - {"--help", "--no-adopt-ledger"} == set()
    assert {option for option in OF_A_COMMAND_LINE if option.removeprefix("--").replace("-", "_") in KEYWORDS} == set()


SHARING = {"share_documents": "ann@office.be", "share_channel": "Portal"}
SAID_OF_A_PUSH: dict[str, Any] = {
    **dict.fromkeys(("invite", "all_or_nothing", "retry_refused", "mail_as_on_platform", "mail_anyway"), True),
    **dict.fromkeys(("max_invitations", "invite_limit"), 3),
    "update": "legal_name",
    "only": "new",
    "skip": 5,
    "questionnaire": "PIT",
    **SHARING,
}
SAID_OF_A_LIST: dict[str, Any] = {
    **dict.fromkeys(("no_profile", "include_hidden"), True),
    "where": "Land=BE",
    "no_repair": "phone",
    "profile": "office",
    "columns": {"Naam": "legal_name"},
    "composed": {"legal_name": "Naam + Vorm"},
    "values": {"country": {"Holland": "NL"}},
    "defaults": {"country": "BE"},
    "sheet": "Klanten",
    "header_row": 3,
    "encoding": "cp1252",
    "password": "x",
}
OF_RESULTS = {"check", "fill_from", "accept_proposals", "language", "show_personal_data"}
"""Keywords of a list about what is done with it after it was read; tests beside this one hold each."""


@pytest.mark.parametrize("name", sorted(PUSH))
def test_no_keyword_of_a_push_is_without_effect(name: str) -> None:
    platforms = {"questionnaire": "accounton", **dict.fromkeys(SHARING, "banqup-console-be")}
    schema = load_schema(platforms.get(name, "banqup-partner"))
    connection = Connection("office", schema.id, "https://platform.example", "1")
    said = {name: SAID_OF_A_PUSH[name], **(SHARING if name in SHARING else {})}
    silent = push_request(PushKeywords(), connection, schema, {})
    asked = push_request(cast("PushKeywords", said), connection, schema, {})
    assert asked != silent


@pytest.mark.parametrize("name", sorted(FILE - OF_RESULTS))
def test_no_keyword_of_a_list_is_without_effect(name: str) -> None:
    silent, said = FileKeywords(), cast("FileKeywords", {name: SAID_OF_A_LIST[name]})
    assert (read_request(said), user_decisions(said)) != (read_request(silent), user_decisions(silent))
    if name != "password":  # which is never written down
        assert reading_document(said) != reading_document(silent)
