"""Asking the function of background work, with the operator's own AWS rights.

What it answers is made by the code that wrote the ledger; the command needs no right on a table,
on the anchors or on the identity secret.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outbound_client.command.account.reasons import DENIED, code_of, why
from outbound_client.command.failures import Failure, problem_text
from outbound_client.problem_document import problem_of

if TYPE_CHECKING:
    from outbound_client.command.place import Place

RIGHT = "lambda:InvokeFunction"
PATIENCE = 40
"""Seconds; a look takes up to 15."""
OUTPUT = "UpkeepFunction"


def ask(place: Place, function: str, command: str, **arguments: Any) -> dict[str, Any]:
    """The function's answer to a command that may be repeated.

    Raises:
        Failure: there is none, or it refuses.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    payload = json.dumps({"command": command, **arguments}).encode()
    try:
        # In a local run the carrier answers for Lambda's quota, and runs no function.
        functions = place.client("lambda", at="default", read_timeout=PATIENCE)
        response = functions.invoke(FunctionName=function, Payload=payload)
        answer = json.loads(response["Payload"].read())
    except ClientError as error:
        if code_of(error) in DENIED:
            raise Failure(f"needs {RIGHT} on {function}") from None
        raise Failure(f"AWS says {code_of(error)} of {function}") from None
    except (BotoCoreError, ValueError) as error:
        raise Failure(why(error, RIGHT)) from None
    if response.get("FunctionError") or not isinstance(answer, dict):
        raise Failure(f"the function {function} failed: its log says why")
    if answer.get("ok") is not True:
        problem = problem_of(400, json.dumps(answer.get("problem")).encode())
        raise Failure(problem_text(problem))
    return answer
