"""Prints the manual page, made from the commands themselves. `make man` writes docs/clientimport.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import typer

from clientimport import __version__
from clientimport.cli.command_table import HELP, program
from clientimport.cli.help_topics import readable

DOCS = Path(__file__).parent
SHARED = frozenset({"--language", "--json", "--quiet", "--no-input", "--show-personal-data", "--debug", "--help"})
"""What every command takes; described once."""

DESCRIPTION = (
    f"{HELP} Results go to standard output, everything else to standard error.",
    "clientimport COMMAND --help shows a command with examples, clientimport help TOPIC a page of the documentation.",
)


def roff(text: str) -> str:
    r"""Return a text as roff shows it: nothing of it is a request.

    >>> print(roff("--set C=ignore\n.x"))
    \-\-set C=ignore
    \&.x
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    group = typer.main.get_command(program(["every"]))
    assert isinstance(group, click.Group)
    yield f'.TH CLIENTIMPORT 1 "" "clientimport {__version__}" "User Commands"'
    yield from (".SH NAME", f"clientimport \\- {roff(HELP[0].lower() + HELP[1:].rstrip('.'))}")
    yield from (".SH SYNOPSIS", ".B clientimport", ".I COMMAND", "[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]")
    yield from (".SH DESCRIPTION", *map(roff, DESCRIPTION))
    yield from (".SH OPTIONS OF EVERY COMMAND", *_options(group.commands["platforms"], shared=True))
    yield ".SH COMMANDS"
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            for part, member in command.commands.items():
                yield from _command(f"{name} {part}", member)
        else:
            yield from _command(name, command)
    yield from (".SH EXIT STATUS", *_table("exit-codes.md", 0))
    yield from (".SH ENVIRONMENT", *_table("settings.md", -1))
    yield from (".SH SEE ALSO", roff("clientimport help, clientimport help settings, clientimport help privacy"))


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = " ".join(_metavar(item) for item in command.params if isinstance(item, click.Argument))
    yield f'.SS "clientimport {roff(" ".join(filter(None, (name, arguments))))}"'
    yield roff(_plain((command.help or "").split("\n\n")[0]))
    yield from _options(command, shared=False)


def _options(command: click.Command, *, shared: bool) -> Iterator[str]:
    """Yield the options of a command: those that every one has, or the others."""
    for option in command.params:
        if isinstance(option, click.Option) and (not SHARED.isdisjoint(option.opts)) is shared:
            names = ", ".join(f"\\fB{roff(name)}\\fR" for name in (*option.opts, *option.secondary_opts))
            value = "" if option.is_flag else f" \\fI{roff(_metavar(option))}\\fR"
            yield from (".TP", f"{names}{value}", roff(_plain(option.help or "")))


def _metavar(parameter: click.Parameter) -> str:
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        return "|".join(str(getattr(choice, "value", choice)) for choice in parameter.type.choices)
    return (parameter.name or "").upper()


def _plain(text: str) -> str:
    """Return help without rich's escapes of its markup."""
    return text.replace("\\[", "[").replace("\n", " ")


def _table(file: str, which: int) -> Iterator[str]:
    """Yield the rows of a table of a page of docs/, the first column as a term."""
    text = readable((DOCS / file).read_text(encoding="utf-8")).replace("`", "")
    table = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)[which]
    for row in table.splitlines()[2:]:
        term, meaning = (cell.strip() for cell in row.strip("|").split("|"))
        yield from (".TP", f"\\fB{roff(term)}\\fR", roff(meaning))


if __name__ == "__main__":
    print("\n".join(page()))
