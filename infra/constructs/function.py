"""One Lambda function: its folder, its log group, its role and only the rights it is given."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import bundling
from infra.constructs import access
from infra.constructs.foundation import Foundation
from infra.constructs.log_group import log_group
from infra.nag import acknowledge, acknowledge_wildcard


def function(
    scope: Construct,
    name: str,
    *,
    folder: str,
    foundation: Foundation,
    timeout: int,
    tables: Mapping[str, Sequence[str]],
    sends_to: Sequence[sqs.IQueue] = (),
    fed_by: Sequence[sqs.IQueue] = (),
    reads_secret: bool = False,
    reads_links: bool = False,
    reads_through: Sequence[str] = (),
    media: Sequence[str] = (),
    files: Sequence[str] = access.FILES,
    environment: Mapping[str, str] | None = None,
    statements: Sequence[iam.PolicyStatement] = (),
    reserved: int | None = None,
) -> lambda_.Function:
    """Build `functions/<folder>`; a table named here becomes both a variable and a right.

    The keys of `tables` are tables, or one index of a table as `messages/due`. `media` are the
    actions of S3 on `files`, named without `s3:`. `reads_through` are services with encrypted data
    that `statements` give rights on. `reserved` is how many may run at once, whatever else does in
    the account, and no more.
    """
    secrets = {
        **({"SECRET": foundation.secret} if reads_secret else {}),
        **({"LINKS_SECRET": foundation.links_secret} if reads_links else {}),
    }
    role = iam.Role(scope, f"{name}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    logs = log_group(scope, f"{name}Logs", foundation=foundation)
    logs.grant_write(role)
    for statement in (
        *_table_rights(foundation, tables),
        *_queue_rights(sends_to, fed_by),
        *_secret_rights(secrets),
        *access.files(foundation.media, media, files),
        *_key_rights(
            scope,
            foundation,
            [*reads_through, *_encrypted(tables, sends_to, fed_by, bool(secrets), bool(media))],
        ),
        *statements,
    ):
        role.add_to_principal_policy(statement)

    built = lambda_.Function(
        scope,
        name,
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=lambda_.Architecture.ARM_64,
        handler=f"functions.{folder}.handler.handler",
        code=bundling.function_code(folder),
        layers=list(foundation.layers),
        memory_size=512,
        timeout=cdk.Duration.seconds(timeout),
        role=role,
        log_group=logs,
        reserved_concurrent_executions=reserved,
        logging_format=lambda_.LoggingFormat.JSON,
        environment={
            "OUTBOUND_ENVIRONMENT": foundation.config.environment,
            "POWERTOOLS_SERVICE_NAME": folder,
            "POWERTOOLS_METRICS_NAMESPACE": "Outbound",
            "POWERTOOLS_LOG_LEVEL": "INFO",
            **_table_names(foundation, tables),
            **{f"OUTBOUND_{name}_ARN": secret.secret_arn for name, secret in secrets.items()},
            **({"OUTBOUND_MEDIA_BUCKET": foundation.media.bucket_name} if media else {}),
            **(environment or {}),
        },
    )
    # cdk-nag knows the bucket by the name of the export that it comes from.
    bucket = cdk.Stack.of(scope).resolve(foundation.media.bucket_name)["Fn::ImportValue"]
    for each in files if media else ():
        acknowledge_wildcard(
            role,
            f"arn:<AWS::Partition>:s3:::{bucket}/{each}",
            reason="Files of all tenants, by their ids; the tenant is checked in the catalog.",
        )
    acknowledge(
        built,
        "AwsSolutions-L1",
        reason="Python 3.13 is supported until 2029 and every package of the deps layer has "
        "arm64 wheels for it.",
    )
    return built


def _table_names(foundation: Foundation, tables: Mapping[str, Sequence[str]]) -> dict[str, str]:
    names = dict.fromkeys(target.partition("/")[0] for target in tables)
    return {f"OUTBOUND_{name.upper()}_TABLE": foundation.tables[name].table_name for name in names}


def _table_rights(
    foundation: Foundation, tables: Mapping[str, Sequence[str]]
) -> list[iam.PolicyStatement]:
    rights = []
    for target, actions in tables.items():
        name, _, index = target.partition("/")
        rights.append(access.table(foundation.tables[name], actions, index=index))
    return rights


def _queue_rights(
    sends_to: Sequence[sqs.IQueue], fed_by: Sequence[sqs.IQueue]
) -> list[iam.PolicyStatement]:
    return [
        *([access.send(sends_to)] if sends_to else []),
        *([access.consume(fed_by)] if fed_by else []),
    ]


def _secret_rights(secrets: Mapping[str, secretsmanager.ISecret]) -> list[iam.PolicyStatement]:
    return [access.read_secret(each.secret_arn) for each in secrets.values()]


def _key_rights(
    scope: Construct, foundation: Foundation, services: Sequence[str]
) -> list[iam.PolicyStatement]:
    return [access.use_key(scope, foundation.key, services)] if services else []


def _encrypted(
    tables: Mapping[str, Sequence[str]],
    sends_to: Sequence[sqs.IQueue],
    fed_by: Sequence[sqs.IQueue],
    reads_secret: bool,
    uses_media: bool,
) -> list[str]:
    """The services through which a function meets data that is encrypted with the key."""
    return [
        *(["dynamodb"] if tables else []),
        *(["sqs"] if sends_to or fed_by else []),
        *(["secretsmanager"] if reads_secret else []),
        *(["s3"] if uses_media else []),
    ]
