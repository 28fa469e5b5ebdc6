"""The page in a real browser: what a reader sees, presses and hears, and what a cell must never do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientimport.catalogue import catalogue
from clientimport.finding import Finding, Severity
from clientimport.report import ColumnUse, Report
from clientimport.reports.interface import Occasion
from clientimport.reports.page.html import as_html
from clientimport.texts.words import words
from clientimport.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.chromium

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
HARM = "<script>document.title='x'</script><img src=x onerror=alert(1)>{{ 7*7 }}</td><b>&amp;"
COLUMNS = (ColumnUse("A", "Naam <b>", "legal_name", True, True), ColumnUse("B", HARM, None, False, False))


def finding(row: int | None, value: str = "BE00", code: str = "iban.check_digits", field: str = "iban") -> Finding:
    return Finding(code, catalogue()[code].severity, row, "C", field, HARM, value, "BE05001100792675")


FINDINGS = (
    finding(None, code="mapping.unused", field=""),
    *(finding(row, f"value {row}") for row in range(4, 40)),
    finding(41, "x", "required.empty", "city"),
    finding(42, HARM, "text.spaces", "street"),
    finding(43, "y", "contact_email.shared", "contact_email"),
)
REPORT = Report("klanten.xlsx", "Blad 1", 3, 60, FINDINGS, tuple(range(4, 64)), COLUMNS)


def occasion(language: str = "en") -> Occasion:
    return Occasion(words(language), "banqup-partner", "Banqup Partner Space")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    import shutil

    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Return the page as it is opened from a mail, with whatever goes wrong on it."""
    (tmp_path / "report.html").write_text(as_html([REPORT], occasion()), encoding="utf-8")
    context = browser.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto((tmp_path / "report.html").as_uri())
    yield opened
    assert wrong == []
    context.close()


def rows(page: Page) -> int:
    """Return how many findings are shown."""
    return page.locator("details.group[data-severity]:not([hidden]) tbody tr:not([hidden])").count()


def test_the_summary_comes_first_and_counts_rows(page: Page) -> None:
    said = page.locator(".numbers").inner_text()
    assert re.sub(r"\s+", " ", said).startswith("rows ready to send 23 / 60 rows to correct 37")


def test_findings_are_filtered_by_severity_field_and_text(page: Page) -> None:
    assert rows(page) == len(FINDINGS)
    page.locator("input[value=error]").uncheck()
    assert rows(page) == 3
    page.locator("input[value=error]").check()
    page.locator("select").select_option("city")
    assert rows(page) == 1
    page.locator("select").select_option("")
    page.locator("input[type=search]").fill("value 17")
    page.locator("#shown").get_by_text("Shown: 1", exact=True).wait_for()
    assert rows(page) == 1


def test_a_row_is_jumped_to_and_one_that_is_not_there_is_said(page: Page) -> None:
    page.locator("input[type=number]").fill("42")
    page.keyboard.press("Enter")
    assert page.locator("tr.here").get_attribute("data-row") == "42"
    assert page.evaluate("document.activeElement.textContent") == "C42"
    page.locator("input[type=number]").fill("999")
    page.keyboard.press("Enter")
    assert page.locator("#shown").inner_text() == "Nothing about row 999 is shown."


def test_an_address_is_copied(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    page.locator("button.copy").filter(has_text="C4").first.click()
    assert page.evaluate("window.copied") == "C4"
    assert "done" in (page.locator("button.copy.done").get_attribute("class") or "")


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
def test_axe_finds_nothing_to_complain_about(browser: Browser, tmp_path: Path, language: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "report.html").write_text(as_html([REPORT, REPORT], occasion(language)), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    opened.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    assert opened.locator("html").get_attribute("lang") == language
    context.close()


def test_everything_can_be_read_without_scripts_and_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(as_html([REPORT], occasion()), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    assert opened.locator("form").is_hidden()
    opened.locator("details.warning summary").click()
    assert opened.locator("details.warning td").first.is_visible()
    width = opened.locator("body").bounding_box()
    assert width is not None
    assert width["width"] <= 360
    context.close()


def test_paper_shows_every_finding(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(as_html([REPORT], occasion()), encoding="utf-8")
    context = browser.new_context()
    opened = context.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    opened.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    assert opened.locator("form").is_hidden()
    assert opened.locator("details.group[data-severity]:not([open])").count() == 0
    assert len(opened.pdf()) > 10_000
    context.close()


def test_ten_thousand_findings_stay_usable(browser: Browser, tmp_path: Path) -> None:
    many = replace(REPORT, findings=tuple(finding(row, f"value {row}") for row in range(4, 10_004)), rows=10_000)
    (tmp_path / "report.html").write_text(as_html([many], occasion()), encoding="utf-8")
    context = browser.new_context()
    opened = context.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    opened.locator("input[type=search]").fill("value 9876")
    opened.locator("#shown").get_by_text("Shown: 1", exact=True).wait_for()
    assert rows(opened) == 1
    context.close()


def test_severities_are_told_in_words(page: Page) -> None:
    said = [text.lower() for text in page.locator("summary .severity").all_text_contents()]
    assert set(said) == {"error", "warning", "repaired", "info"}
    assert Severity.ERROR.value == said[0]
