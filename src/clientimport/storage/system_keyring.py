"""The system's keyring: what this computer keeps for one person, for as long as that person is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SECONDS = 3
"""A keyring that waits for a person who is not there must not stop a cron job for ever. Chosen, not measured."""

_SERVICE = "clientimport"


def get(name: str) -> str | None:
    """Return what is stored under `name`; None without a keyring, or when it does not answer."""
    value = _with_keyring(lambda ring: ring.get_password(_SERVICE, name))
    return str(value) if value else None


def store(name: str, value: str) -> bool:
    """Store `value` and return whether it can be read back."""
    kept = _with_keyring(lambda ring: (ring.set_password(_SERVICE, name, value),))
    return kept is not None and get(name) == value


def delete(name: str) -> None:
    """Delete what is stored under `name`, if anything is."""
    _with_keyring(lambda ring: ring.delete_password(_SERVICE, name))


def is_available() -> bool:
    """Return whether this computer has a keyring that we may use."""
    return bool(_with_keyring(lambda ring: ring.get_keyring().priority > 0))


def _with_keyring(use: Callable[[Any], Any]) -> Any:
    """Return the result of `use` with the keyring, or None: not installed, locked, or without an answer in time."""
    from threading import Thread

    answer: list[Any] = []

    def attempt() -> None:
        try:
            import keyring

            answer.append(use(keyring))
        except Exception:  # noqa: BLE001, S110 -- each backend fails in its own way, and then there is no keyring
            pass

    # A daemon, so that a backend waiting for its dialog does not keep the program alive either.
    thread = Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(SECONDS)
    return answer[0] if answer else None
