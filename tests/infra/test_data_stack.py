"""What must outlive a deployment keeps its name, its key and its past."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.template import Template

LOGICAL_IDS = {
    "AWS::KMS::Key": {"Key961B73FD"},
    "AWS::DynamoDB::Table": {
        "Contacts61BDC5DA",
        "Messages804FA4EB",
        "RunsE45A2291",
        "Catalog742F25FD",
        "LedgerB7379752",
    },
    "AWS::SecretsManager::Secret": {"IdentitySecretDF5B2705", "LinksSecretCA02707C"},
    "AWS::S3::Bucket": {"MediaA721A567", "AnchorsE78985FD"},
}
STATEFUL = tuple(LOGICAL_IDS)


@pytest.mark.parametrize("kind", STATEFUL)
def test_a_refactoring_never_renames_what_holds_data(data: Template, kind: str) -> None:
    assert set(data.of(kind)) == LOGICAL_IDS[kind]


@pytest.mark.parametrize("kind", STATEFUL)
def test_prod_keeps_data_when_the_stack_goes(data: Template, kind: str) -> None:
    for resource in data.resources(kind).values():
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("kind", STATEFUL)
def test_local_keeps_nothing(local: Any, kind: str) -> None:
    for resource in local.data.resources(kind).values():
        assert resource["DeletionPolicy"] == "Delete"
        assert resource["Properties"].get("DeletionProtectionEnabled", False) is False


def test_every_table_is_encrypted_recoverable_protected_and_forgets(data: Template) -> None:
    for table in data.of("AWS::DynamoDB::Table").values():
        assert table["SSESpecification"]["KMSMasterKeyId"] == {"Fn::GetAtt": ["Key961B73FD", "Arn"]}
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        assert table["DeletionProtectionEnabled"]
        assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
        assert "TableName" not in table


def test_only_messages_has_an_index_and_it_holds_keys_alone(data: Template) -> None:
    tables = data.of("AWS::DynamoDB::Table")
    (index,) = tables.pop("Messages804FA4EB")["GlobalSecondaryIndexes"]

    assert index["IndexName"] == "due"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["due", "lane"]
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert not any("GlobalSecondaryIndexes" in table for table in tables.values())


def test_secrets_are_made_by_aws_and_encrypted_with_the_key(data: Template) -> None:
    for secret in data.of("AWS::SecretsManager::Secret").values():
        assert secret["GenerateSecretString"]["PasswordLength"] == 64
        assert "SecretString" not in secret
        assert secret["KmsKeyId"] == {"Fn::GetAtt": ["Key961B73FD", "Arn"]}


def _policy(data: Template, bucket: str) -> list[dict[str, Any]]:
    policy = data.named("AWS::S3::BucketPolicy", f"{bucket}Policy")
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements


def _is_private_encrypted_and_over_tls(data: Template, name: str) -> None:
    bucket = data.named("AWS::S3::Bucket", name)
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    by_default = rule["ServerSideEncryptionByDefault"]
    assert by_default["SSEAlgorithm"] == "aws:kms"
    assert by_default["KMSMasterKeyID"] == {"Fn::GetAtt": ["Key961B73FD", "Arn"]}
    denied = _policy(data, name)[0]
    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_anchors_are_private_and_can_only_be_added(data: Template) -> None:
    _is_private_encrypted_and_over_tls(data, "Anchors")
    _, only_new = _policy(data, "Anchors")

    assert only_new["Effect"] == "Deny"
    assert only_new["Principal"] == {"AWS": "*"}
    assert only_new["Action"] == "s3:PutObject"
    assert only_new["Condition"]["Null"] == {"s3:if-none-match": "true"}
    assert "LifecycleConfiguration" not in data.named("AWS::S3::Bucket", "Anchors")


@pytest.mark.parametrize(("environment", "mode"), [("prod", "COMPLIANCE"), ("dev", "GOVERNANCE")])
def test_anchors_are_locked_for_five_years(
    synthesize: Callable[..., Any], environment: str, mode: str
) -> None:
    resources = synthesize(environment).data.resources("AWS::S3::Bucket")
    (found,) = [each for name, each in resources.items() if name.startswith("Anchors")]
    bucket = found["Properties"]

    assert bucket["ObjectLockEnabled"] is True
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    retention = bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert retention == {"Days": 5 * 365, "Mode": mode}
    assert found["DeletionPolicy"] == "Retain"


def test_how_long_anchors_are_locked_is_a_setting(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any]
) -> None:
    environments["prod"]["retention"]["anchors_years"] = 7
    built = synthesize_settings("prod", environments)
    lock = built.data.named("AWS::S3::Bucket", "Anchors")["ObjectLockConfiguration"]
    assert lock["Rule"]["DefaultRetention"]["Days"] == 7 * 365


def test_the_media_bucket_is_private_encrypted_and_over_tls(data: Template) -> None:
    _is_private_encrypted_and_over_tls(data, "Media")
    _, texts = _policy(data, "Media")
    assert texts["Principal"] == {"Service": "sms-voice.amazonaws.com"}
    assert texts["Action"] == "s3:GetObject"
    assert list(texts["Condition"]["StringEquals"]) == ["aws:SourceAccount"]


def test_media_go_by_themselves(data: Template) -> None:
    rules = data.named("AWS::S3::Bucket", "Media")["LifecycleConfiguration"]["Rules"]

    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule} == {
        "incoming/": 1,
        "kept-7/": 7,
        "kept-31/": 31,
        "kept-93/": 93,
        "kept-367/": 367,
    }


def test_no_environment_needs_a_custom_resource(prod: Any, local: Any) -> None:
    for template in (prod.data, prod.service, local.data, local.service):
        kinds = {resource["Type"] for resource in template.body["Resources"].values()}
        assert not any(kind.startswith("Custom::") for kind in kinds)
