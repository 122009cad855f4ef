"""Schedules of reminders: a group for the environment, and a role that fills one queue."""

from tests.infra.template import Template, actions, listed, resources


def test_an_environment_has_a_group_of_its_own(service: Template) -> None:
    group = service.only("AWS::Scheduler::ScheduleGroup")

    assert group["Name"] == "Outbound-prod"


def test_schedules_may_fill_the_queue_tell_what_failed_and_encrypt(service: Template) -> None:
    statements = service.statements("RemindersRole")
    (sent,) = [found for found in statements if "sqs:SendMessage" in listed(found["Action"])]

    assert actions(statements) == {"sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey"}
    filled = sorted(each["Fn::GetAtt"][0] for each in sent["Resource"])
    assert len(filled) == 2
    assert filled[0].startswith("RemindersDead")
    assert filled[1].startswith("RemindersQueue")
    assert "*" not in str(statements)


def test_only_the_scheduler_takes_their_role(service: Template) -> None:
    role = service.named("AWS::IAM::Role", "RemindersRole")

    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}


def test_one_function_makes_schedules_in_this_group_alone_and_passes_this_role_alone(
    service: Template,
) -> None:
    statements = service.statements("RemindersFunctionRole")
    by_first = {listed(found["Action"])[0]: found for found in statements}
    made, passed = by_first["scheduler:CreateSchedule"], by_first["iam:PassRole"]

    assert all("schedule/Outbound-prod/remind-*" in each for each in resources([made]))
    assert passed["Resource"]["Fn::GetAtt"][0].startswith("RemindersRole")
    assert passed["Condition"] == {
        "StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}
    }
    for role in ("IntakeRole", "ManageRole", "ScheduleFunctionRole"):
        assert not {each for each in actions(service.statements(role)) if "scheduler" in each}
    upkeep = actions(service.statements("UpkeepFunctionRole"))
    assert {each for each in upkeep if "scheduler" in each} == {"scheduler:DeleteSchedule"}


def test_the_queue_feeds_it_and_reports_failures_one_by_one(service: Template) -> None:
    (mapping,) = [
        found
        for found in service.of("AWS::Lambda::EventSourceMapping").values()
        if "RemindersQueue" in str(found["EventSourceArn"])
    ]

    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 8}
