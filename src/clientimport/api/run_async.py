"""Running what is asynchronous: at once where no event loop runs, else in a thread, as a notebook has a loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from clientimport.push.run_result import RunResult

T = TypeVar("T")


def run_sync(start: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Return what `start` comes to; Ctrl-C cancels it, and what it makes of that is returned."""
    if not _loop_is_running():
        return _run(start())
    cancels: list[Callable[[], object]] = []

    async def cancellable() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        cancels.append(lambda: loop.call_soon_threadsafe(task.cancel))
        return await start()

    with ThreadPoolExecutor(1, "clientimport") as executor:
        running = executor.submit(lambda: _run(cancellable()))
        try:
            return running.result()
        except KeyboardInterrupt:
            for cancel in cancels:
                cancel()
            return _result_after_cancelling(running.result)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` comes to.

    It is not the result of the task: asyncio asks how that is shown, and a plan is shown with its digest, which takes
    as long as writing it.
    """
    results: list[T] = []

    async def without_result() -> None:
        results.append(await work)

    asyncio.run(without_result())
    return results[0]


def _result_after_cancelling(result: Callable[[], T]) -> T:
    try:
        return result()
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error


def run_apart(work: Callable[[], T]) -> T:
    """Return what `work` returns; in a thread where an event loop runs, for it may want one of its own."""
    if not _loop_is_running():
        return work()
    with ThreadPoolExecutor(1, "clientimport") as executor:
        return executor.submit(work).result()


async def until_cancelled(start: Callable[[asyncio.Event], Awaitable[RunResult]]) -> RunResult:
    """Return a run; when it is cancelled, requests in flight finish and the run says what is still to be done."""
    stop = asyncio.Event()
    running = asyncio.ensure_future(start(stop))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        return await running


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
