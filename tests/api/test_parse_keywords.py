"""Keywords: None says nothing, another kind is an error that names it, and nothing is taken for a yes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import clientimport as ci

PARTNER = "banqup-partner"


def test_none_is_the_same_as_leaving_a_keyword_out() -> None:
    names = (*ci_keywords(), "platform")
    nothing: dict[str, Any] = dict.fromkeys(names)
    said = ci.read("clients.xlsx", **{**nothing, "platform": PARTNER})
    assert said.columns.equals(ci.read("clients.xlsx", platform=PARTNER).columns)


def ci_keywords() -> frozenset[str]:
    """Return the keywords of `read`."""
    from clientimport.api.keywords import FileKeywords

    return FileKeywords.__optional_keys__


@pytest.mark.parametrize(
    ("keywords", "sentence"),
    [
        ({"columns": ["Naam"]}, "columns= takes a dict of texts, and not list of str."),
        ({"columns": {"Naam": 5}}, "columns= takes a dict of texts, and not dict of int."),
        ({"values": {"country": "NL"}}, "values= takes a dict of dicts of texts, and not dict of str."),
        ({"defaults": {"city": None}}, "defaults= takes a dict of texts, and not dict of NoneType."),
        ({"sheet": 0}, "sheet= takes a text, and not int."),
        ({"header_row": "3"}, "header_row= takes a whole number from 0, and not str."),
        ({"header_row": -1}, "header_row= takes a whole number from 0, and not int."),
        ({"include_hidden": "no"}, "include_hidden= takes True or False, and not str."),
        ({"where": 5}, "where= takes a text or several, and not int."),
        ({"password": b"hush"}, "password= takes a text, and not bytes."),
    ],
)
def test_a_value_of_another_kind_is_an_error_that_says_what_is_taken(
    keywords: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ci.UsageError) as refused:
        ci.read("clients.xlsx", platform=PARTNER, **keywords)  # type: ignore[call-overload]
    assert (refused.value.code, str(refused.value)) == ("usage.keyword_kind", sentence)


def test_methods_say_the_same_as_keywords() -> None:
    clients = ci.read("clients.xlsx", platform=PARTNER)
    wrong: dict[str, Any] = {
        "map": [["Naam"]],
        "value": {"country": "NL"},
        "default": {"city": None},
        "compose": {"city": 5},
    }
    for method, given in wrong.items():
        with pytest.raises(ci.UsageError, match="takes a dict"):
            getattr(clients, method)(*given) if method == "map" else getattr(clients, method)(**given)


@pytest.mark.parametrize(
    "options", [{"invite": "no"}, {"max_invitations": "5"}, {"invite_limit": -1}, {"all_or_nothing": 1}]
)
def test_nothing_is_sent_for_an_option_that_is_not_what_it_takes(
    options: dict[str, Any], office: ci.PlatformAccount
) -> None:
    plan = ci.read("clients.xlsx", platform=PARTNER, accept_proposals=True).plan(office)
    with pytest.raises(ci.UsageError, match=f"{next(iter(options))}= takes"):
        plan.preview(**options)
    with pytest.raises(ci.UsageError, match=f"{next(iter(options))}= takes"):
        plan.push(confirm=plan.digest, **options)
    assert len(ci.runs()) == 0


def test_rows_are_chosen_by_their_numbers(office: ci.PlatformAccount) -> None:
    clients = ci.read("clients.xlsx", platform=PARTNER)
    plan = clients.plan(office)
    for only in ([4, 5], "4,5", np.array([4, 5]), plan.frame["row"].head(2)):
        assert clients.plan(office, only=only).frame["row"].tolist() == [4, 5]
    assert clients.plan(office, only=4).frame["row"].tolist() == [4]
    assert clients.plan(office, only=["new", "4-5"]).frame["row"].tolist() == [4, 5]
    assert 4 not in clients.plan(office, skip=[4, 5]).frame["row"].tolist()


def test_rows_that_were_not_found_never_mean_every_row(office: ci.PlatformAccount) -> None:
    clients = ci.read("clients.xlsx", platform=PARTNER)
    nobody = clients.plan(office).frame.query("name == 'Nobody'")["row"]
    with pytest.raises(ci.UsageError) as refused:
        clients.plan(office, only=nobody)
    assert refused.value.code == "push.nothing_selected"


def test_a_number_of_numpy_is_remembered_as_any_other(office: ci.PlatformAccount) -> None:
    header_row: Any = np.int64(3)
    plan = ci.read("clients.xlsx", platform=PARTNER, header_row=header_row, accept_proposals=True).plan(office)
    assert plan.push(confirm=plan.digest).counts["created"] == 8


def test_columns_of_a_frame_that_have_numbers_for_names_are_named_by_them() -> None:
    frame = pd.DataFrame([["Bakkerij Peeters BV", "BE0419618535"]], columns=[10, 20])
    clients = ci.read(frame, platform=PARTNER, columns={10: "legal_name"}).map({20: "vat_number"})
    assert clients.columns["field"].tolist() == ["legal_name", "vat_number"]


def test_a_field_that_does_not_exist_is_not_put_together() -> None:
    with pytest.raises(ci.UsageError, match="Did you mean legal_name"):
        ci.read("clients.xlsx", platform=PARTNER).compose(legal_nam="Klantnr")


@pytest.mark.parametrize("sources", ["crm.xlsx", b"Naam\n", pd.DataFrame({"Naam": ["a"]}), ["crm.xlsx"]])
def test_one_list_is_not_several(sources: object) -> None:
    with pytest.raises(ci.UsageError) as refused:
        ci.merge(sources, platform=PARTNER)  # type: ignore[arg-type]
    assert refused.value.code == "merge.two_files"


def test_workbooks_are_written_in_a_language_and_under_a_name_that_there_are() -> None:
    fixed = ci.read("clients.xlsx", platform=PARTNER).fix()
    merged = ci.merge(["crm.xlsx", "books.csv"], platform=PARTNER)
    for write in (fixed.to_excel, fixed.rejects_to_excel, merged.to_excel):
        with pytest.raises(ci.UsageError, match="language xx"):
            write("written.xlsx", language="xx")
        with pytest.raises(ci.UsageError, match=r"\.xlsx"):
            write("written.xls")


def test_a_command_in_a_sentence_can_be_pasted() -> None:
    with pytest.raises(ci.SettingsUnusable, match="connections add offic -p PLATFORM --base-url URL --client-id ID"):
        ci.connect("offic")
