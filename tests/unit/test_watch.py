"""The watch over what is logged sees what it is there to see."""

from __future__ import annotations

import logging

import pytest

from outbound.adapters.log import Failed, logger, quietly
from outbound.adapters.signals import LoggedSignals
from tests.watch import EMAIL, PHONE, watching


@pytest.mark.parametrize(
    "write",
    [
        lambda: logger().info(EMAIL),
        lambda: logger().info("sent", to="+33612345678"),
        lambda: logger().info("sent", extra={"body": "A persimmon."}),
        lambda: logging.getLogger("library").warning("of %s", PHONE),
        lambda: LoggedSignals().count("Persimmon"),
    ],
)
def test_what_is_personal_is_seen_wherever_it_is_written(write):
    with watching() as watch:
        write()
    assert watch.personal()


def test_an_exception_that_a_library_logs_is_seen_with_its_text():
    with watching() as watch:
        try:
            raise ValueError(EMAIL)
        except ValueError:
            logging.getLogger("library").exception("failed")
    assert watch.personal()


def test_what_is_not_personal_is_none():
    with watching() as watch:
        logger().info("sent", records=4_155_550_100, at=1_764_312_743_267)
        LoggedSignals().count("Sent")
    assert len(watch.lines) >= 2
    assert watch.personal() == []


def test_a_function_fails_without_the_text_of_what_failed():
    @quietly
    def handler(event, context):
        raise ValueError(event["to"])

    with watching() as watch, pytest.raises(Failed) as failed:
        handler({"to": EMAIL}, None)
    assert (str(failed.value), failed.value.__context__, failed.value.__cause__) == (
        "ValueError",
        None,
        None,
    )
    assert "test_watch.py:" in watch.lines[0]
    assert watch.personal() == []
