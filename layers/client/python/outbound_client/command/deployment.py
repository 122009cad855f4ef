"""Asking the manage function of a deployment directly, with the operator's own AWS rights."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outbound_client.command.failures import NO_ANSWER, REFUSED, USAGE, Failure
from outbound_client.problem_document import problem_of

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.errors import Problem

_OUTPUT = "ManageFunction"
_ANSWERS = {"key", "keys", "signs_from"}


def ask_manage(asked: Namespace, around: Surroundings, payload: dict[str, Any]) -> dict[str, Any]:
    """The function's answer to a command.

    Raises:
        Failure: AWS or the function couldn't do it.
        Problem: the function refused.
    """
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        NoCredentialsError,
        NoRegionError,
    )

    try:
        function = asked.function or _function_of(asked, around)
        functions = _aws("lambda", asked, around)
        response = functions.invoke(FunctionName=function, Payload=json.dumps(payload).encode())
        answer = _read(response, function)
    except ClientError as error:
        found = error.response.get("Error", {})
        text = f"AWS says {found.get('Code')}: {found.get('Message')}"
        raise Failure(text, REFUSED) from None
    except NoRegionError:
        raise Failure("No AWS region: set AWS_REGION, or give --region.", USAGE) from None
    except NoCredentialsError:
        raise Failure("No AWS credentials: sign in, or set AWS_PROFILE.", USAGE) from None
    except (BotoCoreError, ValueError) as error:
        raise Failure(f"{error}", NO_ANSWER) from None
    if answer.get("ok") is True and answer.keys() & _ANSWERS:
        return answer
    raise _problem(answer.get("problem"))


def _function_of(asked: Namespace, around: Surroundings) -> str:
    stacks = _aws("cloudformation", asked, around)
    stack = stacks.describe_stacks(StackName=asked.stack)["Stacks"][0]
    for output in stack.get("Outputs", []):
        if output["OutputKey"] == _OUTPUT:
            return str(output["OutputValue"])
    raise Failure(
        f"The stack {asked.stack} has no output {_OUTPUT}: is it Outbound's service stack?"
    )


def _read(response: dict[str, Any], function: str) -> dict[str, Any]:
    try:
        answer = json.loads(response["Payload"].read())
    except ValueError:
        answer = None
    if response.get("FunctionError") or not isinstance(answer, dict):
        kind = answer.get("errorType") if isinstance(answer, dict) else None
        what = f"failed ({kind})" if kind else "failed"
        raise Failure(f"The function {function} {what}: its log says why.", NO_ANSWER)
    return answer


def _problem(document: Any) -> Problem:
    status = document.get("status") if isinstance(document, dict) else None
    return problem_of(status if isinstance(status, int) else 500, json.dumps(document).encode())


def _aws(service: str, asked: Namespace, around: Surroundings) -> Any:
    # boto3 reads AWS_DEFAULT_REGION alone, and Lambda and the other SDKs set and read AWS_REGION.
    region = asked.region or around.environment.get("AWS_REGION")
    return around.aws(service, region, asked.endpoint_url)
