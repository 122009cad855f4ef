"""What must outlive any deployment: tables, encryption key, identity secret, media, anchors."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra import key_policy
from infra.config import Config
from infra.nag import acknowledge
from outbound.adapters.s3 import INCOMING, KEPT_DAYS, kept_under

TABLES = ("contacts", "messages", "runs", "catalog", "ledger")
STREAMED = "messages"
"""What becomes of messages is counted for campaigns."""


class DataStack(cdk.Stack):
    def __init__(self, scope: Construct, name: str, *, config: Config, **stack: Any) -> None:
        super().__init__(scope, name, termination_protection=config.is_prod, **stack)
        self._keep = config.is_prod
        self._removal = cdk.RemovalPolicy.RETAIN if self._keep else cdk.RemovalPolicy.DESTROY
        self.key = self._key()
        self.tables = {table: self._table(table) for table in TABLES}
        self.tables["messages"].add_global_secondary_index(
            index_name="due",
            partition_key=_text("due"),
            sort_key=_text("lane"),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        self.secret = self._identity_secret()
        self.links_secret = self._links_secret()
        self.media = self._media_bucket(config)
        self.anchors = self._anchors_bucket(config)

    def _key(self) -> kms.Key:
        key = kms.Key(
            self,
            "Key",
            description=f"{self.stack_name}: contacts, messages, queues, topics, logs, media",
            enable_key_rotation=True,
            removal_policy=self._removal,
        )
        key_policy.allow_services(key)
        return key

    def _table(self, name: str) -> dynamodb.Table:
        streamed = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if name == STREAMED else None
        return dynamodb.Table(
            self,
            name.capitalize(),
            partition_key=_text("pk"),
            sort_key=_text("sk"),
            time_to_live_attribute="ttl",
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=self.key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            stream=streamed,
            deletion_protection=self._keep,
            removal_policy=self._removal,
        )

    def _identity_secret(self) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            "IdentitySecret",
            description="Key of the HMAC that turns contacts and addresses into identifiers",
            encryption_key=self.key,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
            removal_policy=self._removal,
        )
        acknowledge(
            secret,
            "AwsSolutions-SMG4",
            reason="Every id and every suppressed address is derived from this value: a rotated "
            "one would orphan them, and an opted-out address could be written to again.",
        )
        return secret

    def _links_secret(self) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            "LinksSecret",
            description="Keys that sign the links in messages, newest first",
            encryption_key=self.key,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template='{"older": []}',
                generate_string_key="newest",
                password_length=64,
                exclude_punctuation=True,
            ),
            removal_policy=self._removal,
        )
        acknowledge(
            secret,
            "AwsSolutions-SMG4",
            reason="A link must work for as long as its message may lie in a mailbox; an operator "
            "replaces the key with `outbound links rotate`, which keeps the old ones.",
        )
        return secret

    def _media_bucket(self, config: Config) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Media",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(abort_incomplete_multipart_upload_after=cdk.Duration.days(1)),
                _removed(f"{INCOMING}/", days=1),
                *(_removed(f"{kept_under(days)}/", days=days) for days in KEPT_DAYS),
            ],
            cors=_uploads_from(config.cors_origins),
            removal_policy=self._removal,
        )
        # https://docs.aws.amazon.com/sms-voice/latest/userguide/send-mms-message.html
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowTextsWithFiles",
                principals=[iam.ServicePrincipal("sms-voice.amazonaws.com")],
                actions=["s3:GetObject"],
                resources=[bucket.arn_for_objects("kept-*")],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        _without_access_log(bucket)
        return bucket

    def _anchors_bucket(self, config: Config) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Anchors",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            object_lock_enabled=True,
            object_lock_default_retention=_locked(config),
            # A bucket with locked files can't be removed, so no stack tries to.
            removal_policy=self._removal if config.is_local else cdk.RemovalPolicy.RETAIN,
        )
        only_new = _only_new()
        only_new.add_resources(bucket.arn_for_objects("*"))
        bucket.add_to_resource_policy(only_new)
        _without_access_log(bucket)
        return bucket


def _without_access_log(bucket: s3.Bucket) -> None:
    acknowledge(
        bucket,
        "AwsSolutions-S1",
        reason="S3 cannot deliver access logs into a bucket encrypted with our key, and they "
        "would hold the network addresses of recipients; CloudTrail data events record "
        "access where an organisation needs it.",
    )


def _only_new() -> iam.PolicyStatement:
    """Nobody writes over a file, whoever they are.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    """
    return iam.PolicyStatement(
        sid="AllowOnlyNewFiles",
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=["s3:PutObject"],
        conditions={
            "Null": {"s3:if-none-match": "true"},
            "Bool": {"s3:ObjectCreationOperation": "true"},
        },
    )


def _locked(config: Config) -> s3.ObjectLockRetention:
    """In production nobody may shorten it, not even the account's root user."""
    time = cdk.Duration.days(config.retention.anchors_years * 365)
    if config.is_prod:
        return s3.ObjectLockRetention.compliance(time)
    return s3.ObjectLockRetention.governance(time)


def _removed(prefix: str, *, days: int) -> s3.LifecycleRule:
    return s3.LifecycleRule(prefix=prefix, expiration=cdk.Duration.days(days))


def _uploads_from(origins: tuple[str, ...]) -> list[s3.CorsRule]:
    """Pages that may use the API may post its upload forms."""
    if not origins:
        return []
    return [s3.CorsRule(allowed_methods=[s3.HttpMethods.POST], allowed_origins=list(origins))]


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
