"""The clients of a plan as columns: compared, hashed and written as they would be one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.cli.plan_objects import PlanObjects
from clientimport.messages.finding_messages import is_masked_field
from clientimport.messages.printable import escape_for_json
from clientimport.model import client_columns
from clientimport.model.client import Client
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_value
from clientimport.model.remote import Account, DocumentSharing, ReferenceLists, RemoteClient
from clientimport.push.plan import entry_texts
from clientimport.push.plan.diff import PlanDiff
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.plan import Plan, PlanEntry, PlanSource, further_rows_of
from clientimport.push.plan.plan_document import entries_by_group, entry_document, head_document
from clientimport.push.plan.plan_file import groups, load_plan, plan_digest, rules_sha256, save_plan
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.reports.json_envelope import envelope
from clientimport.schema.finding_catalog import to_finding
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation
from push_world import ACCOUNTON, CONSOLE_BE, PARTNER, Row, validated

SOURCE = PlanSource("clients\udce9.xlsx", "0" * 64)
BASE = {"banqup-partner": PARTNER[0], "banqup-console-be": CONSOLE_BE[0], "accounton": ACCOUNTON[0]}
NUMBERS = ("0403019261", "0403170701", "0419618535", "0403019262", None)
CHANGES: Mapping[str, Sequence[str | None]] = {
    "company_number": NUMBERS,
    "vat_number": [None],
    "national_register_number": ("85073003328", "85073003329", None),
    "external_reference": ("A1", "A2", None),
    "legal_name": ("Albak", "É 100% %s", 'B "x" \\', "85.07.30-033.28 BV", "a\u202eb"),
    "contact_email": ("an@albak.be", "AN@albak.be", "bo@bobak.be", "bo"),
    "contact_last_name": ("Peeters", "De Smet"),
    "configuration_template": ("Standard", "Standaard", "%s", None),
    "assignee_emails": ("ann@office.example", "x@y.be,ann@office.example"),
    "labels": ("Gent", "Luik"),
    "language": ("nl", "fr"),
    "city": ("Gent", "Luik", None),
}
LISTS = ReferenceLists(
    configurations=("Standard", "%s"), default_configuration="100%", users=("Ann@office.example",), languages=("nl",)
)


@st.composite
def rows_of(draw: st.DrawFn, platform: str) -> tuple[Row, ...]:
    base = BASE[platform]
    taken = {field: values for field, values in CHANGES.items() if field in load_schema(platform).fields}
    changed = st.fixed_dictionaries({}, optional={field: st.sampled_from(values) for field, values in taken.items()})
    return tuple({**base, **changes} for changes in draw(st.lists(changed, min_size=1, max_size=7)))


@st.composite
def states(draw: st.DrawFn) -> tuple[Validation, RemoteSnapshot]:
    platform = draw(st.sampled_from(sorted(BASE)))
    validation = validated(platform, draw(rows_of(platform)))
    theirs = ({field: value for field, value in row.items() if value} for row in draw(rows_of(platform)))
    remotes = tuple(
        RemoteClient(f"r{number}", "draft", fields, draw(st.sampled_from((0, None))), draw(st.sampled_from((None, ()))))
        for number, fields in enumerate(theirs)
    )
    lists = draw(st.sampled_from((LISTS, ReferenceLists())))
    return validation, RemoteSnapshot(Account("office", "Office"), lists, draw(st.sampled_from((remotes, ()))))


def clients_one_by_one(validation: Validation) -> Iterator[Client]:
    """Yield the clients of a file as they were made before they stood in columns, without what joining rows adds."""
    wrong, seen = validation.report.rows_with(Severity.ERROR), dict[int, list[int]]()
    fields = {field: validation.records.values(field) for field in validation.schema.fields}
    rows = validation.records.rows.tolist()
    for position, row in enumerate(rows):
        if row not in wrong:
            seen.setdefault(validation.groups.leader(position), []).append(position)
    for positions in seen.values():
        numbers = tuple(rows[position] for position in positions)
        filled = {field: value for field, values in fields.items() if (value := values[positions[0]]) is not None}
        yield Client(numbers[0], numbers, filled)


def planned_one_by_one(validation: Validation, snapshot: RemoteSnapshot) -> Plan:
    """Return the plan, each client of which is made, compared and put into its group by itself."""
    records, errors = validation.records, dict[int, list[Finding]]()
    for finding in validation.report.findings:
        if finding.severity is Severity.ERROR and finding.row is not None:
            errors.setdefault(finding.row, []).append(finding)
    entries = []
    for position, row in enumerate(records.rows.tolist()):
        if row in errors:
            values = {field: records.values(field)[position] for field in validation.schema.fields}
            fields = {field: value for field, value in values.items() if value}
            entries.append(PlanEntry(Client(row, (row,), fields), findings=tuple(errors[row])))
    plan_diff, takes = PlanDiff(snapshot, validation.schema), "contacts" in validation.schema.api.paths  # type: ignore[union-attr]
    for client in validation.clients:
        diff, position = plan_diff.client_diff(client), records.rows.tolist().index(client.row)
        findings = tuple(to_finding(records, problem.at(position, field)) for field, problem in diff.problems)
        sent = client if takes else replace(client, contacts=())
        entries.append(PlanEntry(sent, diff.remote, diff.differences, diff.weak, findings))
    entries.sort(key=lambda entry: entry.client.row if entry.client else 0)
    ids = {entry.remote.client_id for entry in entries if entry.remote}
    return Plan(
        validation.schema.id,
        snapshot.account,
        SOURCE,
        tuple(entry for entry in entries if not entry.has_errors and entry.remote is None),
        tuple(entry for entry in entries if not entry.has_errors and entry.remote is not None),
        tuple(PlanEntry(None, remote) for remote in snapshot.clients if remote.client_id not in ids),
        tuple(entry for entry in entries if entry.has_errors),
        default_configuration=snapshot.lists.default_configuration,
    )


@pytest.fixture(autouse=True)
def _parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (client_columns, entry_texts):
        monkeypatch.setattr(module, "AT_ONCE", 2)


given_states = given(state=states())
quietly = settings(deadline=None, max_examples=25)


@quietly
@given_states
def test_clients_in_columns_are_those_of_the_rows(state: tuple[Validation, RemoteSnapshot]) -> None:
    clients, expected = state[0].clients, list(clients_one_by_one(state[0]))
    assert [(client.row, client.rows) for client in clients] == [(client.row, client.rows) for client in expected]
    for client, first in zip(clients, expected, strict=True):
        assert first.fields.items() <= client.fields.items()
        assert len(client.rows) > 1 or client == first
    assert [clients[index] for index in range(len(clients))] == list(clients) == [*clients[:1], *clients[1:]]
    assert [client.fields.get("legal_name", "") for client in expected] == [
        name if "legal_name" in client.fields else "" for name, client in zip(clients.names(), expected, strict=True)
    ]


@quietly
@given_states
def test_a_plan_in_columns_is_the_plan_that_is_made_client_by_client(state: tuple[Validation, RemoteSnapshot]) -> None:
    made, expected = make_plan(*state, SOURCE), planned_one_by_one(*state)
    assert made == expected
    assert made.findings == expected.findings
    for entries, others in zip(entries_by_group(made).values(), entries_by_group(expected).values(), strict=True):
        assert (len(entries), list(entries)) == (len(others), list(others))
        assert [entries[index] for index in range(len(entries))] == list(others)
        assert further_rows_of(entries) == further_rows_of(others)


@quietly
@given_states
def test_the_digest_and_the_file_are_those_of_the_whole_document(
    state: tuple[Validation, RemoteSnapshot], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made, file = make_plan(*state, SOURCE), tmp_path_factory.mktemp("plans") / "plan.json"
    document = head_document(made, rules_sha256(made.platform)) | {
        "groups": {name: list(map(entry_document, entries)) for name, entries in entries_by_group(made).items()}
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    assert plan_digest(made) == digest
    save_plan(made, file)
    whole = json.dumps({**document, "digest": digest}, ensure_ascii=False, indent=1)
    assert file.read_bytes() == escape_for_json(whole).encode()
    loaded = load_plan(file)
    assert loaded == made
    assert plan_digest(loaded) == digest


@quietly
@given(state=states(), masks=st.booleans(), shares=st.booleans())
def test_a_plan_is_printed_by_column_as_it_is_client_by_client(
    state: tuple[Validation, RemoteSnapshot], masks: bool, shares: bool
) -> None:
    made = make_plan(*state, SOURCE)
    sharing = DocumentSharing("me@office.be", "100%s") if shares else None

    def shown(field: str, value: str) -> str:
        return mask_value(is_masked_field(field), value) if masks else value

    printed: dict[str, Any] = {name: PlanObjects(made, name, shown, sharing, masks) for name in entries_by_group(made)}
    together = envelope("plan", 0, {"groups": groups(made, shown, sharing)}, masks=masks)
    assert envelope("plan", 0, {"groups": printed}, masks=masks) == together
