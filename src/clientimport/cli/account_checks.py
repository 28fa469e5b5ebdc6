"""What `doctor -c NAME` looks at: whether the account opens, and whether both clocks agree."""

from __future__ import annotations

from datetime import timedelta

from clientimport.cli.console import Console
from clientimport.cli.health_checks import CheckState, HealthCheck, checked_safely, record_check
from clientimport.cli.open_account import open_account
from clientimport.cli.options import AccountOptions
from clientimport.connectors.http.server_clock import clock_offset
from clientimport.connectors.protocol import AnswerLost, Connector, PlatformRejected
from clientimport.errors import ClientImportError
from clientimport.messages.printable import printable
from clientimport.model.remote import Account
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import folders
from clientimport.settings.ledger_settings import is_shared

MOST_OFFSET = timedelta(minutes=2)
"""How far two clocks may be apart: platforms allow a few minutes for what is signed with a time,
https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4. Chosen within that, not measured."""


def account_checks(connection: str, platform: str | None, console: Console) -> list[HealthCheck]:
    """Return whether the account can be signed in to, and how the clocks differ. Its one question changes nothing."""
    try:
        with open_account(AccountOptions(connection, platform), console) as session:
            account, offset = session.run(_sign_in)
            message = console.messages.phrase("connections.works", heading=session.heading(account))
    except PlatformRejected as rejection:
        return [HealthCheck("connection", CheckState.STOPS, printable(rejection.reason))]
    except (AnswerLost, ClientImportError) as error:
        reason = error.to_unreachable() if isinstance(error, AnswerLost) else error
        sentence = console.messages.error_message(reason.code, reason.facts)
        return [HealthCheck("connection", CheckState.STOPS, sentence)]
    return [HealthCheck("connection", CheckState.OK, message), _clock(offset, console)]


def shared_record_checks(console: Console) -> list[HealthCheck]:
    """Return whether the record that several desks share can be reached; nothing where it is in the home."""
    try:
        is_elsewhere = is_shared(load_settings(folders().config).ledger)
    except ClientImportError:  # said by the check of the settings
        return []
    if not is_elsewhere:
        return []
    return [checked_safely("shared record", console, lambda: record_check("doctor.record_reached", console))]


async def _sign_in(connector: Connector) -> tuple[Account, timedelta | None]:
    return await connector.account(), clock_offset(connector)


def _clock(offset: timedelta | None, console: Console) -> HealthCheck:
    phrase = console.messages.phrase
    if offset is None:
        return HealthCheck("clock", CheckState.INFO, phrase("doctor.clock_unknown"))
    seconds = round(abs(offset).total_seconds())
    if abs(offset) > MOST_OFFSET:
        key = "doctor.clock_ahead" if offset > timedelta() else "doctor.clock_behind"
        return HealthCheck("clock", CheckState.WARNING, phrase(key, seconds=seconds))
    return HealthCheck("clock", CheckState.OK, phrase("doctor.clock", seconds=seconds))
