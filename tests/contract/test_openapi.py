"""The OpenAPI document: valid, complete, and the mock true to it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from genauth_contract import outcomes
from genauth_contract.api import openapi
from genauth_contract.api.call import ApiCall
from genauth_contract.api.document import every_endpoint
from genauth_contract.checks import envelope
from genauth_contract.outcomes import ANYWHERE
from genauth_contract.outcomes.models import is_object
from genauth_contract.outcomes.outcome import Answer
from genauth_mock.api.endpoints import CALLS
from tests.contract.support.openapi import OIDC, OPERATIONS, spec_of
from tests.contract.support.world import DOCUMENT
from tests.support.examples import examples

Json = Any

SCHEMA = cast("Json", schemathesis.openapi.from_dict(deepcopy(dict(DOCUMENT.document))))


def test_the_document_can_be_printed() -> None:
    """Into a file, say, for a generator of clients."""
    command = [sys.executable, "-m", "genauth_contract.api.document"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(printed) == DOCUMENT.document


def test_the_document_is_valid_openapi_3_1() -> None:
    OPENAPI_31_VALIDATOR.validate(DOCUMENT.document)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_schema_of_every_answer_is_valid(operation: openapi.Operation) -> None:
    schema = DOCUMENT.answer_schema(operation.method, operation.path)
    assert schema
    Draft202012Validator.check_schema(schema)


TWINS = ("/oauth/", "/.well-known/")
"""The same calls once more, below other paths."""
PAGES = {
    ("POST", "/oidc/auth"),
    ("POST", "/oidc/session/end"),
    ("GET", "/login/profile/logout"),
    ("POST", "/login/profile/logout"),
    ("GET", "/cas-idp/{appId}/login"),
    ("POST", "/api/v3/link-extidp"),
    ("GET", "/api/v3/signin-by-extidp"),
    ("POST", "/api/v3/signin-by-extidp"),
}
"""What a browser asks for, and no program."""


UNENVELOPED = {one.full_path for one in every_endpoint() if one.is_bare}
"""Of these a success has no envelope."""


def test_the_document_has_every_call_the_mock_answers_and_no_other() -> None:
    answered = {(call.method, call.path) for call in CALLS}
    answered |= {(call.other_method, call.path) for call in CALLS if call.other_method}
    answered |= {(call.twin.method, call.path) for call in CALLS if call.twin is not None}
    own = {(verb, path) for verb, path in answered - PAGES if not path.startswith(TWINS)}
    declared = {(one.method, one.path) for one in DOCUMENT.operations}
    assert sorted(own - declared) == [], "declare them in contract/genauth_contract/api/calls"
    assert sorted(declared - own) == [], "add them to mock_server/genauth_mock/api/groups"


@pytest.mark.parametrize("operation", [*OPERATIONS, *OIDC])
def test_every_outcome_of_the_document_is_in_the_catalogue(operation: openapi.Operation) -> None:
    assert operation.outcomes
    assert set(operation.outcomes) <= {one.name for one in outcomes.EVERY_OUTCOME}


def test_the_mock_serves_the_document(mock_url: str) -> None:
    assert httpx.get(f"{mock_url}/openapi.json").json() == DOCUMENT.document


@pytest.mark.parametrize("operation", OIDC)
def test_an_oidc_call_is_answered_as_the_document_says(
    operation: openapi.Operation, client: httpx.Client
) -> None:
    elsewhere = {"post_logout_redirect_uri": "https://elsewhere.example/"}
    answer = client.request(
        operation.method, operation.path, params=elsewhere, data={"token": "made-up"}
    )
    content = DOCUMENT.document["components"]
    responses = spec_of(DOCUMENT.document, operation)["responses"]
    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    validator: Json = cast("Json", Draft202012Validator)({**schema, "components": content})
    validator.validate(answer.json())


@pytest.fixture(scope="module")
def client(mock_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mock_url) as made:
        yield made


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_asked_is_answered_as_the_document_says(
    operation: openapi.Operation, client: httpx.Client
) -> None:
    """Stock checks see HTTP 200 and are content; these look into the envelope."""
    api_operation = SCHEMA[operation.path][operation.method]
    token = client.post("/_mock/users", json={"username": f"fuzz-{operation.name}"}).json()
    told = {
        (one.default.status_code, one.default.api_code)
        for one in outcomes.EVERY_OUTCOME
        if one.name in {*operation.outcomes, *ANYWHERE}
    }

    @settings(
        max_examples=examples(25),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        database=None,
    )
    @given(case=st.one_of(api_operation.as_strategy(), sloppy(api_operation)))
    def ask(case: Json) -> None:
        call, answer = exchange(client, operation, case, token["accessToken"])
        assert not envelope.problems(call, answer, DOCUMENT, exact=True)
        assert (answer.field("statusCode"), answer.field("apiCode")) in told

    ask()


def exchange(
    client: httpx.Client, operation: openapi.Operation, case: Json, token: str
) -> tuple[ApiCall, Answer]:
    """Ask what was made up, as somebody who is signed in."""
    body = case.body if is_object(case.body) else None
    headers = {"authorization": token}
    path = case.formatted_path
    assume(path.count("/") == operation.path.count("/") and not path.endswith(("/", ".")))
    if operation.method == "GET":
        response = client.get(path, params=case.query or None, headers=headers)
    else:
        response = client.post(path, json=body or {}, headers=headers)
    answer = Answer(response.status_code, response.json(), dict(response.headers))
    is_bare = operation.path in UNENVELOPED
    return ApiCall(operation.name, operation.path, body, operation.method, is_bare=is_bare), answer


def sloppy(operation: Json) -> st.SearchStrategy[Any]:
    """Requests that break the document."""
    strategy: st.SearchStrategy[Any] = operation.as_strategy(
        generation_mode=schemathesis.GenerationMode.NEGATIVE
    )
    return strategy if operation.method.upper() == "POST" else operation.as_strategy()
