"""The client has a call for each operation of the API, and none for what there isn't."""

from __future__ import annotations

from tests.unit.client.every import NO_CALL, first_requests, is_asked, operations


def test_every_operation_has_a_call_or_a_reason_to_have_none():
    covered = {
        identifier
        for identifier in operations()
        if any(is_asked(identifier, request) for request in first_requests().values())
    }
    assert set(operations()) - covered == set(NO_CALL)


def test_every_call_asks_for_something_that_there_is():
    unknown = {
        name
        for name, request in first_requests().items()
        if not any(is_asked(identifier, request) for identifier in operations())
    }
    assert unknown == set()
