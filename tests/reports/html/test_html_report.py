"""The page in a real browser: what a reader sees, presses and hears, and what a cell must never do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import ColumnUse, Report
from clientimport.reports.html.html_report import as_html
from clientimport.reports.protocol import ReportContext
from clientimport.reports.text_report import totals_sentence
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.finding_catalog import finding_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.chromium

HARM = "<script>document.title='x'</script><img src=x onerror=alert(1)>{{ 7*7 }}</td><b>&amp;"
COLUMNS = (ColumnUse("A", "Naam <b>", "legal_name", True, True), ColumnUse("B", HARM, None, False, False))


def finding(row: int | None, value: str = "BE00", code: str = "iban.check_digits", field: str = "iban") -> Finding:
    return Finding(code, finding_kinds()[code].severity, row, "C", field, HARM, value, "BE05001100792675")


FINDINGS = (
    finding(None, code="mapping.unused", field=""),
    *(finding(row, f"value {row}") for row in range(4, 40)),
    finding(41, "x", "required.empty", "city"),
    finding(42, HARM, "text.spaces", "street"),
    finding(43, "y", "contact_email.shared", "contact_email"),
)
REPORT = Report("klanten.xlsx", "Blad 1", 3, 60, FINDINGS, tuple(range(4, 64)), COLUMNS)


def occasion(language: str = "en") -> ReportContext:
    return ReportContext(message_catalog(language), "banqup-partner", "Banqup Partner Space")


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return how a page is opened, as one from a mail; whatever goes wrong on it fails the test."""
    wrong: list[str] = []
    contexts = []

    def shown(*reports: Report, seen_as: ReportContext | None = None, **options: object) -> Page:
        file = tmp_path / "report.html"
        file.write_text(as_html(reports or (REPORT,), seen_as or occasion()), encoding="utf-8")
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]
        opened = contexts[-1].new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda message: wrong.append(message.text))
        opened.on("request", lambda one: wrong.append(one.url) if not one.url.startswith("file:") else None)
        opened.goto(file.as_uri())
        return opened

    yield shown
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(show: Callable[..., Page]) -> Page:
    """Return the page about REPORT in English, on a desk."""
    return show()


