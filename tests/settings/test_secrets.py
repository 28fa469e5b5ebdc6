"""Where the secret of a connection comes from."""

from __future__ import annotations

import pytest

from clientimport.errors import CredentialsRefused
from clientimport.settings.secrets import connection_secret


def test_the_environment_comes_before_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_MY_OFFICE_SECRET", "hush")
    assert connection_secret("my-office", lambda: "typed") == "hush"


def test_without_environment_keyring_and_person_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert connection_secret("office", lambda: "typed") == "typed"
    with pytest.raises(CredentialsRefused) as missing:
        connection_secret("office", None)
    assert missing.value.facts["variable"] == "CLIENTIMPORT_OFFICE_SECRET"
