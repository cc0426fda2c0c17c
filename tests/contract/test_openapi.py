"""The OpenAPI document: valid, complete, true to the official one, and the mock true to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from genauth_contract import envelope, openapi, outcomes
from genauth_contract.calls import ApiCall
from genauth_contract.expect import Answer
from genauth_contract.json_values import is_object
from genauth_contract.matrix import ANYWHERE
from genauth_mock.calls.table import CALLS

Json = Any

REFERENCE = (
    Path(__file__).parents[3] / "shared/reference/authing-v3-authentication-openapi.subset.json"
)
DOCUMENT = openapi.packaged()
OPERATIONS = [
    pytest.param(one, id=one.name) for one in DOCUMENT.operations if one.path.startswith("/api/")
]
OIDC = [
    pytest.param(one, id=f"{one.method} {one.path}")
    for one in DOCUMENT.operations
    if one.path.startswith("/oidc/")
]
"""These are forms and bare JSON, without an envelope."""
FORM = "application/x-www-form-urlencoded"
GIVEN_TOO = {"username", "password", "scope"}
"""Fields the grant types named there need, and RFC 6749 has."""
ADDED = {
    *("expires_in", "scope"),  # seen by clients of the live API
    "subject_types_supported",  # required by OpenID Connect Discovery
}


def test_the_document_is_valid_openapi_3_1() -> None:
    OPENAPI_31_VALIDATOR.validate(DOCUMENT.document)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_schema_of_every_answer_is_valid(operation: openapi.Operation) -> None:
    schema = DOCUMENT.answer_schema(operation.method, operation.path)
    assert schema
    Draft202012Validator.check_schema(schema)


def test_the_document_has_every_call_the_mock_answers_and_no_other() -> None:
    answered = {(call.method, call.path) for call in CALLS}
    answered |= {(call.other_method, call.path) for call in CALLS if call.other_method}
    assert {(one.method, one.path) for one in DOCUMENT.operations} == answered


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
    answer = client.request(operation.method, operation.path, data={"token": "made-up"})
    content = DOCUMENT.document["components"]
    responses = spec_of(DOCUMENT.document, operation)["responses"]
    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    validator: Json = cast("Json", Draft202012Validator)({**schema, "components": content})
    validator.validate(answer.json())


@pytest.fixture(scope="module")
def reference() -> Json:
    if not REFERENCE.exists():
        pytest.skip("the official document is not beside this checkout")
    return json.loads(REFERENCE.read_text("utf-8"))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_requests_are_as_the_official_document_has_them(
    operation: openapi.Operation, reference: Json
) -> None:
    ours = spec_of(DOCUMENT.document, operation)
    theirs = spec_of(reference, operation)
    assert {one["name"] for one in ours.get("parameters", [])} == {
        one["name"] for one in theirs.get("parameters", [])
    }
    assert ("requestBody" in ours) == ("requestBody" in theirs)
    if "requestBody" in ours:
        hold_against(
            body_of(DOCUMENT.document, ours), body_of(reference, theirs), where=operation.name
        )


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_promise_what_the_official_document_promises(
    operation: openapi.Operation, reference: Json
) -> None:
    ours = data_of(DOCUMENT.document, spec_of(DOCUMENT.document, operation))
    theirs = data_of(reference, spec_of(reference, operation))
    assert set(ours.get("properties", {})) - ADDED <= set(theirs.get("properties", {}))
    assert set(theirs.get("required", [])) <= set(ours.get("required", []))
    for name, schema in ours.get("properties", {}).items():
        if "enum" in schema:
            assert schema["enum"] == theirs["properties"][name]["enum"]


@pytest.mark.parametrize("operation", OIDC)
def test_forms_are_as_the_official_document_has_them(
    operation: openapi.Operation, reference: Json
) -> None:
    ours = spec_of(DOCUMENT.document, operation)
    theirs = spec_of(reference, operation)
    assert ("requestBody" in ours) == ("requestBody" in theirs)
    if "requestBody" in ours:
        form, official = (
            body_of(document, spec, FORM)
            for document, spec in ((DOCUMENT.document, ours), (reference, theirs))
        )
        assert set(form["properties"]) - GIVEN_TOO <= set(official["properties"])
        assert set(form["required"]) <= set(official["required"])


@pytest.mark.parametrize("operation", OIDC)
def test_bare_answers_promise_what_the_official_document_promises(
    operation: openapi.Operation, reference: Json
) -> None:
    theirs = spec_of(reference, operation)["responses"]["200"]
    if "content" not in theirs:
        assert operation.name in {"me", "jwks.json"}, "these have no schema there"
        return
    ours = spec_of(DOCUMENT.document, operation)["responses"]["200"]
    answer, official = (
        resolved(document, spec["content"]["application/json"]["schema"])
        for document, spec in ((DOCUMENT.document, ours), (reference, theirs))
    )
    assert set(official["required"]) <= set(answer["required"])
    assert set(answer["properties"]) - ADDED <= set(official["properties"])
    for name in set(answer["properties"]) & set(official["properties"]):
        assert type_of(answer["properties"][name]) == type_of(official["properties"][name]), name


def type_of(schema: dict[str, Any]) -> object:
    return {"integer": "number", None: "object"}.get(schema.get("type"), schema.get("type"))


def hold_against(ours: dict[str, Any], theirs: dict[str, Any], *, where: str) -> None:
    assert set(ours["properties"]) <= set(theirs["properties"]), where
    assert set(ours.get("required", [])) == set(theirs.get("required", [])), where
    for name, schema in ours["properties"].items():
        official = theirs["properties"][name]
        assert schema.get("enum") == official.get("enum"), f"{where}.{name}"
        if "properties" in schema and "properties" in official:
            hold_against(schema, official, where=f"{where}.{name}")


def spec_of(document: Json, operation: openapi.Operation) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][operation.path][operation.method.lower()]
    return found


def body_of(document: Json, spec: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return resolved(document, spec["requestBody"]["content"][kind]["schema"])


def data_of(document: Json, spec: dict[str, Any]) -> dict[str, Any]:
    schema = spec["responses"]["200"]["content"]["application/json"]["schema"]
    data: dict[str, Any] = resolved(document, schema).get("properties", {}).get("data", {})
    return data if "properties" in data else {}


def resolved(document: Json, schema: Json) -> dict[str, Any]:
    """Follow references and merge `allOf`, all the way down."""
    if "$ref" in schema:
        return resolved(document, document["components"]["schemas"][schema["$ref"].split("/")[-1]])
    merged: dict[str, Any] = {k: v for k, v in schema.items() if k != "allOf"}
    for part in schema.get("allOf", []):
        inner = resolved(document, part)
        merged["required"] = [*merged.get("required", []), *inner.get("required", [])]
        merged["properties"] = {**merged.get("properties", {}), **inner.get("properties", {})}
        merged |= {k: v for k, v in inner.items() if k not in ("required", "properties")}
    if "properties" in merged:
        merged["properties"] = {
            name: resolved(document, inner) for name, inner in merged["properties"].items()
        }
    return merged


@pytest.fixture(scope="module")
def client(mock_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mock_url) as made:
        yield made


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_asked_is_answered_as_the_document_says(
    operation: openapi.Operation, client: httpx.Client
) -> None:
    """Stock checks see HTTP 200 and are content; these look into the envelope."""
    schema = schemathesis.openapi.from_dict(dict(DOCUMENT.document))
    api_operation = cast("Json", schema)[operation.path][operation.method]
    token = client.post("/_mock/users", json={"username": f"fuzz-{operation.name}"}).json()
    told = {
        (one.default.status_code, one.default.api_code)
        for one in outcomes.EVERY_OUTCOME
        if one.name in {*operation.outcomes, *ANYWHERE}
    }

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        database=None,
    )
    @given(case=st.one_of(api_operation.as_strategy(), sloppy(api_operation)))
    def ask(case: Json) -> None:
        body = case.body if is_object(case.body) else None
        headers = {"authorization": token["accessToken"]}
        path = case.path
        if operation.method == "GET":
            response = client.get(path, params=case.query or None, headers=headers)
        else:
            response = client.post(path, json=body or {}, headers=headers)
        answer = Answer(response.status_code, response.json(), dict(response.headers))
        call = ApiCall(operation.name, path, body, operation.method)
        assert not envelope.problems(call, answer, DOCUMENT, exact=True)
        assert (answer.field("statusCode"), answer.field("apiCode")) in told

    ask()


def sloppy(operation: Json) -> st.SearchStrategy[Any]:
    """Requests that break the document."""
    strategy: st.SearchStrategy[Any] = operation.as_strategy(
        generation_mode=schemathesis.GenerationMode.NEGATIVE
    )
    return strategy if operation.method.upper() == "POST" else operation.as_strategy()
