from __future__ import annotations

import json

import pytest

from clientimport.cli.plan_objects import PlanObjects
from clientimport.model.remote import Account, ReferenceLists
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.plan import PlanSource
from clientimport.push.plan.plan_document import entries_by_group
from clientimport.push.plan.plan_file import groups
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.reports.json_envelope import envelope
from push_world import ACCOUNTON, validated

PLAN = make_plan(
    validated("accounton", ACCOUNTON),
    RemoteSnapshot(Account("office-1", "Demo Office"), ReferenceLists(), ()),
    PlanSource("clients.xlsx", "0" * 64),
)


def shown(field: str, value: str) -> str:
    return value


@pytest.mark.parametrize("masks", [True, False])
def test_clients_are_written_one_by_one_as_they_are_written_together(masks: bool) -> None:
    written = {name: PlanObjects(PLAN, name, shown, None, masks) for name in entries_by_group(PLAN)}
    assert any(len(objects) for objects in written.values())
    together = envelope("plan", 0, {"groups": groups(PLAN)}, masks=masks)
    assert envelope("plan", 0, {"groups": written}, masks=masks) == together
    assert json.loads(together)["groups"]["new"] == list(written["new"])
    assert written["new"][0] == next(iter(written["new"])) == written["new"][:1][0]
