"""Who works the blocks: threads of this process, or any executor that takes the same pure function further."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor of the standard library's kind (a process pool, a Dask client's) and how many blocks it holds at once."""

    executor: Executor
    ahead: int


def in_order(
    work: Callable[..., Answer],
    tasks: Iterable[Task],
    arguments: Callable[[Task], tuple[object, ...]],
    workers: Workers,
) -> Iterator[tuple[Task, Answer]]:
    """Each task with its answer, in the order of the tasks; never further ahead, or finished ones would fill the memory."""
    waiting: deque[tuple[Task, Future[Answer]]] = deque()
    for task in tasks:
        waiting.append((task, workers.executor.submit(work, *arguments(task))))
        if len(waiting) > workers.ahead:
            done, result = waiting.popleft()
            yield done, result.result()
    for done, result in waiting:
        yield done, result.result()
