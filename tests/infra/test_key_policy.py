"""Which services may use the key: what only fails on real AWS."""

from typing import Any

import pytest

from tests.infra.template import Template

ACCOUNT = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def _statements(data: Template) -> list[dict[str, Any]]:
    found = data.only("AWS::KMS::Key")["KeyPolicy"]["Statement"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("service", ["ses", "sns", "sms-voice", "cloudwatch", "events"])
def test_a_publisher_may_write_to_encrypted_topics_and_queues_of_this_account(
    data: Template, service: str
) -> None:
    (statement,) = [
        found
        for found in _statements(data)
        if found["Principal"] == {"Service": f"{service}.amazonaws.com"}
    ]

    assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*"]
    assert statement["Condition"] == ACCOUNT


def test_logs_may_encrypt_log_groups_of_this_account_alone(data: Template) -> None:
    (statement,) = [
        found for found in _statements(data) if "Fn::Join" in str(found["Principal"].get("Service"))
    ]

    (context,) = statement["Condition"]["ArnLike"].items()
    assert context[0] == "kms:EncryptionContext:aws:logs:arn"
    assert {"Ref": "AWS::AccountId"} in context[1]["Fn::Join"][1]


def test_nobody_else_may_use_the_key(data: Template) -> None:
    others = [found for found in _statements(data) if "Service" not in found["Principal"]]

    assert len(others) == 2
    assert all(":root" in str(found["Principal"]["AWS"]) for found in others)
    assert len(_statements(data)) == 8


def test_the_key_rotates(data: Template) -> None:
    assert data.only("AWS::KMS::Key")["EnableKeyRotation"] is True
