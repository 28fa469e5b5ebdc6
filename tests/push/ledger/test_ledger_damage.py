"""A ledger that a disk has damaged: told, kept as it is, and never begun anew in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.errors import ClientImportError, SettingsUnusable
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from clientimport.sandbox import running
from push_world import PARTNER, World

PAGE = 4096

pytestmark = pytest.mark.only_sqlite("a server looks after its own files")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a push that is over."""
    home = tmp_path_factory.mktemp("whole")
    with running() as url:
        run = World(url, home, rows=PARTNER).push(invite=True)
        assert run.exit_code == 0
    return home / "state.db"


def remembered(path: Path) -> int | ClientImportError:
    """Return how many actions it tells as done, or why it tells nothing."""
    try:
        with Ledger(path) as ledger:
            actions = [action for run in ledger.runs() for action in ledger.operations_of_run(run.id)]
    except ClientImportError as refused:
        return refused
    except ValueError:  # a state that is none of ours
        return -1
    return sum(action.state is OperationState.ACKED for action in actions)


def test_cut_off_at_any_page_it_is_refused_and_left_as_it_is(whole: Path, tmp_path: Path) -> None:
    assert remembered(whole) == 2 * len(PARTNER)
    for size in range(0, whole.stat().st_size, PAGE):
        path = tmp_path / f"{size}.db"
        path.write_bytes(whole.read_bytes()[:size])
        with pytest.raises(SettingsUnusable, match=r"ledger\.damaged"):
            Ledger(path)
        assert path.stat().st_size == size


@settings(max_examples=60)
@example(at=2969, bit=7)  # in the text of the layout, which is no text any more
@given(at=st.integers(min_value=0, max_value=PAGE - 1), bit=st.integers(min_value=0, max_value=7))
def test_with_one_bit_turned_in_its_first_page_it_is_whole_or_refused(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    path = tmp_path_factory.mktemp("turned") / "state.db"
    shutil.copy(whole, path)
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)
    known = remembered(path)
    assert isinstance(known, ClientImportError) or known == 2 * len(PARTNER)


def test_killed_while_it_was_made_it_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "state.db.new").write_bytes(b"half")
    with Ledger(tmp_path / "state.db") as ledger:
        assert ledger.runs() == ()
    assert not (tmp_path / "state.db.new").exists()
