"""`plan approve`: a second person's yes to a kept plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult

app = typer.Typer()


@command(app, "plan approve", "clientimport plan approve plan.json")
def approve(
    *,
    plan: Annotated[str, argument("PLAN.json", "The plan, as plan -o kept it."), FileRole.READS],
    console: Console,
) -> CommandResult:
    """Show a kept plan and approve it, as somebody else than who made it. Nothing is sent.

    Where the settings ask for it ([ledger] approve = true), only an approved plan is pushed.
    """
    from clientimport.api.open_ledger import open_ledger
    from clientimport.api.plan_approval import approve_plan
    from clientimport.cli.plan_view import plan_text
    from clientimport.push.plan.plan_file import load_plan

    kept = load_plan(Path(plan))
    with open_ledger() as ledger:
        approval = approve_plan(ledger, kept)
    facts = {"planned_by": approval.planned_by, "approved_by": approval.approved_by}
    sentence = console.messages.phrase("plan.approved", file=plan, **facts)
    text = plan_text(kept, (), f"{kept.account.name} · {kept.platform}", console)
    return CommandResult({"file": plan, "digest": approval.digest, **facts}, f"{text}\n\n{sentence}")
