"""The commands by name, and the one that was meant where there is none of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperGroup

from clientimport.model.did_you_mean import did_you_mean

_NEVER_OFFERED = "invite"
"""It sends mails, so it is typed in full: one letter makes it of `init`."""


class CommandGroup(TyperGroup):
    """typer's group, with suggestions of our own."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that was typed. Raises typer's usage error, which names the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except Exception as error:
            meant = closest_command(args[0], self.commands) if args else ""
            if meant and hasattr(error, "message"):
                error.message = f"{error.message.rstrip('.')}. Did you mean '{meant}'?"
            raise


def closest_command(typed: str, names: Iterable[str]) -> str:
    """Return the command that was perhaps meant, and never one that sends mails.

    >>> closest_command("inti", ["init", "invite"]), closest_command("invit", ["init", "invite"])
    ('init', '')
    >>> closest_command("validat", ["validate", "invite"])
    'validate'
    """
    offered = (name for name in names if name != _NEVER_OFFERED and not (name == "init" and "v" in typed.casefold()))
    return did_you_mean(typed, offered)
