"""Budgets: tells the alarm address when a provider's bill nears its monthly limit."""

from decimal import Decimal

from aws_cdk import aws_budgets as budgets
from constructs import Construct

from infra.config import Config

EMAIL = "Amazon Simple Email Service"
SNS = "Amazon Simple Notification Service"
PHONE = "AWS End User Messaging"
WARN_AT_PERCENT = (80, 100)


def limits(config: Config) -> dict[str, Decimal]:
    """What each provider service may cost in a month: AWS bills by service, not by channel."""
    texts = SNS if config.sms.provider == "sns" else PHONE
    totals = {EMAIL: config.email.monthly_limit_usd, PHONE: config.voice.monthly_limit_usd}
    totals[texts] = totals.get(texts, Decimal(0)) + config.sms.monthly_limit_usd
    return totals


class Budgets(Construct):
    def __init__(self, scope: Construct, name: str, *, config: Config) -> None:
        super().__init__(scope, name)
        for service, limit in limits(config).items():
            _budget(self, service, limit, config.alarm_address)


def _budget(scope: Construct, service: str, limit: Decimal, address: str) -> None:
    budgets.CfnBudget(
        scope,
        service.replace(" ", ""),
        budget=budgets.CfnBudget.BudgetDataProperty(
            budget_type="COST",
            time_unit="MONTHLY",
            budget_limit=budgets.CfnBudget.SpendProperty(amount=float(limit), unit="USD"),
            cost_filters={"Service": [service]},
        ),
        notifications_with_subscribers=[
            budgets.CfnBudget.NotificationWithSubscribersProperty(
                notification=budgets.CfnBudget.NotificationProperty(
                    notification_type="ACTUAL",
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                ),
                subscribers=[
                    budgets.CfnBudget.SubscriberProperty(subscription_type="EMAIL", address=address)
                ],
            )
            for percent in WARN_AT_PERCENT
        ],
    )
