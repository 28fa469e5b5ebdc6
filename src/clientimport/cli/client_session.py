"""One client added or changed by hand: its values read, what is known of it looked up, and sent like any push."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientimport.cli.client_view import client_data
from clientimport.cli.console import Console
from clientimport.cli.load_file import parse_pairs, require_known_fields
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.finding import Finding
    from clientimport.model.remote import PushOptions, RemoteClient
    from clientimport.push.plan.plan import Plan
    from clientimport.validation.validate import Validation

TEMPLATE = "configuration_template"


def given_fields(opened: AccountSession, configuration: str | None, fields: list[str]) -> dict[str, str]:
    """Return what the options say about a client, the configuration template first. Raises UsageError."""
    from clientimport.errors import UsageError
    from clientimport.schema.derivations.dependencies import needed_fields

    chosen = {TEMPLATE: configuration} if configuration else {}
    given = {**chosen, **parse_pairs("--field", fields, "NAME=VALUE")}
    if not given:
        raise UsageError("usage.no_field")
    option = "--configuration" if configuration and TEMPLATE not in opened.schema.fields else "--field"
    return require_known_fields(option, given, tuple(sorted(needed_fields(opened.schema))))


@dataclass(frozen=True, slots=True)
class NewClient:
    """One client on its way to the platform."""

    opened: AccountSession
    fields: Mapping[str, str]
    contacts: tuple[Mapping[str, str], ...]
    options: PushOptions
    console: Console
    invite: bool
    yes: bool
    mail_anyway: bool = False
    """Mail an address, too, that nobody seems to be behind."""

    async def add(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of it."""
        from clientimport.cli.load_file import make_plan_for
        from clientimport.push.plan.plan import PlanSource
        from clientimport.push.plan.questionnaire import with_questionnaires
        from clientimport.validation.single_client import validate_single_client

        fields = {**await self._looked_up(connector), **self.fields}
        validation = validate_single_client(fields, self.contacts, self.opened.schema)
        plan, there = await make_plan_for(validation, PlanSource("-", ""), connector)
        self._agree_to_same_name(plan)
        plan = with_questionnaires(plan, there.lists, self.options)
        if plan.invalid or not validation.clients:
            return self._not_sent(validation, plan)
        return await self._sent(plan, connector)

    def _agree_to_same_name(self, plan: Plan) -> None:
        """Ask before a second client of the same name is added.

        Raises QuestionDeclined, or UsageError without a terminal.
        """
        from clientimport.push.plan.same_name import clients_of_same_name

        for entry in plan.new:
            for other in clients_of_same_name(entry, plan):
                facts = {"name": other.name, "id": other.remote.client_id if other.remote else ""}
                if self.yes:
                    self.console.warn("clients.same_name", **facts)
                else:
                    self.console.confirm(self.console.messages.phrase("clients.ask_same_name", **facts), "--yes")

    async def _looked_up(self, connector: Connector) -> dict[str, str]:
        """Return name and address where the platform knows the company and they were not given; say so."""
        from clientimport.connectors.protocol import KnowsCompanies, supports
        from clientimport.model.client import identities
        from clientimport.validation.single_client import parse_fields

        if not supports(connector, KnowsCompanies):
            return {}
        schema = self.opened.schema
        values, _ = parse_fields(self.fields, schema.country, schema)
        looked: dict[str, str] = {}
        for identity in identities(values):
            if not identity.weak and not looked:
                looked = dict(await connector.company_details(identity))
        absent = {name: value for name, value in looked.items() if name not in self.fields and name in schema.fields}
        for name, value in absent.items():
            self.console.info("clients.looked_up", label=self.console.messages.label(name), value=value)
        return absent

    def _not_sent(self, validation: Validation, plan: Plan) -> CommandResult:
        from clientimport.model.finding import Severity

        found = (*validation.report.findings, *plan.findings)
        return errors_result((one for one in found if one.severity is Severity.ERROR), self.opened, self.console)

    async def _sent(self, plan: Plan, connector: Connector) -> CommandResult | CommandFailure:
        from clientimport.cli.push_common import (
            PushQuestion,
            confirm_push,
            locked_account_ledger,
            run_to_result,
            run_with_progress,
        )
        from clientimport.push.forecast import due_mails
        from clientimport.push.mail import MailRules, mails_to_send
        from clientimport.push.push import push
        from clientimport.push.push_request import PushRequest

        mailing = self.opened.schema.creating_mails
        connection, rules = self.opened.connection, MailRules(False, self.mail_anyway, self.opened.connection.sandbox)
        request = PushRequest(  # somebody asks for just this one, so an answer of before is not enough
            connection, self.invite, options=self.options, creating_mails=mailing, retry_refused=True, mail_rules=rules
        )
        with locked_account_ledger(self.opened, plan.account) as journal:
            if self.invite and not self.yes:
                due = due_mails(plan, journal, request)
                confirm_push(
                    self.opened,
                    plan.account,
                    PushQuestion(len(plan.new), mails=mails_to_send(due, None), due=due),
                    self.console,
                )
            run = await run_with_progress(
                1, self.console, lambda show, stop: push(plan, connector, journal, request, progress=show, stop=stop)
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        result = run_to_result(run, self.opened.heading(self.console, plan.account), again, self.console)
        client_id = run.rows[0].result.client_id
        client = await connector.client(client_id) if client_id and run.exit_code == 0 else None
        return result if client is None else self._there(result, client, new=bool(run.counts["created"]))

    def _there(self, result: CommandResult | CommandFailure, client: RemoteClient, *, new: bool) -> CommandResult:
        """Return the result with the client as the platform has it now."""
        from clientimport.model.client import display_name

        words = self.console.messages
        facts = {"name": display_name(client.fields), "id": client.client_id}
        status = words.client_status(client.status, self.opened.schema.id)
        said = words.phrase("clients.added" if new else "clients.there", status=status, **facts)
        return CommandResult({**result.data, "clients": [client_data(client, self.console)]}, f"{result.text}\n{said}")


def changed_values(
    client: RemoteClient, opened: AccountSession, given: Mapping[str, str], screen: Console
) -> tuple[Mapping[str, str], CommandResult | None]:
    """Return the canonical values to write over those of `client`, or the outcome that says why not.

    A field that was given nothing is cleared.
    """
    from clientimport.model.finding import Severity
    from clientimport.validation.single_client import parse_fields

    if not given:
        return {}, None
    country = client.fields.get("country", opened.schema.country)
    values, findings = parse_fields(given, country, opened.schema)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    cleared = {name: "" for name, value in given.items() if not value}
    return {**values, **cleared}, errors_result(errors, opened, screen) if errors else None


def errors_result(errors: Iterable[Finding], opened: AccountSession, screen: Console) -> CommandResult:
    """Return the errors that keep a client from being sent."""
    from clientimport.messages.finding_messages import finding_advice, finding_message
    from clientimport.reports.json_report import finding_data

    show = not screen.masks
    # It was typed as options: the row and column that our types and checks read it from mean nothing to anybody.
    typed = (replace(one, row=None, column=None, header=None) for one in errors)
    told = {f"{one.code} {one.field}": one for one in typed}.values()
    lines = [
        f"{finding_message(screen.messages, one, show_personal_data=show)}"
        f" {finding_advice(screen.messages, one, show_personal_data=show)}"
        for one in told
    ]
    data = {**opened.data, "findings": [finding_data(one, screen.messages, masks=screen.masks) for one in told]}
    return CommandResult(data, "\n".join((*lines, screen.messages.phrase("declined"))), 1)
