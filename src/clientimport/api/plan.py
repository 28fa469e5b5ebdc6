"""A plan: what a push would do with every row, to be looked at and confirmed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors
from clientimport.api.finding_records import FINDING_COLUMNS, finding_records
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.api.kept_plan import load_kept_plan
from clientimport.api.keywords import PushKeywords
from clientimport.api.parse_keywords import parse_keywords
from clientimport.api.plan_approval import approver_of, remember_plan
from clientimport.api.platform_account import PlatformAccount
from clientimport.api.preview import Preview
from clientimport.api.push_request import push_request, require_invite
from clientimport.api.push_steps import Forecast, StartPush, carry_out, due_mails_of, plan_push
from clientimport.api.run import Run
from clientimport.api.run_async import run_sync, until_cancelled
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.model.finding import Finding
from clientimport.model.remote import ReferenceLists
from clientimport.push.plan.plan import Plan as PushPlan
from clientimport.push.plan.plan_document import entries_by_group
from clientimport.push.plan.plan_file import groups, plan_digest, save_plan
from clientimport.push.push_request import PushRequest
from clientimport.push.run_result import RunResult
from clientimport.storage.output_file import require_new
from clientimport.validation.import_file import ImportFile

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("row", "client_id", "group", "name", "differences")


@dataclass(frozen=True)
class Plan:
    """What a push would do on one account. Nothing is sent before `push`."""

    content: PushPlan
    account: PlatformAccount
    display: Display
    lists: ReferenceLists = field(default_factory=ReferenceLists, repr=False)
    """What there is on the platform for a client to refer to."""
    list_findings: Sequence[Finding] = field(default=(), repr=False)
    """What was noticed in the list it was made from."""
    reading: Mapping[str, object] = field(default_factory=dict, repr=False)
    """How the list is read again by `runs resume`."""
    proposed: ImportFile | None = field(default=None, repr=False)
    """The list, where its columns may be only proposed."""

    @cached_property
    def digest(self) -> str:
        """What is confirmed: the SHA-256 of everything in the plan, the account and the rules."""
        return plan_digest(self.content)

    @cached_property
    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """The clients that are new, existing, only_on_platform and invalid, as in the JSON."""
        return self.display.document(groups(self.content, self.display.value))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One line for each client: row, client_id, group, name, differences."""
        records = (
            {**entry, "group": group, "name": self.display.text(entry["name"]), "differences": _differences(entry)}
            for group, entries in self.groups.items()
            for entry in entries
        )
        return record_frame(records, COLUMNS, whole=("row",))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What was noticed in the list, and in comparing it with the platform."""
        noticed = set(map(_place, self.list_findings))
        compared = (finding for finding in self.content.findings if _place(finding) not in noticed)
        records = finding_records((*self.list_findings, *compared), self.display)
        return record_frame(records, FINDING_COLUMNS, whole=("row", "sheet_row"))

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the plan, with the clients' data in full, for your eyes only, to be pushed later as it is."""
        with english_errors():
            require_new(Path(path), force=force)
            save_plan(self.content, Path(path))
            remember_plan(self.content)

    def preview(self, **options: Unpack[PushKeywords]) -> Preview:
        """Return what a push with these options would do, with every mail that it would send. Nothing is sent."""
        with english_errors():
            request = self._request(parse_keywords(options, PushKeywords))
            return run_sync(lambda: self.account.use(lambda connector: self._preview(connector, request)))

    async def apreview(self, **options: Unpack[PushKeywords]) -> Preview:
        """Do what `preview` does, in an event loop."""
        with english_errors():
            request = self._request(parse_keywords(options, PushKeywords))
            return await self.account.use(lambda connector: self._preview(connector, request))

    def push(self, *, confirm: str, **options: Unpack[PushKeywords]) -> Run:
        """Send what is planned, and return what became of every row. `confirm` is the plan's own digest.

        Raises UsageError for another digest, and when the platform has changed so much that the plan holds no more.
        """
        with english_errors():
            request = self._confirmed_request(confirm, options)
            return run_sync(lambda: self.account.use(lambda connector: self._push(connector, request)))

    async def apush(self, *, confirm: str, **options: Unpack[PushKeywords]) -> Run:
        """Do what `push` does, in an event loop."""
        with english_errors():
            request = self._confirmed_request(confirm, options)
            return await self.account.use(lambda connector: self._push(connector, request))

    def _confirmed_request(self, confirm: str, options: PushKeywords) -> PushRequest:
        """Return what is asked for, once it is confirmed and nothing about it is only proposed."""
        if confirm != self.digest:
            raise UsageError("plan.not_confirmed", digest=self.digest)
        options = parse_keywords(options, PushKeywords)
        require_invite(options, self.account.schema)
        if self.proposed is not None:
            self.proposed.require_certain()
        self.account.warn_unverified_api()
        return replace(self._request(options), approved_by=approver_of(self.content))

    def _request(self, options: PushKeywords) -> PushRequest:
        return push_request(options, self.account.connection, self.account.schema, self.reading)

    async def _preview(self, connector: Connector, request: PushRequest) -> Preview:
        plan = await plan_push(self.content, self.account, connector, request)
        return Preview(plan, due_mails_of(plan, self.account, request), request.invite_limit, self.display)

    async def _push(self, connector: Connector, request: PushRequest) -> Run:
        plan = await plan_push(self.content, self.account, connector, request)

        async def supervise(_forecast: Forecast, start: StartPush) -> RunResult:
            return await until_cancelled(lambda stop: start(lambda *_: None, stop))

        return Run(await carry_out(plan, self.account, connector, request, supervise), self.display, self.account)

    def _summary(self) -> str:
        counts = ", ".join(
            f"{len(entries)} {name.replace('_', ' ')}" for name, entries in entries_by_group(self.content).items()
        )
        return f"{self.account.heading} ({self.content.account.name}): {counts}. Digest {self.digest}."

    def __repr__(self) -> str:
        """Return the account and the counts."""
        return f"<Plan {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the account, the counts and the clients, as a notebook shows them."""
        shown = ("group", "row", "name", "differences")
        rows = [
            (group, entry["row"], self.display.text(entry["name"]), _differences(entry))
            for group, entries in self.groups.items()
            for entry in entries
            if group != "only_on_platform"
        ]
        return result_html("Plan", paragraph(self._summary()), table_html("Clients", shown, rows))


def _place(finding: Finding) -> tuple[str, int | None, str | None, str | None]:
    """Return what a finding is known again by: of a row with an error the plan has the list's own."""
    return finding.code, finding.row, finding.column, finding.field


def _differences(entry: Mapping[str, Any]) -> str:
    """Return in which fields file and platform differ: `city: Gent → Gand`."""
    return "; ".join(f"{each['field']}: {each['theirs']} → {each['ours']}" for each in entry["differences"])


def load_plan(path: str | os.PathLike[str], account: PlatformAccount) -> Plan:
    """Return a plan that was saved, for the account that it was made for.

    Raises FileUnreadable for what is no plan, UsageError for another platform's and when its list was changed since.
    """
    with english_errors():
        return Plan(load_kept_plan(Path(path), None, account.schema), account, Display())
