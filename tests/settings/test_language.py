"""The language is the one asked for, else configured, else the computer's."""

from __future__ import annotations

import pytest

from clientimport.settings.language import choose_language


@pytest.mark.parametrize(
    ("asked", "configured", "locale", "spoken"),
    [
        ("de", "fr", "nl_BE.UTF-8", "de"),
        (None, "fr", "nl_BE.UTF-8", "fr"),
        (None, None, "nl_BE.UTF-8", "nl"),
        (None, None, "it_IT.UTF-8", "en"),
        (None, None, "C", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_configured_else_the_computers(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, configured: str | None, locale: str, spoken: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert choose_language(asked, configured) == spoken
