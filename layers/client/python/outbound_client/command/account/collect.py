"""Asks for many facts at once; what fails is a fact too, and nothing waits for ever."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from outbound_client.command.account.facts import Unknown
from outbound_client.command.account.reasons import why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECONDS = 25.0
"""For all questions together; each takes less, by the timeouts of its client."""


@dataclass(frozen=True, slots=True)
class Question:
    """How to have a fact, and the right that it takes."""

    right: str
    ask: Callable[[], Any]


def collect(
    questions: Mapping[str, Question],
    progress: Callable[[int, int], None],
    *,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """The answers by name, each an Unknown where there is none.

    `progress` is told how many of how many are in.
    """
    answers: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    for name, question in questions.items():
        # Daemons: a question that hangs must not keep the command from ending.
        threading.Thread(target=_ask, args=(name, question, answers), daemon=True).start()
    known: dict[str, Any] = {
        name: Unknown(f"no answer in {seconds:.0f} seconds") for name in questions
    }
    end = time.monotonic() + seconds
    for count in range(len(questions)):
        progress(count, len(questions))
        try:
            name, answer = answers.get(timeout=max(0, end - time.monotonic()))
        except Empty:
            break
        known[name] = answer
    progress(len(questions), len(questions))
    return known


def _ask(name: str, question: Question, answers: SimpleQueue[tuple[str, Any]]) -> None:
    try:
        answers.put((name, question.ask()))
    except Exception as error:
        answers.put((name, Unknown(why(error, question.right))))
