"""The topics of `help`: pages of docs/, or sections of one, which travel with the program."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientimport.schema.data_files import data_folder


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """What one topic shows."""

    summary: str
    page: str
    sections: tuple[str, ...] = ()
    """The headings of the sections that are shown; none for the whole page."""

    def markdown(self) -> str:
        """Return the text as it stands in docs/."""
        text = (data_folder("docs") / self.page).read_text(encoding="utf-8")
        return "\n".join(_section(text, heading) for heading in self.sections) if self.sections else text


TOPICS = {
    "commands": HelpTopic("All commands, with examples that the tests run.", "commands.md"),
    "files": HelpTopic(
        "What is read, and what is written and where.",
        "commands.md",
        ("A file that does not speak for itself", "Files that are written"),
    ),
    "settings": HelpTopic(
        "What is kept, where, and what beats what: defaults, connections, completion.", "settings.md"
    ),
    "environment": HelpTopic("The environment variables.", "settings.md", ("Environment",)),
    "completion": HelpTopic("Completion of commands, options and values in a shell.", "settings.md", ("Completion",)),
    "exit-codes": HelpTopic("What a script can tell from the exit code.", "exit-codes.md"),
    "sending": HelpTopic("Plan, push, invitations, and what is remembered.", "commands.md", ("Sending",)),
    "merging": HelpTopic("Several lists into one.", "commands.md", ("Several lists into one",)),
    "registers": HelpTopic("What the KBO, VIES and Peppol know.", "commands.md", ("What the registers know",)),
    "sandbox": HelpTopic("The embedded platform.", "commands.md", ("The sandbox",)),
    "rules": HelpTopic("Our own rules, beside those of the platforms.", "rules.md"),
    "privacy": HelpTopic("Who learns what, and what is kept where.", "privacy.md"),
    "reliability": HelpTopic("What can go wrong, and what happens then.", "reliability.md"),
    "ci": HelpTopic("In a pipeline: formats, GitHub Actions, Docker, pre-commit.", "ci.md"),
    "shared-ledger": HelpTopic("One record of what was sent, for several desks.", "shared-ledger.md"),
    "nightly": HelpTopic("A push every night, without anybody there.", "nightly.md"),
}
"""Name of a topic -> where it stands, in the order of the list."""


def readable(markdown: str) -> str:
    """Return Markdown without what only a browser can follow: links to other pages, and pictures.

    >>> readable("See [a page](privacy.md#who) and ![a list](list.svg).")
    'See a page and .'
    """
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown))


def _section(markdown: str, heading: str) -> str:
    """Return one section with its heading, up to the next one of its level.

    >>> _section(chr(10).join(("# Page", "## First", "a", "## Second", "b")), "First").splitlines()
    ['## First', 'a']
    """
    match = re.search(rf"^## {re.escape(heading)}\n(?:(?!## ).*\n?)*", markdown, re.MULTILINE)
    return match[0] if match else ""
