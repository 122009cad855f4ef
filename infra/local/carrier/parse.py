"""Recognises a call of AWS and reads it by botocore's own model of the service."""

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl, unquote

from botocore.validate import ParamValidator
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.utils import get_service_model
from werkzeug.datastructures import MultiDict

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.limits import check_model_limits
from infra.local.carrier.transport import Request

SES = "sesv2"
END_USER_MESSAGING = "pinpoint-sms-voice-v2"
SNS = "sns"
LAMBDA = "lambda"
OPERATIONS = {
    SES: (
        "SendEmail",
        "SendBulkEmail",
        "GetAccount",
        "GetEmailIdentity",
        "GetConfigurationSet",
        "GetConfigurationSetEventDestinations",
        "PutAccountSuppressionAttributes",
        "PutSuppressedDestination",
        "DeleteSuppressedDestination",
        "ListSuppressedDestinations",
    ),
    END_USER_MESSAGING: (
        "SendTextMessage",
        "SendVoiceMessage",
        "SendMediaMessage",
        "DescribeAccountAttributes",
        "DescribeSpendLimits",
        "SetTextMessageSpendLimitOverride",
        "SetMediaMessageSpendLimitOverride",
        "SetVoiceMessageSpendLimitOverride",
        "DescribeKeywords",
        "PutKeyword",
        "UpdatePhoneNumber",
        "CreateOptOutList",
        "DescribePhoneNumbers",
        "DescribePools",
        "DescribeRegistrations",
        "DescribeOptOutLists",
        "DescribeOptedOutNumbers",
        "PutOptedOutNumber",
        "DeleteOptedOutNumber",
        "DescribeProtectConfigurations",
        "DescribeConfigurationSets",
        "CarrierLookup",
    ),
    SNS: (
        "Publish",
        "GetSMSSandboxAccountStatus",
        "GetSMSAttributes",
        "SetSMSAttributes",
        "ListSubscriptionsByTopic",
    ),
    LAMBDA: ("GetAccountSettings",),
}
BY_PATH = (SES, LAMBDA)


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose parameters satisfy the service model."""

    service: str
    operation: OperationModel
    parameters: dict[str, Any]

    @property
    def name(self) -> str:
        """The operation's name, such as SendEmail."""
        return str(self.operation.name)


@cache
def service_model(service: str) -> ServiceModel:
    """Load botocore's model of a service."""
    return get_service_model(service)


def recognise(request: Request) -> tuple[str, OperationModel] | None:
    """Find the service and the operation a request is meant for."""
    found = _by_target(request) or _by_path(request) or _by_action(request)
    if found is None or found[1] not in OPERATIONS[found[0]]:
        return None
    service, name = found
    return service, service_model(service).operation_model(name)


def read_call(service: str, operation: OperationModel, request: Request) -> Call:
    """Read the parameters of a request; what the model does not allow is refused."""
    reader: Any = PROTOCOL_PARSERS[operation.service_model.protocol]
    shape = operation.input_shape
    assert shape is not None
    try:
        parameters = reader(operation).parse(
            {
                "method": request.method,
                "url_path": request.path,
                "url_params": _path_parameters(operation, request.path),
                "headers": request.headers,
                "body": request.body,
                "values": MultiDict([*parse_qsl(request.query), *form(request).items()]),
            }
        )
    except (ValueError, TypeError, AttributeError, KeyError) as unreadable:
        message = "The request body could not be read."
        raise CallRefused("SerializationException", message) from unreadable
    report = ParamValidator().validate(parameters, shape)
    if report.has_errors():
        told = report.generate_report()
        missing = told.startswith("Missing required")
        reason = "MISSING_PARAMETER" if missing else "FIELD_VALIDATION_FAILED"
        raise refusal(service, told, reason=reason)
    check_model_limits(shape, parameters, refuse=partial(_limit, service))
    return Call(service, operation, parameters)


def refusal(
    service: str, message: str, *, reason: str = "INVALID_PARAMETER", field: str | None = None
) -> CallRefused:
    """Refuse a call as invalid, with the error that the service has for it."""
    if service == SES:
        return CallRefused("BadRequestException", message)
    if service == SNS:
        return CallRefused("InvalidParameter", f"Invalid parameter: {message}")
    fields = [{"Name": field, "Message": message}] if field else []
    return CallRefused("ValidationException", message, Reason=reason, Fields=fields)


def form(request: Request) -> dict[str, str]:
    """Read the body of a form, as the query protocol sends it."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    return dict(parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True))


def _limit(service: str, field: str, why: str) -> CallRefused:
    message = f"1 validation error detected: Value at '{field}' failed to satisfy constraint: {why}"
    return refusal(service, message, reason="FIELD_VALIDATION_FAILED", field=field)


def _by_target(request: Request) -> tuple[str, str] | None:
    prefix, _, name = request.headers.get("x-amz-target", "").partition(".")
    expected = service_model(END_USER_MESSAGING).metadata["targetPrefix"]
    return (END_USER_MESSAGING, name) if prefix == expected else None


def _by_path(request: Request) -> tuple[str, str] | None:
    for service in BY_PATH:
        for name in OPERATIONS[service]:
            operation = service_model(service).operation_model(name)
            if request.method == operation.http_trait.method and _path(operation).fullmatch(
                request.path
            ):
                return service, name
    return None


@cache
def _path(operation: OperationModel) -> re.Pattern[str]:
    """The path of an operation, its parameters (`{EmailIdentity}`) as groups."""
    literal = re.escape(operation.http_trait.path.rstrip("/"))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", literal) + "/?")


def _path_parameters(operation: OperationModel, path: str) -> dict[str, str]:
    if operation.service_model.service_name not in BY_PATH:
        return {}
    found = _path(operation).fullmatch(path)
    return {name: unquote(value) for name, value in found.groupdict().items()} if found else {}


def _by_action(request: Request) -> tuple[str, str] | None:
    action = form(request).get("Action")
    return (SNS, action) if action else None
