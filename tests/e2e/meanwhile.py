"""What goes on in a thread of its own while other tests are run."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Meanwhile(Generic[T]):
    """What was begun."""

    future: Future[T]

    def ended(self) -> T:
        """Wait for its end: what came of it, or the error that it met."""
        return self.future.result()

    def wait(self) -> None:
        """Wait for its end, whatever comes of it."""
        wait([self.future])


@contextmanager
def meanwhile(work: Callable[[], T]) -> Iterator[Meanwhile[T]]:
    """Begin it; it has ended when this does."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield Meanwhile(thread.submit(work))
