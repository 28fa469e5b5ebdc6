"""All commands, by name in the order of the help; only the module of the command that is run is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import typer

from clientimport.cli.command_group import CommandGroup

HELP = "Bring an accountant's clients onto online platforms from any spreadsheet, and invite them."
HELP_OPTIONS = ("-h", "--help")


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command, or a group of them, as the list of commands shows it."""

    summary: str
    further_modules: tuple[str, ...] = ()
    """Of a group: further modules, whose commands join it when they are imported."""
    group: bool = False
    words: tuple[str, ...] = ()
    """What may stand in the place of its first argument and is a command of its own, in a module `NAME_WORD`."""


COMMANDS = {
    "platforms": CommandEntry("List the platforms, or one platform's columns and rules."),
    "pull": CommandEntry(
        "Read the clients of your office from the program that you work with, into a list like any other."
    ),
    "template": CommandEntry("Write an empty .xlsx to fill in, with the platform's headers, notes and lists."),
    "map": CommandEntry(
        "Show which column of a file becomes which field, and why; on a terminal, change any of it by keyboard."
    ),
    "validate": CommandEntry("Check files against a platform's rules. Nothing is sent and nothing is written."),
    "merge": CommandEntry(
        "Make one list of several: the CRM's contacts, the accounting program's numbers, the mandates."
    ),
    "fix": CommandEntry("Write the file that the platform's own import page takes."),
    "plan": CommandEntry("Show what a push would do. Nothing is sent.", words=("approve",)),
    "push": CommandEntry(
        "Bring the clients of files onto the platform. What it already has is found and never created again."
    ),
    "invite": CommandEntry(
        "Send their invitation to clients that are on the platform: of a run, of a file, or all drafts."
    ),
    "lookup": CommandEntry(
        "Show what the registers know: is the number alive, whose is it, is it valid, is it on Peppol and with whom."
    ),
    "registers": CommandEntry("The KBO's open data on this computer, and the answers of VIES.", group=True),
    "profiles": CommandEntry("Saved mappings of columns.", group=True),
    "runs": CommandEntry(
        "What was sent, and what became of every row.",
        ("export", "forget", "key", "move", "undo", "verify"),
        group=True,
    ),
    "clients": CommandEntry("The clients of one account, one by one.", ("report",), group=True),
    "configurations": CommandEntry("Configuration templates on the platform.", group=True),
    "connections": CommandEntry("Accounts on platforms: their address and client id.", ("admit",), group=True),
    "sandbox": CommandEntry("Run the embedded platform until Ctrl-C. Sign in with demo / demo."),
    "demo": CommandEntry("Show the whole story on a sample portfolio: map, validate, fix, plan, push, invite."),
    "explain": CommandEntry("Say what a finding means and how to correct it."),
    "init": CommandEntry("Ask for the platform, account and language that you work with, and keep them as defaults."),
    "settings": CommandEntry(
        "Show which options have a default, and from where: the environment, a project's file, or your settings."
    ),
    "doctor": CommandEntry(
        "Check Python, your folders, the record of what was sent and the keyring. Nothing is asked of the network."
    ),
    "help": CommandEntry("Show a topic of the documentation, or the help of a command."),
}


def program(arguments: Sequence[str]) -> typer.Typer:
    """Return the program as far as these arguments need it: one command, or the list of all without any of them."""
    app = typer.Typer(
        name="clientimport",
        help=f"{HELP}\n\nExamples:\n  clientimport demo\n  clientimport validate clients.xlsx -p banqup-partner",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": list(HELP_OPTIONS)},
        cls=CommandGroup,
        suggest_commands=False,
    )
    asked = arguments[0] if arguments else ""
    for name in [asked] if asked in COMMANDS else COMMANDS:
        if asked.startswith("-") or not asked:
            app.command(name, help=COMMANDS[name].summary)(_no_command)
        elif COMMANDS[name].words and arguments[1:2] and arguments[1] in COMMANDS[name].words:
            app.add_typer(_own_group(name, arguments[1]), name=name)
        else:
            _add(app, name)
    return app


def _own_group(name: str, word: str) -> typer.Typer:
    """Return the group of a command that stands behind the name of another one, `plan approve`."""
    own: typer.Typer = import_module(f"clientimport.cli.commands.{name}_{word}").app
    own.callback(help=COMMANDS[name].summary)(_no_command)  # a group, though it has one command
    return own


def load_command(name: str) -> ModuleType:
    """Return the module of a command, or of a group with all its commands, loaded."""
    module = import_module(f"clientimport.cli.commands.{name}")
    for part in COMMANDS[name].further_modules:
        import_module(f"clientimport.cli.commands.{name}_{part}")
    return module


def _add(app: typer.Typer, name: str) -> None:
    app.add_typer(load_command(name).app, name=name if COMMANDS[name].group else None)


def _no_command() -> None:
    """Do nothing: in the list of commands only names and summaries are shown."""
