"""A plan on screen: four groups, what differs, and whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.model.finding import Finding
    from clientimport.model.remote import DocumentSharing
    from clientimport.push.plan.plan import Plan, PlanEntry

_HEAD = 2
"""How many lines stand above the groups."""


def plan_data(plan: Plan, screen: Console, sharing: DocumentSharing | None = None) -> dict[str, object]:
    """Return what JSON says about a plan, and how the documents of its clients are to be shared."""
    from clientimport.push.plan.plan_file import groups, plan_digest

    return {"groups": groups(plan, screen.display_value, sharing), "digest": plan_digest(plan)}


def mandates_data(remarks: Iterable[Finding]) -> list[dict[str, object]]:
    """Return what JSON says of the proofs that stand beside mandates in the file."""
    proofs = (finding for finding in remarks if finding.code == "mandate.proof")
    names = ("date", "signatory", "reference")
    return [{"row": proof.row, **{name: proof.facts.get(name) for name in names}} for proof in proofs]


def plan_text(
    plan: Plan,
    remarks: Iterable[Finding],
    heading: str,
    screen: Console,
    update: Collection[str] = (),
    sharing: DocumentSharing | None = None,
) -> str:
    """Return the plan as text: each group with its count and clients; those only on the platform are counted.

    `remarks` is what was noticed in the file; the warnings of a row stand beside its client. What stands in `update`
    is overwritten, and documents are shared as `sharing`.
    """
    words, warnings = screen.messages, _warnings(remarks, screen)
    parts = [heading, ""]
    for name, entries in (("new", plan.new), ("existing", plan.existing), ("invalid", plan.invalid)):
        if entries:
            rows = [_row(entry, warnings, screen, update, _sent(entry, name, screen, sharing)) for entry in entries]
            parts += [words.plural(f"plan.{name}", len(entries)), screen.table(_headings(name, screen), rows), ""]
    parts += [*_templates(plan, screen), *_sharing(plan, screen, sharing)]
    if plan.excluded:
        parts.append(words.plural("plan.left_out", len(plan.excluded)))
    if plan.only_on_platform:
        parts.append(words.plural("plan.only_on_platform", len(plan.only_on_platform)))
    return "\n".join(parts).rstrip() if len(parts) > _HEAD else f"{heading}\n\n{words.phrase('run.nothing')}"


def _headings(group: str, screen: Console) -> list[str]:
    last = {"new": "fields", "existing": "differences", "invalid": "reasons"}[group]
    return [screen.messages.phrase(f"plan.{key}") for key in ("row", "client", last)]


def _row(
    entry: PlanEntry,
    warnings: Mapping[int, Iterable[str]],
    screen: Console,
    update: Collection[str],
    sent: Iterable[str],
) -> tuple[str, str, str]:
    rows = entry.client.rows if entry.client else ()
    noticed = dict.fromkeys(title for row in rows for title in warnings.get(row, ()))
    told = (
        *sent,
        *_differences(entry, screen, () if entry.weak else update),
        finding_sentences(entry.findings, screen),
        *noticed,
    )
    return str(rows[0]) if rows else "", entry.name, "; ".join(filter(None, told))


def _sent(entry: PlanEntry, group: str, screen: Console, sharing: DocumentSharing | None) -> Iterator[str]:
    """Yield what is sent of a client beside its fields: its further contacts, and that its documents are shared."""
    from clientimport.model.client import display_name
    from clientimport.push.plan.plan import shares_documents

    if group == "invalid":
        return
    for contact in entry.contacts:
        person = {name: value for name, value in contact.items() if name != "legal_name"}
        facts = {"name": display_name(person), "email": contact.get("contact_email", "")}
        yield screen.messages.phrase("plan.contact", **facts)
    if group == "existing" and shares_documents(entry, sharing):
        yield screen.messages.phrase("plan.shares")


def _templates(plan: Plan, screen: Console) -> Iterator[str]:
    """Yield which configuration template how many new clients get; the default one is marked."""
    from collections import Counter

    named = Counter((plan.configuration(one), "configuration_template" not in one.fields) for one in plan.new)
    for (name, default), number in named.items():
        if name is not None:
            yield screen.messages.plural("plan.template_default" if default else "plan.template", number, name=name)


def _sharing(plan: Plan, screen: Console, sharing: DocumentSharing | None) -> Iterator[str]:
    from clientimport.push.plan.plan import shares_documents

    number = sum(shares_documents(entry, sharing) for entry in (*plan.new, *plan.existing))
    if sharing is not None and number:
        yield screen.messages.plural("plan.sharing", number, email=sharing.email, channel=sharing.channel)


def _warnings(findings: Iterable[Finding], screen: Console) -> dict[int, dict[str, None]]:
    """Return the titles of the warnings of each row, each once, and the proof of its mandate."""
    from clientimport.messages.finding_messages import finding_message
    from clientimport.model.finding import Severity

    titles: dict[int, dict[str, None]] = {}
    for finding in findings:
        if finding.row is not None and finding.severity is Severity.WARNING:
            titles.setdefault(finding.row, {})[screen.messages.findings[finding.code].title] = None
        elif finding.row is not None and finding.code == "mandate.proof":
            titles.setdefault(finding.row, {})[finding_message(screen.messages, finding).rstrip(".")] = None
    return titles


def _differences(entry: PlanEntry, screen: Console, update: Collection[str]) -> Iterator[str]:
    for one in entry.differences:
        ours, theirs = screen.display_value(one.field, one.ours), screen.display_value(one.field, one.theirs)
        sign = "→" if one.field in update else "≠"
        yield screen.messages.with_label(screen.messages.label(one.field), f"{theirs or '–'} {sign} {ours}")


def finding_sentences(findings: Iterable[Finding], screen: Console) -> str:
    """Return what findings say, each with its cell."""
    from clientimport.messages.finding_messages import finding_message

    told = (
        (finding.cell or finding.column, finding_message(screen.messages, finding, show_personal_data=not screen.masks))
        for finding in findings
    )
    return "; ".join(f"{cell}: {sentence.rstrip('.')}" if cell else sentence.rstrip(".") for cell, sentence in told)
