"""What is done side by side comes in order, and fails as if it had been done one after the other."""

from __future__ import annotations

import signal
import subprocess
import sys
from itertools import count, islice
from threading import Event, get_ident

import pytest

from clientimport.model.parallel import map_parallel

MUCH = 100_000


@pytest.mark.parametrize("size", [1, MUCH])
@pytest.mark.parametrize("amount", [0, 1, 2, 3, 50])
def test_everything_comes_once_and_in_order(amount: int, size: int) -> None:
    assert list(map_parallel(lambda number: number * 2, range(amount), size=size)) == list(range(0, amount * 2, 2))


def test_what_is_large_is_done_in_other_threads_and_what_is_small_in_this_one() -> None:
    assert get_ident() not in set(map_parallel(lambda _: get_ident(), range(9), size=MUCH))
    assert set(map_parallel(lambda _: get_ident(), range(9), size=1)) == {get_ident()}


def test_what_cannot_be_done_raises_in_its_turn() -> None:
    done = map_parallel(lambda number: 12 // (3 - number), range(9), size=MUCH)
    assert [next(done) for _ in range(3)] == [4, 6, 12]
    with pytest.raises(ZeroDivisionError):
        next(done)


def test_little_is_begun_of_what_nobody_takes() -> None:
    begun: list[int] = []
    done = map_parallel(begun.append, count(), size=MUCH)
    assert list(islice(done, 3)) == [None] * 3
    done.close()
    assert len(begun) < 20


def test_who_leaves_waits_for_nothing_that_was_begun() -> None:
    never = Event()
    done = map_parallel(lambda number: number and never.wait(), range(5), size=MUCH)
    assert next(done) == 0
    done.close()
    assert not never.is_set()
    never.set()


STUCK = """
import os
from threading import Event
from clientimport.model.parallel import map_parallel
try:
    list(map_parallel(lambda _: os.write(1, b"begun\\n") and Event().wait(), "ab", size=100_000))
except KeyboardInterrupt:
    print("ended")
"""


def test_an_interrupted_process_ends_whatever_its_threads_are_at() -> None:
    program = [sys.executable, "-c", STUCK]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == "begun\n"
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=30)
        finally:
            running.kill()
    assert "ended" in out
    assert running.returncode == 0
