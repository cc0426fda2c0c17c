"""The OpenAPI document promises what the official one does."""

from __future__ import annotations

from typing import Any

import pytest

from genauth_contract.api import openapi
from tests.contract.support.official_document import read_official_document
from tests.contract.support.openapi import OIDC, OPERATIONS, spec_of
from tests.contract.support.world import DOCUMENT

Json = Any


FORM = "application/x-www-form-urlencoded"
GIVEN_TOO = {"username", "password", "scope"}
"""Fields the grant types named there need, and RFC 6749 has."""
ADDED = {
    *("expires_in", "scope"),  # seen by clients of the live API
    "subject_types_supported",  # required by OpenID Connect Discovery
}


@pytest.fixture(scope="module")
def reference() -> Json:
    return read_official_document()


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
    promises(ours, theirs, operation.name)


LEFT_OUT = {
    "get-my-login-history.list[].geoip",  # the offline GenAuth knows no map of addresses
    *(f"wechat-{step}.scope" for step in ("by-account", "by-account-id", "by-email-code")),
    *(f"wechat-{step}.scope" for step in ("by-phone-code", "register", "select")),  # optional
}
"""What the official document promises and ours does not."""


def promises(ours: dict[str, Any], theirs: dict[str, Any], where: str) -> None:
    """Check that nothing is added to what is official, and nothing of it is left out, at any depth."""
    if "items" in ours:
        promises(ours["items"], theirs["items"], f"{where}[]")
        return
    properties, official = ours.get("properties", {}), theirs.get("properties", {})
    if not properties:
        return
    assert set(properties) - ADDED <= set(official), where
    left_out = {name for name in theirs.get("required", []) if f"{where}.{name}" in LEFT_OUT}
    assert set(theirs.get("required", [])) - left_out <= set(ours.get("required", [])), where
    for name in set(properties) & set(official):
        assert properties[name].get("enum") == official[name].get("enum"), f"{where}.{name}"
        promises(properties[name], official[name], f"{where}.{name}")


BY_PROGRAMS = [one for one in OIDC if one.id not in {"GET /oidc/auth", "GET /oidc/session/end"}]
"""What programs ask for; the official document leaves out where a browser is sent."""


@pytest.mark.parametrize("operation", BY_PROGRAMS)
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


@pytest.mark.parametrize("operation", BY_PROGRAMS)
def test_bare_answers_promise_what_the_official_document_promises(
    operation: openapi.Operation, reference: Json
) -> None:
    theirs = spec_of(reference, operation)["responses"]["200"]
    if "content" not in theirs:
        assert operation.name in {"me", "jwks.json"}, "these have no schema there"
        return
    if operation.name == "revocation":
        return  # an empty body, as the server's library and the official clients have it
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
    if not theirs["properties"]:
        return  # it leaves open what the body has
    assert set(ours["properties"]) <= set(theirs["properties"]), where
    assert set(ours.get("required", [])) == set(theirs.get("required", [])), where
    for name, schema in ours["properties"].items():
        official = theirs["properties"][name]
        assert schema.get("enum") == official.get("enum"), f"{where}.{name}"
        if "properties" in schema and "properties" in official:
            hold_against(schema, official, where=f"{where}.{name}")


def body_of(document: Json, spec: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return resolved(document, spec["requestBody"]["content"][kind]["schema"])


def data_of(document: Json, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what an operation gives: in the envelope, or the whole answer where it has none."""
    answers = spec["responses"]
    answer = answers.get("200") or answers["default"]
    schema = answer["content"]["application/json"]["schema"]
    if "anyOf" in schema:  # without an envelope, but for refusals
        return resolved(document, schema["anyOf"][0])
    whole = resolved(document, schema)
    properties = whole.get("properties", {})
    if "statusCode" in properties:
        data: dict[str, Any] = properties.get("data", {})
        return data
    return whole


def resolved(document: Json, schema: Json, inside: tuple[str, ...] = ()) -> dict[str, Any]:
    """Follow references and merge `allOf`, all the way down; a schema inside itself is followed once."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if name in inside:
            return {}
        return resolved(document, document["components"]["schemas"][name], (*inside, name))
    merged: dict[str, Any] = {k: v for k, v in schema.items() if k != "allOf"}
    for part in schema.get("allOf", []):
        inner = resolved(document, part, inside)
        merged["required"] = [*merged.get("required", []), *inner.get("required", [])]
        merged["properties"] = {**merged.get("properties", {}), **inner.get("properties", {})}
        merged |= {k: v for k, v in inner.items() if k not in ("required", "properties")}
    if "items" in merged:
        merged["items"] = resolved(document, merged["items"], inside)
    if "properties" in merged:
        merged["properties"] = {
            name: resolved(document, inner, inside) for name, inner in merged["properties"].items()
        }
    return merged
