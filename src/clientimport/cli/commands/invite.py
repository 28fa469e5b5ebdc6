"""`invite`: send their mail to clients that are on the platform already."""

from __future__ import annotations

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions
from clientimport.cli.options import AccountOptions
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.sending_options import InvitationConsent, InvitationLimits, InvitationTargets
from clientimport.errors import UsageError

app = typer.Typer()


@command(
    app,
    "invite",
    "clientimport invite -c office --run 20261122-101500-1f3a",
    "clientimport invite -c sandbox -p banqup-partner --all-drafts --yes",
    "clientimport invite clients.xlsx -c office --only 12 --resend",
    "clientimport invite -c office --resend --invited-before 14",
)
def invite(
    *,
    consent: InvitationConsent,
    targets: InvitationTargets,
    on: AccountOptions,
    file_options: FileOptions,
    console: Console,
    limits: InvitationLimits,
) -> CommandResult | CommandFailure:
    """Send their invitation to clients that are on the platform: of a run, of a file, or all drafts.

    Nobody gets a second mail unless --resend asks for it; with --invited-before 14 only those whose mail is two weeks
    old or older and who are not active yet, of the whole account where no file or run is named. Where the file has
    another address than the platform, and where nobody seems to be behind an address, the mail is held.
    """
    from clientimport.api.platform_account import LedgerAccount
    from clientimport.cli.invite_session import run_invite
    from clientimport.cli.open_account import open_account

    _require_targets(targets, limits)
    if not consent.dry_run:
        console.require_person_or_yes(yes=consent.yes)
    ledger = LedgerAccount((targets.run,) if targets.run else (), consent.adopt_ledger)
    with open_account(on, console, ledger) as session:
        return run_invite(targets, session, limits, file_options, consent)


def _require_targets(targets: InvitationTargets, limits: InvitationLimits) -> None:
    """Raise UsageError where it is not said who gets a mail, or a reminder is asked for without --resend."""
    if limits.invited_before is not None and not limits.resend:
        raise UsageError("invite.reminder", days=limits.invited_before)
    named = sum(map(bool, (targets.file, targets.run, targets.all_drafts)))
    if named > 1 or (not named and limits.invited_before is None):
        raise UsageError("invite.whom")
