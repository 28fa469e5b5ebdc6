"""One plan from its options to its result: what a push with the same options would do, shown and perhaps kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientimport.api.push_request import push_request
from clientimport.cli.file_options import FileOptions
from clientimport.cli.load_file import checked, load_clients, print_proposals
from clientimport.cli.next_steps import after_plan
from clientimport.cli.open_account import AccountSession
from clientimport.cli.push_preview import PushPreview, preview_push
from clientimport.cli.result import CommandResult
from clientimport.cli.sending_options import PlanOptions, SendingOptions
from clientimport.cli.stdout import STDOUT, write_output
from clientimport.model.remote import ReferenceLists

WORK_TO_DO = 6
"""The exit code of `plan --exit-code` when no row has an error, and there is something to send."""


def run_plan(
    files: Sequence[str],
    session: AccountSession,
    asked: PlanOptions,
    sending: SendingOptions,
    file_options: FileOptions,
) -> CommandResult:
    """Return what a push of these files would do. A column that is only proposed is used, and named."""
    accept, output = asked.consent.accept_proposals, asked.output
    clients = load_clients(files, session.schema, file_options, session.console)
    if accept:
        clients = clients.with_import_file(clients.import_file.accept_proposals())
    print_proposals(clients.import_file, session.console)
    plan = checked(clients, session.console).plan(session.account, **sending.keywords())
    content = output and write_output(output, session.console, lambda path: plan.save(path, force=asked.force))
    document = file_options.to_document(accept_proposals=accept)
    request = push_request(sending.keywords(), session.connection, session.schema, document)
    preview = preview_push(session, request, plan.content, plan.list_findings)
    if session.console.as_json:
        data = {**preview.data(), "file": str(output) if output else None}
        return CommandResult(data, exit_code=_exit_code(preview, asked), content=content or None)
    text = preview.text()
    if preview.has_work and output != STDOUT:
        text += f"\n\n{after_plan(files, output, session.console, [*_needed_options(preview, plan.lists)])}"
    return CommandResult(session.data, text, _exit_code(preview, asked), content or None)


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
