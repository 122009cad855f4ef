"""The clock: calls the sweep each minute, with its own role and a place for what fails."""

from tests.infra.template import Template, actions, listed


def test_the_sweep_runs_each_minute(service: Template) -> None:
    schedule = service.named("AWS::Scheduler::Schedule", "Schedule")

    assert schedule["ScheduleExpression"] == "rate(1 minute)"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert schedule["Target"]["Arn"]["Fn::GetAtt"][0].startswith("ScheduleFunction")
    assert schedule["Target"]["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0].startswith("ScheduleDead")


def test_the_role_of_the_scheduler_may_call_keep_and_encrypt(service: Template) -> None:
    statements = service.statements("ScheduleRole")
    (keyed,) = [found for found in statements if "kms:Decrypt" in listed(found["Action"])]

    assert actions(statements) == {
        "lambda:InvokeFunction",
        "sqs:SendMessage",
        "kms:Decrypt",
        "kms:GenerateDataKey",
    }
    assert "Key961B73FD" in str(keyed["Resource"])
    assert "*" not in str(statements)


def test_only_the_scheduler_takes_that_role(service: Template) -> None:
    role = service.named("AWS::IAM::Role", "ScheduleRole")

    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}


def test_a_failed_sweep_is_left_to_the_next_minute(service: Template) -> None:
    (config,) = [
        found
        for found in service.of("AWS::Lambda::EventInvokeConfig").values()
        if "MaximumRetryAttempts" in found
    ]

    assert config["MaximumRetryAttempts"] == 0
    assert config["MaximumEventAgeInSeconds"] == 60
