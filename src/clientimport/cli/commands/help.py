"""`help`: a topic of the documentation, or the help of a command."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.command_table import COMMANDS
from clientimport.cli.completion_values import TOPIC_NAMES
from clientimport.cli.console import Console, render_output, render_table
from clientimport.cli.help_topics import TOPICS, HelpTopic, readable
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult
from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.settings.defaults import no_defaults

app = typer.Typer()


@command(
    app,
    "help",
    "clientimport help",
    "clientimport help exit-codes",
    "clientimport help runs show",
    settings=no_defaults,
)
def help_(
    *,
    topic: Annotated[
        list[str] | None,
        argument("[TOPIC|COMMAND]", "What it is about; without, all topics.", autocompletion=TOPIC_NAMES),
    ] = None,
    console: Console,
) -> CommandResult:
    """Show a topic of the documentation, or the help of a command.

    Help is in English; what is said about your data is in your language.
    """
    if not topic:
        rows = [(name, entry.summary) for name, entry in TOPICS.items()]
        data = [{"topic": name, "title": summary} for name, summary in rows]
        end = "The commands:  clientimport --help"
        return CommandResult({"topics": data}, f"{render_table(('Topic', 'What it is about'), rows)}\n\n{end}")
    name = " ".join(topic)
    if name in TOPICS:
        return _topic_result(name, TOPICS[name])
    if topic[0] in COMMANDS:
        return _command_help(topic, console)
    known = (*TOPICS, *COMMANDS)
    raise UsageError("help.unknown", name=name, meant=did_you_mean(name, known), known=", ".join(TOPICS))


def _topic_result(name: str, topic: HelpTopic) -> CommandResult:
    from rich.markdown import Markdown  # 60 ms that no other command needs

    markdown = topic.markdown()
    data = {"topic": name, "title": topic.summary, "text": markdown}
    return CommandResult(data, render_output(Markdown(readable(markdown), hyperlinks=False)))


def _command_help(words: list[str], console: Console) -> CommandResult:
    """Print the help of a command as its own `--help` does."""
    import io
    from contextlib import nullcontext, redirect_stdout

    from clientimport.cli.main import main

    printed = io.StringIO()
    with redirect_stdout(printed) if console.as_json else nullcontext():
        exit_code = main([*words, "--help"])
    data = {"topic": " ".join(words), "title": COMMANDS[words[0]].summary, "text": printed.getvalue()}
    return CommandResult(data, exit_code=exit_code, is_printed=not console.as_json)
