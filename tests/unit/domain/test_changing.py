from dataclasses import FrozenInstanceError, replace

import pytest

from outbound.domain.changing import changed
from outbound.domain.message import Status
from tests.builders import make_message


def test_a_changed_message_is_what_replace_gives():
    message = make_message()

    assert changed(message, status=Status.SENT, attempt=2) == replace(
        message, status=Status.SENT, attempt=2
    )
    assert changed(message) == message


def test_the_message_before_is_as_it_was_and_neither_can_be_changed():
    message = make_message()
    before = replace(message)
    after = changed(message, attempt=7)

    assert message == before
    with pytest.raises(FrozenInstanceError):
        delattr(after, "attempt")


def test_a_field_that_is_none_is_told():
    with pytest.raises(TypeError, match="no field attempts"):
        changed(make_message(), attempts=1)
