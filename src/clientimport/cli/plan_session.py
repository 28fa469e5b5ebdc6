"""One plan from its options to its result: what a push with the same options would do, shown and perhaps kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clientimport.cli.file_options import FileOptions
from clientimport.cli.load_file import load_import_file, print_proposals, validate_import_file
from clientimport.cli.next_steps import after_plan
from clientimport.cli.open_account import AccountSession
from clientimport.cli.plan_approval import remember_plan
from clientimport.cli.push_input import make_plan_for, plan_source
from clientimport.cli.push_preview import PushPreview, preview_push
from clientimport.cli.push_session import push_request
from clientimport.cli.result import CommandResult
from clientimport.cli.sending_options import PlanOptions, SendingOptions
from clientimport.cli.stdin import stdin_bytes
from clientimport.cli.stdout import STDOUT, write_output
from clientimport.connectors.protocol import Connector
from clientimport.model.remote import ReferenceLists
from clientimport.push.plan.plan import Plan, PlanSource
from clientimport.push.plan.plan_file import save_plan
from clientimport.push.plan.questionnaire import with_questionnaires
from clientimport.push.plan.selection import select_clients
from clientimport.push.push_request import PushRequest
from clientimport.storage.output_file import require_new
from clientimport.validation.import_file import ImportFile
from clientimport.validation.validate import Validation

WORK_TO_DO = 6
"""The exit code of `plan --exit-code` when no row has an error, and there is something to send."""


def run_plan(
    file: str, session: AccountSession, asked: PlanOptions, sending: SendingOptions, file_options: FileOptions
) -> CommandResult:
    """Return what a push of the file with these options would do. A column that is only proposed is used, and named."""
    accept = asked.consent.accept_proposals
    request = push_request(sending, session, file_options.to_document(accept_proposals=accept))
    stdin, output = stdin_bytes(file), asked.output
    import_file = load_import_file(file, session.schema, file_options, session.console, stdin)
    validation = _validation(import_file, session, asked)
    source = plan_source(file, stdin)
    plan, lists = session.run(lambda connector: _plan(validation, source, request, connector))
    content = output and write_output(output, session.console, lambda path: _save(plan, path, force=asked.force))
    if output:
        remember_plan(plan)
    preview = preview_push(session, request, plan, validation.report.findings)
    text = preview.text()
    if preview.has_work and output != STDOUT:
        text += f"\n\n{after_plan(file, output, session.console, [*_needed_options(preview, lists)])}"
    data = {**preview.data(), "file": str(output) if output else None}
    return CommandResult(data, text, _exit_code(preview, asked), content or None)


def _validation(import_file: ImportFile, session: AccountSession, asked: PlanOptions) -> Validation:
    if asked.consent.accept_proposals:
        import_file = import_file.accept_proposals()
    print_proposals(import_file, session.console)
    return validate_import_file(import_file, session.console)


async def _plan(
    validation: Validation, source: PlanSource, request: PushRequest, connector: Connector
) -> tuple[Plan, ReferenceLists]:
    """Return the plan of what was selected, and the lists of the platform.

    A questionnaire is demanded by the push; a plan shows the rest without one.
    """
    plan, remote = await make_plan_for(validation, source, connector)
    plan = select_clients(plan, request.only, request.skip)
    if request.options.questionnaires:
        plan = with_questionnaires(plan, remote.lists, request.options)
    return plan, remote.lists


def _needed_options(preview: PushPreview, lists: ReferenceLists) -> Iterator[str]:
    """Yield what a push cannot do without and was not given."""
    if preview.request.creating_mails and not preview.request.invite:
        yield "--invite"
    if preview.plan.new and lists.questionnaires is not None and not preview.request.options.questionnaires:
        names = {name for listed in lists.questionnaires.values() for name in listed}
        yield from ("--questionnaire", names.pop() if len(names) == 1 else "NAME")


def _exit_code(preview: PushPreview, asked: PlanOptions) -> int:
    if preview.plan.invalid:
        return 1
    return WORK_TO_DO if asked.exit_code and preview.has_work else 0


def _save(plan: Plan, output: Path, *, force: bool) -> None:
    require_new(output, force=force)
    save_plan(plan, output)
