"""The document says all that the API is, and nothing else."""

import re
import tomllib

import pytest
from openapi_spec_validator import validate

from functions.intake.handler import app as intake
from functions.manage.handler import app as manage
from functions.pages.handler import app as pages
from outbound.adapters.api.contract.document import FOLDER, OPERATIONS
from outbound.adapters.api.contract.document import document as made
from outbound.adapters.api.problems import PROBLEMS
from outbound.adapters.pages.reference import document
from tests.described import faults_in, resolved

BY_ID = {operation.id: operation for operation in OPERATIONS}
SCHEMAS = made()["components"]["schemas"]


def written(operation):
    return document()["paths"][operation.path][operation.method.lower()]


def test_it_is_openapi():
    validate(document())


def test_it_is_made_the_same_each_time():
    assert made() == made()


def test_its_operations_are_the_routes_of_the_functions():
    routes = [
        f"{route.method} {re.sub('<[^>]+>', '{}', route.path)}"
        for app in (intake, manage, pages)
        for route in (*app._static_routes, *app._dynamic_routes)
        if "<token>" not in route.path
    ]
    operations = [f"{each.method} {re.sub('{[^}]+}', '{}', each.path)}" for each in OPERATIONS]

    assert sorted(operations) == sorted(routes)
    assert len(BY_ID) == len(OPERATIONS)


def test_every_problem_can_come_from_an_operation_and_has_advice():
    documented = {code for operation in OPERATIONS for code in operation.all_problems}
    advised = tomllib.loads((FOLDER / "advice.toml").read_text())

    assert documented == set(PROBLEMS) == set(advised)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_is_described(name):
    schema = SCHEMAS[name]
    kinds = [kind for kind in schema.get("oneOf", [schema]) if "properties" in kind]
    described = {
        field: resolved(value).get("description") or value.get("description")
        for kind in kinds
        for field, value in kind["properties"].items()
        if value != {"type": "null"}
    }

    assert [field for field, text in described.items() if not text] == []
    assert schema["description"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=BY_ID)
def test_every_variable_of_a_path_is_a_parameter(operation):
    named = {each.name for each in operation.parameters if each.place == "path"}

    assert named == set(re.findall("{([^}]+)}", operation.path))


@pytest.mark.parametrize("operation", OPERATIONS, ids=BY_ID)
def test_every_example_is_what_its_schema_says(operation):
    said = written(operation)
    contents = [answer.get("content", {}) for answer in map(resolved, said["responses"].values())]
    contents.append(said.get("requestBody", {}).get("content", {}))
    for content in contents:
        for each in content.values():
            for example in each.get("examples", {}).values():
                assert faults_in(example["value"], each["schema"]) == []
    for parameter in said.get("parameters", []):
        if "example" in parameter:
            assert faults_in(parameter["example"], parameter["schema"]) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=BY_ID)
def test_every_json_answer_has_an_example(operation):
    for answer in operation.answers:
        assert bool(answer.examples) is (answer.model is not None)


def test_links_lead_to_operations_and_their_parameters():
    for operation in OPERATIONS:
        for answer in operation.answers:
            for name, parameters in answer.links.items():
                assert set(parameters) <= {each.name for each in BY_ID[name].parameters}
