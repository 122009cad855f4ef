"""Looks at an account: first at the deployment, then at all else at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from outbound_client.command.account import email, names, phone, platform, texts
from outbound_client.command.account.collect import Question, collect
from outbound_client.command.account.facts import About, Facts, NotKnown, Unknown
from outbound_client.command.account.reasons import EXPIRED, INVALID, code_of, why
from outbound_client.command.deployed import Deployed, read_outputs
from outbound_client.command.failures import USAGE, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from outbound_client.command.place import Place

    Progress = Callable[[int, int], None]

OLD = "{} says too little of itself: deploy it again"


def look(
    place: Place,
    channels: Collection[str],
    progress: Progress,
    resolver: names.Resolver | None,
) -> Facts:
    """The facts that the channels (`email`, `sms`, `voice`, `platform`) rest on.

    Without a resolver the DNS isn't asked.

    Raises:
        Failure: there is no way to AWS: no credentials, no region, no connection.
    """
    about, stacks, deployed = _deployment(place)
    told = deployed if isinstance(deployed, Deployed) else None
    facts = Facts(about, {"stacks": stacks}, deployed)
    facts = facts.and_(collect(_first(place, channels, told, resolver), progress))
    if told is not None:
        facts = facts.and_(collect(_second(place, told, facts, resolver), progress))
    return facts


def find(place: Place) -> tuple[About, Deployed]:
    """Where it is, and what the deployment says of itself.

    Raises:
        Failure: there is no way to AWS, or no deployment.
    """
    about, _stacks, deployed = _deployment(place)
    if isinstance(deployed, Unknown):
        raise Failure(f"{deployed.why}.", USAGE)
    return about, deployed


def _deployment(place: Place) -> tuple[About, dict[str, Any], Deployed | Unknown]:
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

    try:
        sts, stacks = place.client("sts"), place.client("cloudformation")
        account = sts.get_caller_identity()["Account"]
    except NoRegionError:
        raise Failure("No AWS region: set AWS_REGION, or give --region.", USAGE) from None
    except NoCredentialsError:
        raise Failure("No AWS credentials: sign in, or set AWS_PROFILE.", USAGE) from None
    except ClientError as error:
        hint = ": sign in again" if code_of(error) in EXPIRED | INVALID else ""
        raise Failure(f"AWS says {code_of(error)}{hint}.", USAGE) from None
    except (BotoCoreError, ValueError) as error:
        raise Failure(f"{error}", USAGE) from None
    about = About(place.environment, account, sts.meta.region_name)
    found = {name: _stack(stacks, name) for name in (place.data_stack, place.stack)}
    return about, found, _outputs(place, found[place.stack])


def _stack(stacks: Any, name: str) -> Any:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return stacks.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if code_of(error) == "ValidationError":
            return None
        return Unknown(why(error, "cloudformation:DescribeStacks"))
    except BotoCoreError as error:
        return Unknown(why(error, "cloudformation:DescribeStacks"))


def _outputs(place: Place, stack: Any) -> Deployed | Unknown:
    if isinstance(stack, Unknown):
        return stack
    if stack is None:
        return Unknown(f"{place.stack} isn't deployed")
    return read_outputs(stack) or Unknown(OLD.format(place.stack))


def _first(
    place: Place, channels: Collection[str], told: Deployed | None, resolver: names.Resolver | None
) -> dict[str, Question]:
    asked: dict[str, Question] = {}
    if "email" in channels:
        asked |= email.questions(place, told)
        if told and resolver:
            asked |= names.questions(resolver, told.settings.email.domain)
            for domain in told.domains:
                asked |= _named(names.questions(resolver, domain), domain)
    if "sms" in channels:
        asked |= texts.questions(place)
    if "sms" in channels or "voice" in channels:
        asked |= phone.questions(place, told)
    if "platform" in channels:
        asked |= platform.questions(place, told)
    return asked


def _second(
    place: Place, told: Deployed, facts: Facts, resolver: names.Resolver | None
) -> dict[str, Question]:
    asked: dict[str, Question] = {}
    if resolver:
        asked |= _spf(facts, resolver)
        for domain in told.domains:
            asked |= _named(_spf(facts.of_domain(domain), resolver), domain)
    with suppress(NotKnown):
        numbers = facts["phone.numbers"]
        asked |= phone.keyword_questions(place, told.settings.sms, numbers)
    return asked


def _spf(facts: Facts, resolver: names.Resolver) -> dict[str, Question]:
    with suppress(NotKnown):
        mail_from = (facts["ses.identity"] or {}).get("MailFromAttributes") or {}
        if mail_from.get("MailFromDomain"):
            return names.spf_question(resolver, mail_from["MailFromDomain"])
    return {}


def _named(asked: dict[str, Question], domain: str) -> dict[str, Question]:
    """Questions of a tenant's domain, by the names of their facts."""
    return {f"{name}.{domain}": question for name, question in asked.items()}
