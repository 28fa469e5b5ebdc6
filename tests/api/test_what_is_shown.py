"""What results show of themselves: no national register number in full, everything escaped, readable by a reader."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest

import clientimport as ci

NUMBER, WRONG, MASKED = "85.07.30-033.28", "85.07.30-033.99", "**.**.**-***.99"
DIGITS = "85073003328"


class Tables(HTMLParser):
    """The tags of a page, and whether each is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += [(f"{tag}.{name}", value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def people() -> pd.DataFrame:
    """Return two clients of Accounton: one in order, one with a number in a name, and a program in another."""
    return pd.DataFrame(
        {
            "Voornaam": ["An", f"Bo {NUMBER}"],
            "Naam": ["Peeters", "<script>alert(1)</script> & co"],
            "E-mail": ["an@peeters.be", "geen adres"],
            "Taal": ["nl", "nl"],
            "Rijksregisternummer": [NUMBER, WRONG],
        }
    )


def shown(clients: ci.Clients) -> str:
    """Return all that there is to be looked at of a list."""
    report, fixed = clients.validate(), clients.fix()
    pages = [result._repr_html_() for result in (clients, report, fixed)]
    frames = [report.findings.to_csv(), clients.columns.to_csv()]
    return "\n".join([*pages, *frames, repr(clients), repr(report), repr(fixed)])


def test_national_register_numbers_are_masked_in_what_is_looked_at(people: pd.DataFrame) -> None:
    text = shown(ci.read(people, platform="accounton"))
    assert NUMBER not in text
    assert DIGITS not in text
    assert WRONG not in text
    assert MASKED in text


def test_they_are_shown_when_that_is_asked_for(people: pd.DataFrame) -> None:
    assert WRONG in shown(ci.read(people, platform="accounton", show_personal_data=True))


def test_frames_that_carry_the_data_hold_them(people: pd.DataFrame) -> None:
    fixed = ci.read(people, platform="accounton").fix()
    assert fixed.frame["national_register_number"].tolist() == [DIGITS]
    assert fixed.rejects["Rijksregisternummer"].tolist() == [WRONG]


def test_a_plan_a_run_and_a_merge_mask_them_too(people: pd.DataFrame) -> None:
    clients = ci.read(people, platform="accounton", accept_proposals=True)
    with ci.sandbox("accounton") as account:
        plan = clients.plan(account)
        preview = plan.preview(questionnaire="PIT", invite=True)
        run = plan.push(confirm=plan.digest, questionnaire="PIT")
        results = (plan, preview, run, ci.runs())
        pages = [*(result._repr_html_() for result in results), *map(repr, results), str(plan.groups)]
        frames = (plan.frame, plan.findings, preview.mails, run.rows)
    other = people.copy()
    other["E-mail"], other["Rijksregisternummer"] = ["an@peeters.be", "bo@peeters.be"], [NUMBER, None]
    merged = ci.merge([(people, "a"), (other, "b")], platform="accounton")
    pages += [merged._repr_html_(), repr(merged)]
    text = "\n".join([*pages, *(frame.to_csv() for frame in (*frames, merged.conflicts, merged.review))])
    assert run.counts["created"] == 1
    assert NUMBER not in text
    assert DIGITS not in text


def test_a_cell_is_only_text_on_the_page(people: pd.DataFrame) -> None:
    clients = ci.read(people.rename(columns={"Taal": "<b>Taal</b>"}), platform="accounton", columns={"D": "language"})
    for page in (clients._repr_html_(), clients.validate()._repr_html_(), clients.fix()._repr_html_()):
        tags = set(Tables(page).tags)
        assert tags <= {"section", "p", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_pages_of_results_can_be_put_together_with_other_text() -> None:
    clients = ci.read("clients.xlsx", platform="banqup-partner")
    pages = [clients._repr_html_(), clients.validate()._repr_html_(), clients.fix()._repr_html_()]
    assert ("<h1>Office</h1>" + "".join(pages[:2]) + pages[2]).count("<section") == 3


def test_tables_have_captions_and_headings_and_say_how_many_rows_there_are() -> None:
    frame = pd.DataFrame(
        {
            "Naam": [f"Client {at}" for at in range(30)],
            "Ondernemingsnummer": [f"0419.618.{at}" for at in range(100, 130)],
        }
    )
    page = ci.read(frame, platform="banqup-partner").validate()._repr_html_()
    tables = Tables(page)
    assert tables.tags.count("caption") == tables.tags.count("table") == 1
    assert {value for name, value in tables.attributes if name == "th.scope"} == {"col"}
    assert "(1 to 20 of " in page
    assert tables.tags.count("tr") == 21


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "begint"), ("fr", "commence"), ("de", "beginnt"), ("en", "begins")]
)
def test_messages_are_in_the_language_that_was_asked_for(language: str, word: str) -> None:
    findings = ci.read("clients.xlsx", platform="banqup-partner", language=language).validate().findings
    assert word in " ".join(findings["message"])


def test_rejected_rows_keep_columns_of_the_same_name_apart() -> None:
    frame = pd.DataFrame([["Peeters", "x", "y"]], columns=["Naam", "reason", "reason"])
    assert ci.read(frame, platform="accounton", defaults={"language": "nl"}).validate().ok is False
    rejects = ci.read("clients.xlsx", platform="banqup-partner").fix().rejects
    assert rejects.columns[-1] == "reason"
    assert rejects.index.name == "row"
