"""One client added or changed by hand: its values read, what is known of it looked up, and sent like any push."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientimport.cli.client_view import client_data
from clientimport.cli.console import Screen
from clientimport.cli.load_file import known_fields, pairs
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector, PushOptions, RemoteClient
    from clientimport.model.finding import Finding
    from clientimport.push.plan.plan import Plan
    from clientimport.validation.validate import Validation

TEMPLATE = "configuration_template"


def given_fields(opened: AccountSession, configuration: str | None, fields: list[str]) -> dict[str, str]:
    """Return what the options say about a client, the configuration template first. Raises UsageError."""
    from clientimport.errors import UsageError
    from clientimport.schema.derivations.dependencies import wanted

    chosen = {TEMPLATE: configuration} if configuration else {}
    given = {**chosen, **pairs("--field", fields, "NAME=VALUE")}
    if not given:
        raise UsageError("usage.no_field")
    option = "--configuration" if configuration and TEMPLATE not in opened.schema.fields else "--field"
    return known_fields(option, given, tuple(sorted(wanted(opened.schema))))


@dataclass(frozen=True, slots=True)
class NewClient:
    """One client on its way to the platform."""

    opened: AccountSession
    fields: Mapping[str, str]
    contacts: tuple[Mapping[str, str], ...]
    options: PushOptions
    screen: Screen
    invite: bool
    yes: bool
    mail_anyway: bool = False
    """Mail an address, too, that nobody seems to be behind."""

    async def done(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of it."""
        from clientimport.cli.load_file import planned
        from clientimport.push.plan.plan import PlanSource
        from clientimport.push.plan.questionnaire import with_questionnaires
        from clientimport.validation.single_client import typed

        fields = {**await self._looked_up(connector), **self.fields}
        validation = typed(fields, self.contacts, self.opened.schema)
        plan, there = await planned(validation, PlanSource("-", ""), connector)
        self._agree_to_same_name(plan)
        plan = with_questionnaires(plan, there.lists, self.options)
        if plan.invalid or not validation.clients:
            return self._not_sent(validation, plan)
        return await self._sent(plan, connector)

    def _agree_to_same_name(self, plan: Plan) -> None:
        """Warn before a second client of one name is added. Raises QuestionDeclined, UsageError when nobody can be asked."""
        from clientimport.push.plan.same_name import same_name

        for entry in plan.new:
            for other in same_name(entry, plan):
                facts = {"name": other.name, "id": other.remote.client_id if other.remote else ""}
                if self.yes:
                    self.screen.warn("clients.same_name", **facts)
                else:
                    self.screen.confirm(self.screen.words.say("clients.ask_same_name", **facts), "--yes")

    async def _looked_up(self, connector: Connector) -> dict[str, str]:
        """Return name and address where the platform knows the company and they were not given; say so."""
        from clientimport.model.client import identities
        from clientimport.validation.single_client import read

        schema = self.opened.schema
        values, _ = read(self.fields, schema.country, schema)
        looked: dict[str, str] = {}
        for identity in identities(values):
            if not identity.weak and not looked:
                looked = dict(await connector.look_up(identity))
        absent = {name: value for name, value in looked.items() if name not in self.fields and name in schema.fields}
        for name, value in absent.items():
            self.screen.note("clients.looked_up", label=self.screen.words.label(name), value=value)
        return absent

    def _not_sent(self, validation: Validation, plan: Plan) -> CommandResult:
        from clientimport.model.finding import Severity

        found = (*validation.report.findings, *plan.findings)
        return not_taken((one for one in found if one.severity is Severity.ERROR), self.opened, self.screen)

    async def _sent(self, plan: Plan, connector: Connector) -> CommandResult | CommandFailure:
        from clientimport.cli.push_common import PushQuestion, ask, carried_out, recorded, told
        from clientimport.push.forecast import due_mails
        from clientimport.push.mail import MailRules, going
        from clientimport.push.push import PushRequest, push

        mailing = self.opened.schema.creating_mails
        connection, rules = self.opened.connection, MailRules(False, self.mail_anyway, self.opened.connection.sandbox)
        request = PushRequest(  # somebody asks for just this one, so an answer of before is not enough
            connection, self.invite, options=self.options, creating_mails=mailing, retry_refused=True, rules=rules
        )
        with recorded(self.opened, plan.account) as journal:
            if self.invite and not self.yes:
                due = due_mails(plan, journal, request)
                ask(
                    self.opened, plan.account, PushQuestion(len(plan.new), mails=going(due, None), due=due), self.screen
                )
            run = await carried_out(
                1, self.screen, lambda show, stop: push(plan, connector, journal, request, progress=show, stop=stop)
            )
        again = shlex.join(["clientimport", *sys.argv[1:]])
        result = told(run, self.opened.heading(self.screen, plan.account), again, self.screen)
        client_id = run.rows[0].outcome.client_id
        client = await connector.client(client_id) if client_id and run.exit_code == 0 else None
        return result if client is None else self._there(result, client, new=bool(run.counts["created"]))

    def _there(self, result: CommandResult | CommandFailure, client: RemoteClient, *, new: bool) -> CommandResult:
        """Return the result with the client as the platform has it now."""
        from clientimport.model.client import display_name

        words = self.screen.words
        facts = {"name": display_name(client.fields), "id": client.client_id}
        status = words.status(client.status, self.opened.schema.id)
        said = words.say("clients.added" if new else "clients.there", status=status, **facts)
        return CommandResult({**result.data, "clients": [client_data(client, self.screen)]}, f"{result.text}\n{said}")


def changed(
    client: RemoteClient, opened: AccountSession, given: Mapping[str, str], screen: Screen
) -> tuple[Mapping[str, str], CommandResult | None]:
    """Return the canonical values to write over those of `client`, or the outcome that says why not.

    A field that was given nothing is cleared.
    """
    from clientimport.model.finding import Severity
    from clientimport.validation.single_client import read

    if not given:
        return {}, None
    country = client.fields.get("country", opened.schema.country)
    values, findings = read(given, country, opened.schema)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    cleared = {name: "" for name, value in given.items() if not value}
    return {**values, **cleared}, not_taken(errors, opened, screen) if errors else None


def not_taken(errors: Iterable[Finding], opened: AccountSession, screen: Screen) -> CommandResult:
    """Return the errors that keep a client from being sent."""
    from clientimport.messages.finding_messages import mend, message
    from clientimport.reports.json_report import finding_data

    show = not screen.masks
    # It was typed as options: the row and column that our types and checks read it from mean nothing to anybody.
    typed = (replace(one, row=None, column=None, header=None) for one in errors)
    told = {f"{one.code} {one.field}": one for one in typed}.values()
    lines = [
        f"{message(screen.words, one, show_personal_data=show)} {mend(screen.words, one, show_personal_data=show)}"
        for one in told
    ]
    data = {**opened.data, "findings": [finding_data(one, screen.words, masks=screen.masks) for one in told]}
    return CommandResult(data, "\n".join((*lines, screen.words.say("declined"))), 1)
