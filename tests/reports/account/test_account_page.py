"""The page of an account's state in a real browser: what is seen, heard and printed, and what a cell must never do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from account_states import HARM, NUMBER, state
from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.reports.account.account_page import account_page
from clientimport.reports.account.account_state import AccountState

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return how a page is opened; whatever goes wrong on it fails the test."""
    wrong: list[str] = []
    contexts = []

    def shown(shown_state: AccountState | None = None, language: str = "en", **options: object) -> Page:
        file = tmp_path / "state.html"
        file.write_text(account_page(shown_state or state(), language, masks=True), encoding="utf-8")
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


def visible_text(page: str) -> str:
    return re.sub(r"<(style|script)>.*?</\1>|<meta[^>]*>|<[^>]*>", " ", page, flags=re.DOTALL)


@pytest.mark.chromium
def test_the_numbers_stand_on_top_and_beside_each_picture(show: Callable[..., Page]) -> None:
    page = show()
    tiles = re.sub(r"\s+", " ", page.locator(".numbers").inner_text())
    assert tiles.startswith("on the platform 11 / 13 not on the platform 2")
    assert page.locator("section").count() == 3
    for section in page.locator("section").all():
        assert section.locator("svg[role=img]").bounding_box()
        assert section.locator("table tbody tr").count() > 1
    bars = page.locator("#status-heading ~ .beside svg text").all_text_contents()
    assert {"Draft", "2"} <= {text.strip() for text in bars}


@pytest.mark.chromium
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(show: Callable[..., Page], language: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = show(state(), language, color_scheme=scheme, bypass_csp=True)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.chromium
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(show: Callable[..., Page], language: str) -> None:
    page = show(state(), language)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for width in (360, 800, 1200):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.chromium
def test_the_pictures_have_the_colours_of_the_page_in_light_and_dark(show: Callable[..., Page]) -> None:
    colours = [
        [
            show(color_scheme=scheme).locator(selector).first.evaluate("(one) => getComputedStyle(one).fill")
            for selector in ("#status-heading ~ .beside .fill-draft", "#status-heading ~ .beside .fill-ink")
        ]
        for scheme in ("light", "dark")
    ]
    assert len({colour for pair in colours for colour in pair}) == 4
    assert not {"none", "rgb(0, 0, 0)"} & {colour for pair in colours for colour in pair}


@pytest.mark.chromium
def test_no_cell_becomes_markup_and_nothing_runs(show: Callable[..., Page]) -> None:
    page = show()
    assert page.title().startswith("State of your clients")
    assert (page.locator("img").count(), page.locator("script").count()) == (0, 0)
    assert HARM in page.locator(".list-not_on_platform").inner_text()
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy


@pytest.mark.chromium
def test_paper_shows_every_table(show: Callable[..., Page]) -> None:
    page = show()
    page.emulate_media(media="print")
    assert page.locator(".list-differences tbody tr").first.is_visible()
    assert page.locator("section svg").first.is_visible()


def test_the_page_needs_nothing_from_elsewhere_and_has_no_style_of_its_own_inside() -> None:
    page = account_page(state(), "en", masks=True)
    body = page[page.index("<body") :]
    assert "data:" not in page
    assert not re.search(r"\b(src|href)=\"(?!#)", body)
    assert " style=" not in body
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", body)) <= set(ids)


def test_every_picture_has_a_title_and_its_numbers_in_words() -> None:
    page = account_page(state(), "nl", masks=True)
    for key in ("status", "age", "time"):
        assert f'aria-labelledby="{key}-title {key}-description"' in page
        assert re.search(rf'<title id="{key}-title">[^<]+</title><desc id="{key}-description">[^<]*\d', page)


def test_the_same_state_is_the_same_page() -> None:
    assert account_page(state(), "fr", masks=True) == account_page(state(), "fr", masks=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of_file", [True, False])
def test_no_command_and_no_number_of_a_person_stands_on_it(language: str, *, of_file: bool) -> None:
    page = account_page(state(of_file=of_file), language, masks=True)
    text = visible_text(page)
    assert not re.search(r"(?<!\w)--\w|clientimport \w", text)
    assert NUMBER not in page
    assert "**.**.**-***.28" in page
    assert NUMBER in account_page(state(of_file=of_file), language, masks=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_is_called_what_the_platform_calls_it(language: str) -> None:
    assert message_catalog(language).status_label("draft", "accounton") in account_page(
        state(platform="accounton"), language, masks=True
    )


def test_without_anything_to_see_there_is_no_picture() -> None:
    full = state(of_file=False)
    page = account_page(replace(full, clients=full.clients.iloc[:0]), "en", masks=True)
    assert "<svg" not in page
    assert "none" in visible_text(page)
