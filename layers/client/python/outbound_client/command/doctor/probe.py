"""One bulk email to AWS's simulator, and what came back of it.

The way of a campaign's email, once: an inline template, a subject put in as data, unsubscribe
headers of its recipient alone (RFC 8058). Its event takes the way of all receipts to the function
`feedback`, which knows it by its tag and writes what it saw into its log, where we look for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outbound_client.command.account import NotKnown, Unknown
from outbound_client.command.account.reasons import why
from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound_client.command.account import Facts
    from outbound_client.command.deployed import Email
    from outbound_client.command.place import Place

TAG = "outbound_probe"
UNSUBSCRIBE = "https://example.com/unsubscribe"
LOOKS = 30
SECONDS_BETWEEN_LOOKS = 2.0


def request(email: Email, probe: str) -> dict[str, Any]:
    """The parameters of SendBulkEmail."""
    data = {"subject": subject(probe), "text": "A test by `outbound doctor`."}
    headers = {
        "List-Unsubscribe": f"<{UNSUBSCRIBE}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return {
        "FromEmailAddress": email.sender,
        "ConfigurationSetName": email.configuration_set,
        "DefaultContent": {
            "Template": {
                "TemplateContent": {"Subject": "{{subject}}", "Text": "{{text}}"},
                "TemplateData": "{}",
            }
        },
        "BulkEmailEntries": [
            {
                "Destination": {"ToAddresses": [f"success+{probe}@simulator.amazonses.com"]},
                "ReplacementEmailContent": {
                    "ReplacementTemplate": {"ReplacementTemplateData": json.dumps(data)}
                },
                "ReplacementHeaders": [
                    {"Name": name, "Value": value} for name, value in headers.items()
                ],
                "ReplacementTags": [{"Name": TAG, "Value": probe}],
            }
        ],
    }


def subject(probe: str) -> str:
    """The subject; its `&` shows whether SES escapes what it is given."""
    return f"Test & trial {probe}"


def run(
    place: Place,
    facts: Facts,
    probe: str,
    *,
    since: int,
    sleep: Callable[[float], None],
    progress: Callable[[str], None],
) -> dict[str, Any]:
    """Send it and wait for what `feedback` says of it; `since` is in milliseconds (Unix time)."""
    try:
        deployed = facts.deployed
    except NotKnown as reason:
        return {"probe.answer": Unknown(f"{reason}")}
    try:
        ses = place.client("sesv2")
        answer = ses.send_bulk_email(**request(deployed.settings.email, probe))
    except Exception as error:
        return {"probe.answer": _refused(error)}
    known: dict[str, Any] = {"probe.answer": answer["BulkEmailEntryResults"][0], "probe.id": probe}
    if known["probe.answer"].get("Status") != "SUCCESS":
        return known
    logs = place.client("logs")
    for look in range(LOOKS):
        progress(f"waiting for the receipt of a test email ({look * SECONDS_BETWEEN_LOOKS:.0f} s)")
        try:
            seen = _seen(logs, deployed.feedback_logs, probe, since)
        except Exception as error:
            return known | {"probe.seen": Unknown(why(error, "logs:FilterLogEvents"))}
        if seen is not None:
            return known | {"probe.seen": seen}
        sleep(SECONDS_BETWEEN_LOOKS)
    return known | {"probe.seen": None}


def bulk(facts: Facts) -> Verdict:
    """What came of it."""
    answer = facts["probe.answer"]
    if answer["Status"] != "SUCCESS":
        return problem(
            f"SES refused a bulk email to its own simulator: {answer['Status']}.",
            "Mend what the checks above say, then look again",
        )
    seen = facts["probe.seen"]
    if seen is None:
        return problem(
            "SES took a bulk email, and its receipt hasn't come to the function feedback within"
            f" {LOOKS * SECONDS_BETWEEN_LOOKS:.0f} seconds.",
            f"Look at the log {facts.deployed.feedback_logs} and the dead-letter queue of receipts",
        )
    wrong = _wrong(seen, facts["probe.id"])
    if wrong:
        return problem(
            f"A bulk email to AWS's simulator came back wrong: {wrong}.",
            "Leave bulk email off, and report this with the version of the deployment",
        )
    return ok("A bulk email to AWS's simulator came back delivered, with its unsubscribe headers.")


def _wrong(seen: dict[str, Any], probe: str) -> str | None:
    headers = {name.lower(): value for name, value in seen.get("headers", {}).items()}
    if seen.get("event") != "Delivery":
        return f"its event is {seen.get('event')}"
    if seen.get("subject") != subject(probe):
        return "its subject isn't the one that was sent"
    if headers.get("list-unsubscribe") != f"<{UNSUBSCRIBE}>":
        return "it lacks the header List-Unsubscribe"
    if headers.get("list-unsubscribe-post") != "List-Unsubscribe=One-Click":
        return "it lacks the header List-Unsubscribe-Post"
    return None


def _refused(error: Exception) -> Any:
    from botocore.exceptions import ClientError

    from outbound_client.command.account.reasons import DENIED, code_of

    if isinstance(error, ClientError) and code_of(error) not in DENIED:
        return {"Status": code_of(error)}
    return Unknown(why(error, "ses:SendBulkEmail"))


def _seen(logs: Any, group: str, probe: str, since: int) -> dict[str, Any] | None:
    found = logs.filter_log_events(logGroupName=group, startTime=since, filterPattern=f'"{probe}"')
    for event in found.get("events", []):
        try:
            line = json.loads(event["message"])
        except ValueError:
            continue
        if isinstance(line, dict) and line.get("probe") == probe:
            return line
    return None


CHECK = Check("email.bulk", bulk)
