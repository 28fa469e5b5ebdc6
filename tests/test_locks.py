"""The locks: pip refuses a requirement with an extra (`coverage[toml]`) unless the pin names that extra too."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = sorted((Path(__file__).parents[1] / "requirements").glob("*.lock"))


def pins(lock: Path) -> dict[str, Requirement]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line.removesuffix("\\")) for line in lines if line[:1].isalnum()]
    return {canonicalize_name(pin.name): pin for pin in requirements if pin.marker is None or pin.marker.evaluate()}


def wanted(pin: Requirement) -> Iterator[Requirement]:
    try:
        wants = [Requirement(text) for text in requires(pin.name) or ()]
    except PackageNotFoundError:
        return
    extras = pin.extras or {""}
    yield from (
        want for want in wants if want.marker is None or any(want.marker.evaluate({"extra": e}) for e in extras)
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_what_is_wanted_with_an_extra_is_pinned_with_it(lock: Path) -> None:
    pinned = pins(lock)
    assert len(pinned) > 20
    unpinned = {
        f"{pin.name} wants {want}"
        for pin in pinned.values()
        for want in wanted(pin)
        if want.extras and not want.extras <= pinned[canonicalize_name(want.name)].extras
    }
    assert not unpinned
