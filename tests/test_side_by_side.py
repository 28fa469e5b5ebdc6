"""What is done side by side comes in order, and fails as if it had been done one after the other."""

from __future__ import annotations

from itertools import count, islice
from threading import get_ident

import pytest

from clientimport.side_by_side import side_by_side

MUCH = 100_000


@pytest.mark.parametrize("size", [1, MUCH])
@pytest.mark.parametrize("amount", [0, 1, 2, 3, 50])
def test_everything_comes_once_and_in_order(amount: int, size: int) -> None:
    assert list(side_by_side(lambda number: number * 2, range(amount), size=size)) == list(range(0, amount * 2, 2))


def test_what_is_large_is_done_in_other_threads_and_what_is_small_in_this_one() -> None:
    assert get_ident() not in set(side_by_side(lambda _: get_ident(), range(9), size=MUCH))
    assert set(side_by_side(lambda _: get_ident(), range(9), size=1)) == {get_ident()}


def test_what_cannot_be_done_raises_in_its_turn() -> None:
    done = side_by_side(lambda number: 12 // (3 - number), range(9), size=MUCH)
    assert [next(done) for _ in range(3)] == [4, 6, 12]
    with pytest.raises(ZeroDivisionError):
        next(done)


def test_little_is_begun_of_what_nobody_takes() -> None:
    begun: list[int] = []
    done = side_by_side(begun.append, count(), size=MUCH)
    assert list(islice(done, 3)) == [None] * 3
    done.close()
    assert len(begun) < 20
