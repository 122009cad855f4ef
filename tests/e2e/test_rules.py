"""Events of other systems become messages, on the deployed product."""

import json
import time

import boto3

from infra.local.places import SERVICE_STACK
from tests.e2e.deployed import eventually, outbox

PHONE = "+14255550161"


def aws(run, service):
    made = {"region_name": run.aws["region"], **run.aws["credentials"]}
    return boto3.client(service, endpoint_url=run.aws["endpoints"]["default"], **made)


def outputs_of(run):
    found = aws(run, "cloudformation").describe_stacks(StackName=SERVICE_STACK)["Stacks"][0]
    return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}


def test_an_event_on_the_bus_becomes_a_text(run, client):
    body = {"sms": {"text": "Order {{ order }} has shipped."}}
    client.put_template("event-shipped", purpose="transactional", channels=body)
    client.put_rule(
        "shipped",
        pattern={"source": ["com.example.shop"], "detail-type": ["order.shipped"]},
        contact={"phone": "$.detail.customer.phone"},
        channel="sms",
        purpose="transactional",
        template={"id": "event-shipped"},
        data={"order": "$.detail.order"},
    )
    order = f"A-{time.time_ns()}"
    bus = {"EventBusName": outputs_of(run)["RulesBus"], "Source": "com.example.shop"}
    shipped = {**bus, "DetailType": "order.shipped"}
    entries = [
        {**shipped, "Detail": json.dumps({"order": order, "customer": {"phone": PHONE}})},
        {**shipped, "Detail": json.dumps({"order": order})},
    ]

    answer = aws(run, "events").put_events(Entries=entries)

    assert answer["FailedEntryCount"] == 0
    text = f"Order {order} has shipped."
    assert eventually(lambda: any(item["text"] == text for item in outbox(run)), 120)
    assert eventually(lambda: bool(client.list_refused_events("shipped").items), 120)
    assert client.list_refused_events("shipped").items[0].code == "path_missing"
