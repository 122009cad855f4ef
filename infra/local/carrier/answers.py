"""Writes results and errors the way the service writes them on the wire."""

import json
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from botocore.validate import ParamValidator
from moto.core.model import OperationModel
from moto.core.serialize import SERIALIZERS, SerializationContext

from infra.local.carrier.errors import CallRefused
from infra.local.carrier.transport import Response

COMMON_ERROR_STATUS = {
    "InternalFailure": 500,
    "InternalServerException": 500,
    "ServiceUnavailable": 503,
    "RequestTimeout": 408,
    "UnknownOperationException": 404,
}
GARBAGE = b"<html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>"


def result(operation: OperationModel, value: dict[str, Any]) -> Response:
    """Write the result of a call, once it is what the service model allows."""
    shape = operation.output_shape
    assert shape is not None
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        raise ValueError(f"{operation.name}: {report.generate_report()}")
    return _serialised(operation, value)


def error(operation: OperationModel, refused: CallRefused) -> Response:
    """Write an error; one that the service model does not list is written by hand."""
    shapes: list[Any] = operation.service_model.error_shapes
    modelled = {code for shape in shapes for code in (shape.name, shape.error_code)}
    if refused.code not in modelled:
        return _unmodelled(operation, refused)
    written = _serialised(operation, refused)
    status = refused.status or COMMON_ERROR_STATUS.get(refused.code, written.status)
    return Response(status, written.body, written.headers)


def unknown_operation() -> Response:
    """Answer a request that no operation matches."""
    body = {"__type": "UnknownOperationException", "message": "This operation is not known here."}
    return Response(404, json.dumps(body).encode(), {"Content-Type": "application/json"})


def garbage(status: int | None) -> Response:
    """Answer with a page of HTML, as a broken proxy on the way would."""
    return Response(status or 502, GARBAGE, {"Content-Type": "text/html"})


def _serialised(operation: OperationModel, value: object) -> Response:
    request_id = str(uuid4())
    writer = SERIALIZERS[operation.service_model.protocol](
        operation, context=SerializationContext(request_id)
    )
    written = writer.serialize(value)
    body = written["body"]
    return Response(
        written["status_code"],
        body.encode() if isinstance(body, str) else body,
        {**written["headers"], "x-amzn-RequestId": request_id},
    )


def _unmodelled(operation: OperationModel, refused: CallRefused) -> Response:
    status = refused.status or COMMON_ERROR_STATUS.get(refused.code, 400)
    if operation.service_model.protocol == "query":
        sender = "Sender" if status < 500 else "Receiver"
        body = (
            f"<ErrorResponse><Error><Type>{sender}</Type><Code>{escape(refused.code)}</Code>"
            f"<Message>{escape(refused.message)}</Message></Error></ErrorResponse>"
        )
        return Response(status, body.encode(), {"Content-Type": "text/xml"})
    headers = {"Content-Type": "application/json", "X-Amzn-Errortype": refused.code}
    told = {"__type": refused.code, "message": refused.message}
    return Response(status, json.dumps(told).encode(), headers)
