"""A plan as a document: the keys of a kept plan, which its digest is made of, written out one by one.

What the classes call their fields may change; these keys only with another version (plan_file.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clientimport.model.client import Client
from clientimport.model.finding import Finding
from clientimport.model.remote import Account, DocumentSharing, RemoteClient
from clientimport.push.plan.diff import Difference
from clientimport.push.plan.plan import Plan, PlanEntry, PlanSource
from clientimport.schema.registry import require_known_keys

VERSION = 1
_PLAN = ("version", "kind", "platform", "rules", "account", "source", "default_configuration", "groups")
_ACCOUNT = ("id", "name", "address")
_SOURCE = ("file", "sha256")
_ENTRY = ("client", "remote", "differences", "weak", "findings")
_CLIENT = ("row", "rows", "fields", "contacts")
_REMOTE = ("client_id", "status", "fields", "invitations", "contacts", "sharing", "users", "integrations")
_DIFFERENCE = ("field", "ours", "theirs")
_FINDING = ("code", "severity", "row", "column", "field", "header", "value", "suggestion", "facts")
_SHARING = ("email", "channel")


def entries_by_group(plan: Plan) -> dict[str, Sequence[PlanEntry]]:
    """Return the four groups by the names that they have in JSON."""
    return {
        "new": plan.new,
        "existing": plan.existing,
        "only_on_platform": plan.only_on_platform,
        "invalid": plan.invalid,
    }


def head_document(plan: Plan, rules: str) -> dict[str, Any]:
    """Return the plan as it is kept, without its clients."""
    return {
        "version": VERSION,
        "kind": "plan",
        "platform": plan.platform,
        "rules": rules,
        "account": {"id": plan.account.id, "name": plan.account.name, "address": plan.account.address},
        "source": {"file": plan.source.file, "sha256": plan.source.sha256},
        "default_configuration": plan.default_configuration,
    }


def from_document(document: Mapping[str, Any]) -> Plan:
    """Return the plan that a document keeps. Raises KeyError, TypeError or ValueError for what is none."""
    require_known_keys(document, dict.fromkeys(_PLAN), "plan")
    account, source = _only(document["account"], _ACCOUNT), _only(document["source"], _SOURCE)
    groups = document["groups"]
    return Plan(
        document["platform"],
        Account(account["id"], account["name"], account.get("address", "")),
        PlanSource(source["file"], source["sha256"]),
        new=tuple(map(_entry, groups["new"])),
        existing=tuple(map(_entry, groups["existing"])),
        only_on_platform=tuple(map(_entry, groups["only_on_platform"])),
        invalid=tuple(map(_entry, groups["invalid"])),
        default_configuration=document.get("default_configuration"),
    )


def entry_document(entry: PlanEntry) -> dict[str, Any]:
    """Return one client as it is kept."""
    return {
        "client": _client_document(entry.client) if entry.client is not None else None,
        "remote": _remote_document(entry.remote) if entry.remote is not None else None,
        "differences": [
            {"field": difference.field, "ours": difference.ours, "theirs": difference.theirs}
            for difference in entry.differences
        ],
        "weak": entry.weak,
        "findings": [finding.to_document() for finding in entry.findings],
    }


def _entry(document: Mapping[str, Any]) -> PlanEntry:
    document = _only(document, _ENTRY)
    client, remote = document["client"], document["remote"]
    differences = (_only(difference, _DIFFERENCE) for difference in document["differences"])
    return PlanEntry(
        client=_client(client) if client else None,
        remote=_remote(remote) if remote else None,
        differences=tuple(
            Difference(difference["field"], difference["ours"], difference["theirs"]) for difference in differences
        ),
        weak=document["weak"],
        findings=tuple(Finding.from_document(_only(finding, _FINDING)) for finding in document["findings"]),
    )


def _client_document(client: Client) -> dict[str, Any]:
    return {
        "row": client.row,
        "rows": list(client.rows),
        "fields": dict(client.fields),
        "contacts": list(map(dict, client.contacts)),
    }


def _client(document: Mapping[str, Any]) -> Client:
    document = _only(document, _CLIENT)
    return Client(document["row"], tuple(document["rows"]), document["fields"], tuple(document["contacts"]))


def _remote_document(remote: RemoteClient) -> dict[str, Any]:
    sharing = remote.sharing
    return {
        "client_id": remote.client_id,
        "status": remote.status,
        "fields": dict(remote.fields),
        "invitations": remote.invitations,
        "contacts": None if remote.contacts is None else list(map(dict, remote.contacts)),
        "sharing": None if sharing is None else {"email": sharing.email, "channel": sharing.channel},
        "users": list(remote.users),
        "integrations": dict(remote.integrations),
    }


def _remote(document: Mapping[str, Any]) -> RemoteClient:
    document = _only(document, _REMOTE)
    contacts, sharing = document["contacts"], document["sharing"]
    sharing = _only(sharing, _SHARING) if sharing else None
    return RemoteClient(
        client_id=document["client_id"],
        status=document["status"],
        fields=document["fields"],
        invitations=document.get("invitations"),
        contacts=None if contacts is None else tuple(contacts),
        sharing=DocumentSharing(sharing["email"], sharing["channel"]) if sharing else None,
        users=tuple(document["users"]),
        integrations=document.get("integrations", {}),
    )


def _only(document: Mapping[str, Any], keys: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the document when it has no other keys: what a later version adds may matter. Raises ValueError."""
    unknown = document.keys() - set(keys)
    if unknown:
        raise ValueError(unknown)
    return document
