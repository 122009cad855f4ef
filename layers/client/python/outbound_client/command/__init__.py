"""The `outbound` command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from outbound_client.command.arguments import parser
from outbound_client.command.failures import Failure, told
from outbound_client.command.surroundings import Surroundings
from outbound_client.errors import OutboundError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


def main(
    arguments: Sequence[str] | None = None, *, surroundings: Surroundings | None = None
) -> int:
    """Do what the command line asks; the answer is the exit code."""
    asked = parser().parse_args(arguments)
    try:
        asked.run(asked, surroundings or Surroundings())
        sys.stdout.flush()
    except (Failure, OutboundError, ValueError) as error:
        text, code = told(error)
        print(f"outbound: {text}", file=sys.stderr)
        return code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough; without this, closing stdout at exit would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