def rows(page: Page) -> int:
    """Return how many findings can be seen, with every kind opened."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    return page.locator("details[data-severity] tbody tr:visible").count()


def test_the_summary_comes_first_and_counts_as_the_terminal_does(page: Page) -> None:
    totals = REPORT.totals
    assert page.locator(".counted").inner_text() == totals_sentence(totals, message_catalog("en"))
    numbers = re.findall(r"\d+", page.locator(".numbers").inner_text())
    assert numbers == [
        str(number) for number in (totals.clean_rows, totals.rows, totals.errors, totals.warnings, totals.repairs)
    ]


def test_a_mask_is_not_shown_as_its_own_correction(show: Callable[..., Page]) -> None:
    number = "national_register_number"
    restored = Finding(f"{number}.zero_restored", Severity.REPAIR, 2, "B", number, "RRN", "1020304526", "01020304526")
    page = show(replace(REPORT, findings=(restored,)))
    page.locator("summary").first.click()
    assert page.locator("tbody td").nth(0).inner_text() == "**.**.**-***.26"
    assert page.locator("tbody td").nth(1).inner_text() == "–"


@pytest.mark.parametrize("width", [360, 1100])
def test_findings_are_filtered_by_severity_field_and_text(show: Callable[..., Page], width: int) -> None:
    page = show(viewport={"width": width, "height": 740})
    assert rows(page) == len(FINDINGS)
    assert page.locator("#shown").inner_text() == f"Shown: {len(FINDINGS)} of {len(FINDINGS)}"
    page.locator("input[value=error]").uncheck()
    assert rows(page) == 3
    page.locator("input[value=error]").check()
    page.locator("select").select_option("city")
    assert rows(page) == 1
    page.locator("select").select_option("")
    page.locator("input[type=search]").fill("value 17")
    page.locator("#shown").get_by_text(f"Shown: 1 of {len(FINDINGS)}", exact=True).wait_for()
    assert rows(page) == 1


def test_a_row_is_jumped_to_and_one_that_is_not_there_is_said(page: Page) -> None:
    page.locator("input[type=number]").fill("42")
    page.keyboard.press("Enter")
    assert page.locator("tr.here").get_attribute("data-row") == "42"
    assert page.evaluate("document.activeElement.textContent") == "C42"
    page.locator("input[type=number]").fill("999")
    page.keyboard.press("Enter")
    assert page.locator("#shown").inner_text() == "Nothing is shown for row 999."


def test_the_same_row_again_is_what_else_is_said_about_it(show: Callable[..., Page]) -> None:
    page = show(REPORT, replace(REPORT, file="andere.xlsx"))
    page.locator("input[type=number]").fill("42")
    seen = []
    for _ in range(3):
        page.locator("form button").click()
        seen.append(page.evaluate("[...document.querySelectorAll('tr')].indexOf(document.querySelector('tr.here'))"))
    assert seen[0] == seen[2] < seen[1]


def test_a_finding_about_a_row_without_a_cell_is_reached_too(show: Callable[..., Page]) -> None:
    page = show(replace(REPORT, findings=(replace(finding(7), column=None),)))
    page.locator("input[type=number]").fill("7")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.row") == "7"


@pytest.mark.parametrize(("cell", "refused"), [("C17", False), ("C18", True)])
def test_an_address_is_copied_and_that_is_said(page: Page, cell: str, *, refused: bool) -> None:
    if refused:
        page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('refused') } }")
    page.locator("button.copy").filter(has_text=cell).click()
    page.locator("#copied").get_by_text(f"{cell} copied.", exact=True).wait_for(state="attached")
    assert page.locator("button.copy.done").inner_text() == cell
    page.locator("input[type=search]").focus()
    page.keyboard.press("Control+V")
    assert page.locator("input[type=search]").input_value() == cell


def test_kinds_are_headings_under_their_file(show: Callable[..., Page]) -> None:
    one = show()
    assert one.get_by_role("heading", level=2).count() == one.locator("details").count()
    two = show(REPORT, REPORT)
    assert two.get_by_role("heading", level=2).count() == 2
    assert two.get_by_role("heading", level=3).count() == two.locator("details").count()


def test_a_value_keeps_its_spaces(show: Callable[..., Page]) -> None:
    page = show(replace(REPORT, findings=(finding(4, "a   b"),)))
    assert page.locator("tbody td").first.inner_text() == "a   b"


def test_the_name_of_a_file_stands_before_its_folder(show: Callable[..., Page]) -> None:
    page = show(replace(REPORT, file="dossiers/2026/klanten.xlsx"))
    assert page.locator("h1").inner_text() == "klanten.xlsx Blad 1 · dossiers/2026"
    assert page.title() == "klanten.xlsx – clientimport"


def test_national_numbers_are_masked_wherever_they_stand() -> None:
    number = "85.07.30-033.28"
    report = replace(REPORT, file=f"{number}.csv", sheet=number, columns=(ColumnUse("A", number, None, False, False),))
    report = replace(report, findings=(finding(4, number), finding(5, "850730", field="national_register_number")))
    hidden = as_html([report, report], occasion())
    assert number not in hidden
    assert "850730" not in hidden
    assert hidden.count("**.**.**-***.28") >= 6
    assert number in as_html([report], replace(occasion(), masks=False))


def test_french_has_a_space_before_its_colons() -> None:
    text = re.sub(
        r"<(style|script)>.*?</\1>|<meta[^>]*>|<[^>]*>|https:", "", as_html([REPORT], occasion("fr")), flags=re.DOTALL
    )
    assert re.findall(r"\w+:\s", text.replace(HARM, "")) == []


def test_no_cell_becomes_markup_or_script(page: Page) -> None:
    assert page.title() == "klanten.xlsx – clientimport"
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert "{{ 7*7 }}" in page.locator("body").inner_html()
    page.locator("details.mapping summary").click()
    assert HARM in page.locator("details.mapping").inner_text()


def test_nothing_else_may_run(page: Page) -> None:
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(show: Callable[..., Page], language: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = show(REPORT, REPORT, seen_as=occasion(language), color_scheme=scheme, bypass_csp=True)
    opened.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    assert opened.locator("html").get_attribute("lang") == language


def test_everything_can_be_read_without_scripts_and_on_a_phone(show: Callable[..., Page]) -> None:
    opened = show(java_script_enabled=False, viewport={"width": 360, "height": 740})
    assert opened.locator("form").is_hidden()
    opened.locator("details.warning summary").click()
    assert opened.locator("details.warning td").first.is_visible()


@pytest.mark.parametrize(("language", "said"), [("en", "Found: "), ("fr", "Trouvé\N{NO-BREAK SPACE}: ")])
def test_on_a_phone_each_value_says_what_it_is(show: Callable[..., Page], language: str, said: str) -> None:
    opened = show(seen_as=occasion(language), viewport={"width": 360, "height": 740})
    cell = opened.locator("td[data-label]").first
    assert cell.evaluate(
        "(one) => getComputedStyle(one, '::before').content.replace('attr(data-label)', one.dataset.label)"
    ) == (f'"{said}"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(show: Callable[..., Page], language: str) -> None:
    opened = show(seen_as=occasion(language), viewport={"width": 360, "height": 740})
    rows(opened)
    assert opened.evaluate("document.documentElement.scrollWidth") == 360


def test_paper_shows_every_finding_and_what_was_left_out(page: Page) -> None:
    page.locator("input[value=error]").uncheck()
    closed = page.locator("details:not([open])").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("form input:visible, form button:visible, form select:visible").count() == 0
    assert page.locator("#shown:visible").inner_text() == f"Shown: 3 of {len(FINDINGS)}"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == closed


def test_ten_thousand_findings_stay_usable(show: Callable[..., Page]) -> None:
    many = replace(REPORT, findings=tuple(finding(row, f"value {row}") for row in range(4, 10_004)), rows=10_000)
    opened = show(many)
    opened.locator("input[type=search]").fill("value 9876")
    opened.locator("#shown").get_by_text("Shown: 1 of 10000", exact=True).wait_for()
    assert rows(opened) == 1


def test_severities_are_told_in_words(page: Page) -> None:
    said = [text.lower() for text in page.locator("summary .severity").all_text_contents()]
    assert set(said) == {"error", "warning", "repaired", "info"}
    assert Severity.ERROR.value == said[0]
