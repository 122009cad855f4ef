"""Problem documents (RFC 9457): every refusal has a stable code, a status and a title."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

if TYPE_CHECKING:
    from outbound.domain.errors import Refusal

CONTENT_TYPE = "application/problem+json"

PROBLEMS: dict[str, tuple[int, str]] = {
    "malformed_xml": (400, "The body is not XML that we read"),
    "malformed_json": (400, "The body is not JSON"),
    "invalid_cursor": (400, "The cursor is not one of ours"),
    "invalid_parameter": (400, "A query parameter is wrong"),
    "invalid_precondition": (400, "If-Match or If-None-Match is wrong"),
    "invalid_idempotency_key": (400, "The Idempotency-Key is wrong"),
    "missing_key": (401, "There is no API key"),
    "invalid_key": (401, "The API key is not valid"),
    "revoked_key": (401, "The API key was revoked"),
    "expired_key": (401, "The API key has expired"),
    "missing_scope": (403, "The API key may not do this"),
    "purpose_not_allowed": (403, "The API key may not send for this purpose"),
    "more_than_issuer": (403, "A key cannot give more rights than it has"),
    "address_not_allowed": (403, "The API key may not be used from here"),
    "unknown_route": (404, "There is nothing at this address"),
    "unknown_message": (404, "There is no such message"),
    "unknown_rule": (404, "There is no such rule"),
    "unknown_alert": (404, "There is no such alert"),
    "unknown_route_id": (404, "There is no such route of messages"),
    "unknown_campaign": (404, "There is no such campaign"),
    "unknown_run": (404, "There is no such run"),
    "unknown_export": (404, "There is no such export"),
    "unknown_template_id": (404, "There is no such template"),
    "unknown_media": (404, "There is no such file"),
    "unknown_coupon_pool_id": (404, "There is no such coupon pool"),
    "unknown_contact_id": (404, "There is no such contact"),
    "unknown_erasure": (404, "There is no such erasure"),
    "unknown_suppression": (404, "The address is not suppressed for this"),
    "unknown_tester": (404, "There is no such tester"),
    "unknown_estimate": (404, "There is no such estimate"),
    "unknown_import": (404, "There is no such import"),
    "unknown_segment_id": (404, "There is no such segment"),
    "unknown_reminder": (404, "There is no such reminder"),
    "unknown_programme": (404, "There is no such programme"),
    "unknown_webhook": (404, "There is no such webhook"),
    "too_many_webhooks": (409, "There are too many webhooks"),
    "too_many_secrets": (409, "Too many secrets sign already"),
    "webhook_busy": (409, "Others are changing the webhook"),
    "unknown_key_id": (404, "There is no such API key"),
    "approval_by_another_key": (403, "Another key must approve the campaign"),
    "approval_by_another_person": (403, "Another person must approve the alert"),
    "person_required": (403, "The API key is no person's"),
    "alert_changed": (409, "Somebody else has just changed the alert"),
    "alert_exists": (409, "There is another alert with this name"),
    "wrong_alert_state": (409, "The alert is in another state"),
    "campaign_changed": (409, "Somebody else has just changed the campaign"),
    "wrong_campaign_state": (409, "The campaign is in another state"),
    "not_approved": (409, "The campaign is not approved"),
    "invalid_schedule": (422, "The schedule can't be kept"),
    "address_shared": (409, "Too many contacts have the address"),
    "no_number": (422, "The contact has no number"),
    "lookup_failed": (503, "The number could not be looked up"),
    "contact_busy": (409, "Others are changing the contact"),
    "key_already_rotated": (409, "The API key was replaced already"),
    "key_not_usable": (409, "The API key has ended"),
    "import_busy": (409, "The import is changing"),
    "export_busy": (409, "The export is changing"),
    "import_ended": (409, "The import has ended"),
    "file_not_uploaded": (409, "The file is not uploaded"),
    "segment_busy": (409, "Others are changing the segment"),
    "segment_in_use": (409, "Other segments leave it out"),
    "keyword_taken": (409, "Another programme has the keyword"),
    "too_many_rules": (409, "There are too many rules"),
    "not_cancellable": (409, "The message can no longer be cancelled"),
    "reminder_over": (409, "The reminder has ended"),
    "reminder_busy": (409, "Others are changing the reminder"),
    "not_reschedulable": (409, "The message can no longer leave at another time"),
    "testers_busy": (409, "Others are changing the testers"),
    "too_many_testers": (409, "There are too many testers"),
    "request_in_flight": (409, "The same request is being worked on"),
    "contact_changed": (412, "The contact is not as you have seen it"),
    "answer_too_large": (413, "The answer would be too large"),
    "body_too_large": (413, "The body is too large"),
    "unsupported_media_type": (415, "The body must be JSON"),
    "address_blocked": (422, "The address may not be written to"),
    "channel_without_content": (422, "There is no content for the channel"),
    "coupon_pool_empty": (422, "The coupon pool has no codes left"),
    "coupon_pool_expired": (422, "The coupon pool gives no more codes"),
    "expires_before_send": (422, "The message would expire before it is sent"),
    "broken_rule": (422, "The template breaks a rule"),
    "code_expired": (422, "The code is no longer taken"),
    "duplicate_token": (422, "The client_token stands twice in the batch"),
    "idempotency_key_reused": (422, "The Idempotency-Key was used with another request"),
    "invalid_content": (422, "The content can't be sent"),
    "invalid_link": (422, "A link can't be made"),
    "invalid_request": (422, "The request is not valid"),
    "invalid_cap": (422, "The alert is not one of CAP 1.2 that we send"),
    "older_than_reference": (422, "It is no newer than what it refers to"),
    "unknown_reference": (422, "It refers to an alert that there isn't"),
    "unknown_area": (422, "An area can't be told by our regions"),
    "invalid_markup": (422, "The HTML or MJML of an email can't be used"),
    "invalid_expression": (422, "The expression is not allowed"),
    "invalid_template": (422, "A body is not a template that we allow"),
    "invalid_pattern": (422, "A pattern is not what EventBridge takes"),
    "rule_triggers_itself": (422, "A rule would trigger itself"),
    "source_not_bound": (422, "A source of events is not yours"),
    "invalid_variable": (422, "A template variable is not what it should be"),
    "missing_variable": (422, "A template variable has no value"),
    "media_expires_first": (422, "A file expires before the message"),
    "media_not_found": (422, "There is no such file"),
    "media_not_ready": (422, "A file is not ready"),
    "message_too_large": (422, "The message is too large with its files"),
    "mms_not_available": (422, "The text can't have a file"),
    "newer_revocation": (422, "The contact has said no since"),
    "no_two_way_number": (422, "There is no number that people can answer"),
    "no_address_for_channel": (422, "There is no address for the channel"),
    "price_over_cap": (422, "It costs more than the environment allows"),
    "proof_required": (422, "There must be a proof"),
    "reserved_name": (422, "A name in data is ours"),
    "sender_not_allowed": (422, "The sender is not one of yours"),
    "sensitive_variable": (422, "A sensitive variable stands where others see it"),
    "template_bounds": (422, "Rendering the template takes too much"),
    "template_too_large": (422, "A template is too large"),
    "time_does_not_exist": (422, "Clocks skip the time"),
    "time_in_the_future": (422, "A time lies in the future"),
    "time_in_the_past": (422, "A time lies in the past"),
    "time_too_far": (422, "A time lies too far ahead"),
    "timezone_not_known": (422, "The contact's time zone is not known"),
    "tester_not_verified": (422, "A tester is not verified"),
    "unknown_contact": (422, "There is no such contact"),
    "unknown_number": (422, "The contact does not have the number"),
    "unknown_coupon_pool": (422, "There is no such coupon pool"),
    "segment_too_deep": (422, "Segments leave out each other too deeply"),
    "unknown_segment": (422, "There is no such segment"),
    "unknown_template": (422, "There is no such template"),
    "wrong_code": (422, "The code is wrong"),
    "wrong_media_type": (422, "A file is of another type"),
    "wrong_purpose": (422, "The purpose is not the template's"),
    "rate_limited": (429, "The API key has used up its requests"),
    "internal_error": (500, "Something went wrong on our side"),
}


def document(refusal: Refusal, request_id: str, within: str = "") -> dict[str, Any]:
    """The problem document of a refusal; `within` is where in the body its subject stands."""
    status, title = PROBLEMS[refusal.code]
    return {
        "type": f"/problems/{refusal.code}",
        "title": title,
        "status": status,
        "code": refusal.code,
        "detail": refusal.detail,
        "request_id": request_id,
        "errors": [
            {"pointer": _place(fault.pointer, within), "code": fault.code, "message": fault.message}
            for fault in refusal.faults
        ],
    }


def _place(pointer: str, within: str) -> str:
    """A pointer into the body begins with a slash, or is empty; a header's name stays as it is."""
    return f"{within}{pointer}" if not pointer or pointer.startswith("/") else pointer


def problem(refusal: Refusal, request_id: str) -> Response[str]:
    """The answer to a request that is refused."""
    body = document(refusal, request_id)
    headers: dict[str, str | list[str]] = {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if body["status"] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        body["status"],
        CONTENT_TYPE,
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        headers=headers,
    )
