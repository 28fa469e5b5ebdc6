"""What a push would do: new, there already, only there, or not to be sent, and why."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest

from clientimport.errors import FileUnreadable, UsageError
from clientimport.model.remote import Account, PushOptions, ReferenceLists, RemoteClient
from clientimport.push.plan.diff import Difference
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.plan import Plan, PlanSource
from clientimport.push.plan.plan_file import file_sha256, groups, load_plan, plan_digest, save_plan
from clientimport.push.plan.questionnaire import parse_questionnaires, with_questionnaires
from clientimport.push.plan.refresh import refresh_plan
from clientimport.push.plan.snapshot import RemoteSnapshot
from clientimport.schema.loader import load_schema
from push_world import ACCOUNTON, CONSOLE_BE, PARTNER, validated

PARTNER_SCHEMA = load_schema("banqup-partner")
OFFICE = Account("office-1", "Demo Office")
FIRST = {field: value for field, value in PARTNER[0].items() if value}


def plan(
    *remotes: RemoteClient, rows: tuple[object, ...] = PARTNER, platform: str = "banqup-partner", **lists: object
) -> Plan:
    seen = RemoteSnapshot(OFFICE, ReferenceLists(**lists), remotes)  # type: ignore[arg-type]
    return make_plan(validated(platform, rows), seen, PlanSource("clients.xlsx", "0" * 64))  # type: ignore[arg-type]


def remote(client_id: str = "r1", **changes: str) -> RemoteClient:
    return RemoteClient(client_id, "draft", {**FIRST, **changes}, 0)


def codes(made: Plan) -> list[str]:
    return [finding.code for finding in made.findings]


def test_an_empty_platform_makes_every_client_new() -> None:
    made = plan()
    assert [entry.client.row for entry in made.new if entry.client] == [2, 3, 4]
    assert not [*made.existing, *made.only_on_platform, *made.invalid]


def test_a_client_is_recognised_by_its_number_and_differs_field_by_field() -> None:
    made = plan(remote(legal_name="Old name", box="3"))
    assert made.existing[0].differences == (Difference("legal_name", "Albak", "Old name"),)
    assert len(made.new) == 2


def test_a_client_that_only_the_platform_has_is_left_in_its_own_group() -> None:
    made = plan(remote("x", company_number="0428759497", legal_name="Others", contact_email="x@others.be"))
    assert [entry.remote.client_id for entry in made.only_on_platform if entry.remote] == ["x"]
    assert len(made.new) == 3


def test_e_mail_and_name_alone_are_a_weak_match_with_a_warning() -> None:
    weak = RemoteClient("w", "draft", {"contact_email": FIRST["contact_email"].upper(), "legal_name": "ALBAK"}, 0)
    made = plan(weak)
    assert made.existing[0].weak
    assert codes(made) == ["client.matched_weakly"]


def test_another_company_of_the_same_contact_and_name_is_not_the_same_client() -> None:
    assert len(plan(remote(company_number="0428759497")).new) == 3


def test_two_on_the_platform_for_one_of_ours_is_never_guessed() -> None:
    made = plan(remote("a"), remote("b"))
    assert codes(made) == ["client.ambiguous"]
    assert made.invalid[0].client is not None
    assert made.invalid[0].client.row == 2


def test_two_of_ours_for_one_on_the_platform_is_an_error_that_names_the_first() -> None:
    rows = tuple(
        {**PARTNER[0], "company_number": number, "external_reference": ref}
        for number, ref in (("0403019261", None), (None, "R1"))
    )
    made = plan(remote(external_reference="R1"), rows=rows)
    assert (len(made.existing), [entry.has_errors for entry in made.invalid]) == (1, [True])
    assert codes(made) == ["client.same_on_platform"]


def test_a_value_that_the_platform_does_not_list_is_found_before_it_is_sent() -> None:
    made = plan(configurations=("Premium", "Standaard"))
    assert set(codes(made)) == {"configuration_template.unknown"}
    assert made.findings[0].suggestion == "Standaard"
    assert made.findings[0].cell == "H2"


def test_a_language_or_a_colleague_that_the_platform_does_not_list_is_found_too() -> None:
    rows = tuple({**row, "responsible_email": "tom@kantoor.be"} for row in ACCOUNTON)
    languages = tuple(sorted({str(row["language"]) for row in ACCOUNTON}))
    assert codes(plan(rows=rows, platform="accounton", languages=languages, users=("TOM@kantoor.be",))) == []
    made = plan(rows=rows[:1], platform="accounton", languages=("xx",), users=("eva@kantoor.be",))
    assert sorted(codes(made)) == ["language.not_chosen", "responsible_email.unknown"]


def test_users_are_known_whatever_their_casing_and_one_by_one() -> None:
    made = plan(rows=CONSOLE_BE[:1], platform="banqup-console-be", users=("ANN@office.example", "bob@office.example"))
    assert codes(made) == []


def test_a_row_with_an_error_of_the_file_is_invalid_with_its_reasons() -> None:
    made = plan(rows=({**PARTNER[0], "contact_email": "nonsense"},))
    assert [entry.name for entry in made.invalid] == ["Albak"]
    assert all(finding.row == 2 for finding in made.invalid[0].findings)


def test_a_new_client_needs_a_questionnaire_in_its_language() -> None:
    lists = ReferenceLists(questionnaires={"nl": ("PIT", "Extra"), "fr": ("PIT",), "en": ("PIT",)})
    made = plan(rows=ACCOUNTON, platform="accounton")
    with pytest.raises(UsageError, match="questionnaire_missing"):
        with_questionnaires(made, lists, PushOptions())
    with pytest.raises(UsageError, match="meant='PIT'"):
        with_questionnaires(made, lists, PushOptions(questionnaires={"*": "PIR"}))
    checked = with_questionnaires(made, lists, PushOptions(questionnaires=parse_questionnaires(["PIT", "fr=Extra"])))
    assert (len(checked.new), codes(checked)) == (2, ["questionnaire.not_in_language"])


def test_a_saved_plan_comes_back_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    made = plan(remote(legal_name="Old name"), rows=(*PARTNER, {**PARTNER[0], "contact_email": "nonsense"}))
    save_plan(made, tmp_path / "plan.json")
    assert load_plan(tmp_path / "plan.json") == made
    assert stat.S_IMODE((tmp_path / "plan.json").stat().st_mode) == 0o600
    assert plan_digest(load_plan(tmp_path / "plan.json")) == plan_digest(made)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Albak", "Other", "plan.changed"),
        ('"kind": "plan"', '"kind": "x"', "plan.damaged"),
        ("{", "[", "plan.damaged"),
        ('"rules"', '"more": 1, "rules"', "plan.changed"),
    ],
)
def test_a_plan_that_was_touched_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = tmp_path / "plan.json"
    save_plan(plan(), path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FileUnreadable) as refused:
        load_plan(path)
    assert refused.value.code == code


def test_a_plan_that_was_made_with_other_rules_is_refused(tmp_path: Path) -> None:
    """As by another version of the program: whole and untouched, but what its rows passed may not hold any more."""
    path = tmp_path / "plan.json"
    save_plan(plan(), path)
    document = {**json.loads(path.read_bytes()), "rules": "0" * 64}
    del document["digest"]
    digested = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    path.write_text(json.dumps({**document, "digest": digested}), encoding="utf-8")
    with pytest.raises(FileUnreadable) as refused:
        load_plan(path)
    assert refused.value.code == "plan.other_rules"


def test_a_plan_is_not_pushed_to_another_account() -> None:
    with pytest.raises(UsageError, match="other_account"):
        refresh_plan(plan(), RemoteSnapshot(Account("office-2", "Other"), ReferenceLists(), ()), PARTNER_SCHEMA)


def test_the_file_is_known_by_what_it_says(tmp_path: Path) -> None:
    for name, said in (("a", "same"), ("b", "same"), ("c", "else")):
        (tmp_path / name).write_text(said, encoding="utf-8")
    known = [file_sha256(tmp_path / name) for name in ("a", "b", "c")]
    assert known[0] == known[1] != known[2]


def test_a_saved_plan_does_not_create_what_came_in_between() -> None:
    later = refresh_plan(plan(), RemoteSnapshot(OFFICE, ReferenceLists(), (remote(),)), PARTNER_SCHEMA)
    assert (len(later.new), len(later.existing)) == (2, 1)


def test_a_saved_plan_is_checked_as_a_new_one_is() -> None:
    rows = tuple(
        {**PARTNER[0], "company_number": number, "external_reference": ref}
        for number, ref in (("0403019261", None), (None, "R1"))
    )
    both = RemoteSnapshot(OFFICE, ReferenceLists(), (remote(external_reference="R1"),))
    with pytest.raises(UsageError, match=r"plan\.stale.*row='3'"):
        refresh_plan(plan(rows=rows), both, PARTNER_SCHEMA)
    weak = RemoteClient("w", "draft", {"contact_email": FIRST["contact_email"], "legal_name": "Albak"}, 0)
    later = refresh_plan(plan(), RemoteSnapshot(OFFICE, ReferenceLists(), (weak,)), PARTNER_SCHEMA)
    assert (codes(later), later.existing[0].weak) == (["client.matched_weakly"], True)
    assert codes(refresh_plan(later, RemoteSnapshot(OFFICE, ReferenceLists(), (weak,)), PARTNER_SCHEMA)) == [
        "client.matched_weakly"
    ]
    with pytest.raises(UsageError, match=r"plan\.stale"):
        refresh_plan(later, RemoteSnapshot(OFFICE, ReferenceLists(), (remote("a"), remote("b"))), PARTNER_SCHEMA)


def test_the_groups_are_shown_as_asked() -> None:
    shown = groups(plan(rows=ACCOUNTON[:1], platform="accounton"), lambda field, _: field)
    assert shown["new"][0]["fields"]["national_register_number"] == "national_register_number"
    assert shown["new"][0]["row"] == 2


def test_the_digest_is_that_of_the_document_though_it_is_made_client_by_client(tmp_path: Path) -> None:
    wrong = {**PARTNER[1], "company_number": "0403019262"}
    made = plan(remote(legal_name="Old name"), rows=(PARTNER[0], wrong, PARTNER[2]))
    assert made.existing
    assert made.invalid
    assert made.new
    save_plan(made, tmp_path / "plan.json")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["digest"] == plan_digest(made)
