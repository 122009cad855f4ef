"""How the command fails: a sentence for the reader and an exit code for the caller."""

from __future__ import annotations

from outbound_client.errors import OutboundError, Problem, Unreachable

REFUSED = 1
USAGE = 2
NO_ANSWER = 3


class Failure(Exception):
    """The command can't go on; `code` is its exit code."""

    def __init__(self, text: str, code: int = USAGE) -> None:
        super().__init__(text)
        self.code = code


def told(error: Failure | OutboundError | ValueError) -> tuple[str, int]:
    """The text to show, and the exit code."""
    if isinstance(error, Problem):
        return problem_text(error), REFUSED
    if isinstance(error, Failure):
        return str(error), error.code
    if isinstance(error, ValueError):
        return f"{error}.", USAGE
    hint = " Is the URL right, and the service running?" if isinstance(error, Unreachable) else ""
    return f"{error}.{hint}", NO_ANSWER


def problem_text(problem: Problem) -> str:
    """A problem with everything in it that helps: whoever typed the values may see them."""
    lines = [f"{problem.detail or problem.title} ({problem.status} {problem.code})"]
    lines += [f"  {error.pointer}: {error.message}" for error in problem.errors]
    if problem.request_id:
        lines.append(f"  request {problem.request_id}")
    return "\n".join(lines)
