"""A plan as text and JSON: four groups of clients, with what differs and what is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from clientimport.api.run_reasons import finding_sentences
from clientimport.cli.console import Console
from clientimport.cli.further_rows import further_rows_data, further_rows_text
from clientimport.cli.plan_objects import PlanObjects
from clientimport.messages.finding_messages import finding_message
from clientimport.model.client import display_name
from clientimport.model.finding import Severity
from clientimport.model.findings import with_severity
from clientimport.push.plan.plan import further_rows_of, shares_documents
from clientimport.push.plan.plan_document import entries_by_group
from clientimport.push.plan.plan_file import plan_digest

if TYPE_CHECKING:
    from clientimport.model.finding import Finding
    from clientimport.model.remote import DocumentSharing
    from clientimport.push.plan.plan import Plan, PlanEntry

_HEAD = 2
"""How many lines precede the groups."""


def plan_data(plan: Plan, console: Console, sharing: DocumentSharing | None = None) -> dict[str, object]:
    """Return what JSON says about a plan, and how the documents of its clients are to be shared."""
    further = _further_rows(plan)
    return {
        "groups": {
            name: PlanObjects(plan, name, console.display_value, sharing, console.masks)
            for name in entries_by_group(plan)
        },
        "rows_in": sum(map(len, _groups_of_file(plan))) + len(further),
        "further_rows": further_rows_data(further),
        "digest": plan_digest(plan),
    }


def _groups_of_file(plan: Plan) -> tuple[Sequence[PlanEntry], ...]:
    """Return the clients of the file, those among them that are not sent."""
    return plan.new, plan.existing, plan.invalid, plan.excluded


def _further_rows(plan: Plan) -> dict[int, int]:
    return {row: first for entries in _groups_of_file(plan) for row, first in further_rows_of(entries).items()}


def mandates_data(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return what JSON says of the proofs that stand beside mandates in the file."""
    proofs = (finding for finding in with_severity(findings, Severity.INFO) if finding.code == "mandate.proof")
    names = ("date", "signatory", "reference")
    return [{"row": proof.row, **{name: proof.facts.get(name) for name in names}} for proof in proofs]


def plan_text(
    plan: Plan,
    remarks: Iterable[Finding],
    heading: str,
    console: Console,
    update: Collection[str] = (),
    sharing: DocumentSharing | None = None,
) -> str:
    """Return the plan as text: each group with its count and clients; those only on the platform are counted.

    `remarks` is what was noticed in the file; the warnings of a row stand beside its client. What stands in `update`
    is overwritten, and documents are shared as `sharing`.
    """
    messages, warnings = console.messages, _warnings(remarks, console)
    parts = [heading, ""]
    for name, entries in (("new", plan.new), ("existing", plan.existing), ("invalid", plan.invalid)):
        if entries:
            rows = [
                _row(entry, warnings, console, update, _sent_beside(entry, name, console, sharing)) for entry in entries
            ]
            parts += [messages.plural(f"plan.{name}", len(entries)), _table(name, rows, console), ""]
    parts += further_rows_text(_further_rows(plan), console)
    parts += [*_templates(plan, console), *_sharing(plan, console, sharing)]
    if plan.excluded:
        parts.append(messages.plural("plan.left_out", len(plan.excluded)))
    if plan.only_on_platform:
        parts.append(messages.plural("plan.only_on_platform", len(plan.only_on_platform)))
    return "\n".join(parts).rstrip() if len(parts) > _HEAD else f"{heading}\n\n{messages.phrase('run.nothing')}"


def _table(group: str, rows: Sequence[tuple[str, str, str]], console: Console) -> str:
    """Return the clients of a group; what is said of each stands beside it, why it is not sent below it."""
    row, client, remark = (console.messages.phrase(f"plan.{key}") for key in ("row", "client", _REMARKS[group]))
    if group == "invalid":
        cells, reasons = [cells[:2] for cells in rows], [cells[2] for cells in rows]
        return console.records({row: False, client: True}, cells, reasons)
    if not any(remark for _, _, remark in rows):
        return console.table([row, client], [cells[:2] for cells in rows])
    return console.table([row, client, remark], rows)


_REMARKS = {"new": "fields", "existing": "differences", "invalid": "reasons"}


def _row(
    entry: PlanEntry,
    warnings: Mapping[int, Iterable[str]],
    console: Console,
    update: Collection[str],
    sent: Iterable[str],
) -> tuple[str, str, str]:
    rows = entry.client.rows if entry.client else ()
    titles = dict.fromkeys(title for row in rows for title in warnings.get(row, ()))
    parts = (
        *sent,
        *_differences(entry, console, () if entry.weak else update),
        finding_sentences(entry.findings, console.messages, masks=console.masks),
        *titles,
    )
    return ", ".join(map(str, rows)), entry.name, console.messages.series(parts)


def _sent_beside(entry: PlanEntry, group: str, console: Console, sharing: DocumentSharing | None) -> Iterator[str]:
    """Yield what is sent of a client beside its fields: its further contacts, and that its documents are shared."""
    if group == "invalid":
        return
    for contact in entry.contacts:
        person = {name: value for name, value in contact.items() if name != "legal_name"}
        facts = {"name": display_name(person), "email": contact.get("contact_email", "")}
        yield console.messages.phrase("plan.contact", **facts)
    if group == "existing" and shares_documents(entry, sharing):
        yield console.messages.phrase("plan.shares")


def _templates(plan: Plan, console: Console) -> Iterator[str]:
    """Yield which configuration template how many new clients get; the default one is marked."""
    templates = Counter((plan.configuration(entry), "configuration_template" not in entry.fields) for entry in plan.new)
    for (name, default), number in templates.items():
        if name is not None:
            yield console.messages.plural("plan.template_default" if default else "plan.template", number, name=name)


def _sharing(plan: Plan, console: Console, sharing: DocumentSharing | None) -> Iterator[str]:

    number = sum(shares_documents(entry, sharing) for entry in (*plan.new, *plan.existing))
    if sharing is not None and number:
        yield console.messages.plural("plan.sharing", number, email=sharing.email, channel=sharing.channel)


def _warnings(findings: Iterable[Finding], console: Console) -> dict[int, dict[str, None]]:
    """Return the titles of the warnings of each row, each once, and the proof of its mandate."""
    titles: dict[int, dict[str, None]] = {}
    for finding in with_severity(findings, Severity.WARNING, Severity.INFO):
        if finding.row is not None and finding.severity is Severity.WARNING:
            titles.setdefault(finding.row, {})[console.messages.findings[finding.code].title] = None
        elif finding.row is not None and finding.code == "mandate.proof":
            titles.setdefault(finding.row, {})[finding_message(console.messages, finding).rstrip(".")] = None
    return titles


def _differences(entry: PlanEntry, console: Console, update: Collection[str]) -> Iterator[str]:
    for difference in entry.differences:
        ours, theirs = (
            console.worded_value(difference.field, difference.ours),
            console.worded_value(difference.field, difference.theirs),
        )
        sign = "→" if difference.field in update else "≠"
        yield console.messages.with_label(console.messages.label(difference.field), f"{theirs or '–'} {sign} {ours}")
