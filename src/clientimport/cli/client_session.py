"""One client added or changed by hand: its values parsed, completed by the platform, and sent like any push."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clientimport.api.open_ledger import locked_account_ledger
from clientimport.api.push_steps import make_plan_for
from clientimport.api.user_decisions import require_known_fields
from clientimport.cli.client_view import client_data
from clientimport.cli.load_file import parse_pairs
from clientimport.cli.open_account import AccountSession
from clientimport.cli.push_common import PushQuestion, confirm_push, run_to_result, run_with_progress
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.same_command import same_command
from clientimport.connectors.protocol import Connector, KnowsCompanies, supports
from clientimport.errors import UsageError
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.client import display_name, identities
from clientimport.model.finding import Finding, Severity
from clientimport.model.remote import RemoteClient
from clientimport.push.forecast import due_mails
from clientimport.push.mail import mails_to_send
from clientimport.push.plan.plan import Plan, PlanSource
from clientimport.push.plan.questionnaire import with_questionnaires
from clientimport.push.plan.same_name import clients_of_same_name
from clientimport.push.push import push
from clientimport.push.push_request import PushRequest
from clientimport.reports.json_report import finding_data
from clientimport.schema.derivations.dependencies import needed_fields
from clientimport.validation.single_client import parse_fields, validate_single_client
from clientimport.validation.validate import Validation

TEMPLATE = "configuration_template"


def given_fields(session: AccountSession, configuration: str | None, fields: list[str]) -> dict[str, str]:
    """Return what the options say about a client, the configuration template first. Raises UsageError."""
    template = {TEMPLATE: configuration} if configuration else {}
    given = {**template, **parse_pairs("--field", fields, "NAME=VALUE")}
    if not given:
        raise UsageError("usage.no_field")
    option = "--configuration" if configuration and TEMPLATE not in session.schema.fields else "--field"
    return dict(require_known_fields(option, given, tuple(sorted(needed_fields(session.schema)))))


@dataclass(frozen=True, slots=True)
class NewClient:
    """One client to be added to the platform."""

    session: AccountSession
    fields: Mapping[str, str]
    contacts: tuple[Mapping[str, str], ...]
    request: PushRequest
    yes: bool

    async def add(self, connector: Connector) -> CommandResult | CommandFailure:
        """Return what became of it."""
        fields = {**await self._company_details(connector), **self.fields}
        validation = validate_single_client(fields, self.contacts, self.session.schema)
        plan, remote = await make_plan_for(validation, PlanSource("-", ""), connector)
        self._confirm_same_name(plan)
        plan = with_questionnaires(plan, remote.lists, self.request.options)
        if plan.invalid or not validation.clients:
            return self._errors_result(validation, plan)
        return await self._push(plan, connector)

    def _confirm_same_name(self, plan: Plan) -> None:
        """Ask before a second client of the same name is added.

        Raises QuestionDeclined, or UsageError without a terminal.
        """
        console = self.session.console
        for entry in plan.new:
            for other in clients_of_same_name(entry, plan):
                facts = {"name": other.name, "id": other.remote.client_id if other.remote else ""}
                if self.yes:
                    console.warn("clients.same_name", **facts)
                else:
                    console.confirm(console.messages.phrase("clients.ask_same_name", **facts), "--yes")

    async def _company_details(self, connector: Connector) -> dict[str, str]:
        """Return and print name and address where the platform knows the company and they were not given."""
        if not supports(connector, KnowsCompanies):
            return {}
        schema, console = self.session.schema, self.session.console
        values, _ = parse_fields(self.fields, schema.country, schema)
        details: dict[str, str] = {}
        for identity in identities(values):
            if not identity.weak and not details:
                details = dict(await connector.company_details(identity))
        absent = {name: value for name, value in details.items() if name not in self.fields and name in schema.fields}
        for name, value in absent.items():
            console.info("clients.looked_up", label=console.messages.label(name), value=value)
        return absent

    def _errors_result(self, validation: Validation, plan: Plan) -> CommandResult:
        findings = (*validation.report.findings, *plan.findings)
        return errors_result((finding for finding in findings if finding.severity is Severity.ERROR), self.session)

    async def _push(self, plan: Plan, connector: Connector) -> CommandResult | CommandFailure:
        request, console = self.request, self.session.console
        with locked_account_ledger(self.session.account, plan.account) as ledger:
            if request.invite and not self.yes:
                due = due_mails(plan, ledger, request)
                question = PushQuestion(len(plan.new), mails=mails_to_send(due, None), due=due)
                confirm_push(self.session, plan.account, question)
            run = await run_with_progress(
                1, console, lambda show, stop: push(plan, connector, ledger, request, progress=show, stop=stop)
            )
        again = same_command()
        result = run_to_result(run, self.session.heading(plan.account), again, console)
        client_id = run.rows[0].result.client_id
        client = await connector.client(client_id) if client_id and run.exit_code == 0 else None
        return result if client is None else self._with_client(result, client, new=bool(run.counts["created"]))

    def _with_client(self, result: CommandResult | CommandFailure, client: RemoteClient, *, new: bool) -> CommandResult:
        """Return the result with the client as the platform has it now."""
        console, messages = self.session.console, self.session.console.messages
        facts = {"name": display_name(client.fields), "id": client.client_id}
        status = messages.client_status(client.status, self.session.schema.id)
        sentence = messages.phrase("clients.added" if new else "clients.there", status=status, **facts)
        return CommandResult({**result.data, "clients": [client_data(client, console)]}, f"{result.text}\n{sentence}")


def changed_values(
    client: RemoteClient, session: AccountSession, given: Mapping[str, str]
) -> tuple[Mapping[str, str], CommandResult | None]:
    """Return the canonical values to write over those of `client`, or the result that says why not.

    A field that was given without a value is cleared.
    """
    if not given:
        return {}, None
    country = client.fields.get("country", session.schema.country)
    values, findings = parse_fields(given, country, session.schema)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    cleared = {name: "" for name, value in given.items() if not value}
    return {**values, **cleared}, errors_result(errors, session) if errors else None


def errors_result(errors: Iterable[Finding], session: AccountSession) -> CommandResult:
    """Return the errors that keep a client from being sent."""
    console, show = session.console, not session.console.masks
    # The values were typed as options, so the row and column of an error have no meaning.
    placeless = (replace(error, row=None, column=None, header=None) for error in errors)
    distinct = {f"{error.code} {error.field}": error for error in placeless}.values()
    lines = [
        f"{finding_message(console.messages, error, show_personal_data=show)}"
        f" {finding_advice(console.messages, error, show_personal_data=show)}"
        for error in distinct
    ]
    data = [finding_data(error, console.messages, masks=console.masks) for error in distinct]
    text = "\n".join((*lines, console.messages.phrase("declined")))
    return CommandResult({**session.data, "findings": data}, text, 1)
