"""``GET /_mock/openapi.json`` tells every control call, what it takes, and what it answers: held against the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import aiohttp
import pytest
from attrs import fields
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.clock import ClockMove
from genauth_mock.control.router import ROUTED
from genauth_mock.control.schemas import SCHEMAS
from genauth_mock.control.user_fields import UserBody
from genauth_mock.faults.json_format import FIELDS
from tests.mock.support.control import NUMBER, call, send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attrs import AttrsInstance

Document = dict[str, Any]


@pytest.fixture
async def document(http: aiohttp.ClientSession) -> Document:
    """Give the document as the server gives it."""
    async with http.get("/_mock/openapi.json") as reply:
        assert reply.content_type == "application/json"
        read: Document = await reply.json()
    return read


async def test_document_names_every_call_that_the_server_routes(document: Document) -> None:
    told = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert told == {*ROUTED}


async def test_document_is_valid_openapi_3_1(document: Document) -> None:
    OPENAPI_31_VALIDATOR.validate(document)


async def test_every_call_has_a_name_of_its_own_and_a_sentence(document: Document) -> None:
    operations = [each for path in document["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]
    assert len(set(names)) == len(names) > 20
    assert all(each["summary"].endswith(".") for each in operations)


async def test_every_reference_leads_to_a_component(document: Document) -> None:
    references = set(_references(document))
    assert len(references) > 20
    for reference in references:
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


@pytest.mark.parametrize(
    ("component", "shape"),
    [("UserGiven", UserBody), ("ClockMove", ClockMove)],
    ids=["user", "clock"],
)
def test_names_of_a_body_are_those_that_are_read(
    component: str, shape: type[AttrsInstance]
) -> None:
    properties = cast("dict[str, object]", SCHEMAS[component]["properties"])
    assert set(properties) == {each.alias for each in fields(shape)}


def test_fields_of_a_fault_are_those_that_are_read() -> None:
    properties = cast("dict[str, object]", SCHEMAS["FaultGiven"]["properties"])
    assert set(properties) == {"kind", *FIELDS}


CALLS: list[tuple[str, object]] = [
    ("GET /_mock/health", None),
    ("POST /_mock/users", {"username": "ada", "phoneNumber": NUMBER, "nickname": "Ada"}),
    ("POST /_mock/users", [{"username": "grace", "customData": {"plan": "pro"}}]),
    ("GET /_mock/users", None),
    ("POST /_mock/users", {"userId": "u-1", "email": "a@example.com"}),
    ("GET /_mock/users/u-1", None),
    ("PATCH /_mock/users/u-1", {"factors": [{"factorType": "OTP"}, {"factorType": "EMAIL"}]}),
    ("PATCH /_mock/users/u-1", {"status": "Suspended"}),
    ("POST /_mock/users/u-1/access-token", None),
    ("GET /_mock/users/u-1/sessions", None),
    ("DELETE /_mock/users/u-1", None),
    ("GET /_mock/messages", None),
    ("GET /_mock/push-codes", None),
    ("GET /_mock/qr-codes", None),
    ("GET /_mock/apps", None),
    ("POST /_mock/keys/rotate", {"forget": True}),
    ("GET /_mock/clock", None),
    ("POST /_mock/clock", {"advanceSeconds": 61, "scale": 2, "frozen": True}),
    ("GET /_mock/settings", None),
    ("POST /_mock/settings", {"dailySendLimit": 9, "fixedCodes": {"+8618812348888": "123456"}}),
    ("POST /_mock/settings", {"webhooks": [{"url": "http://127.0.0.1:1/", "retrySeconds": []}]}),
    ("POST /_mock/users", {"username": "hook"}),
    ("GET /_mock/webhooks?wait=5", None),
    ("POST /_mock/faults", {"httpStatus": 503, "times": 1, "route": "get-profile"}),
    ("POST /_mock/faults", [{"outcome": "PHONE_TAKEN"}, {"delaySeconds": 0.1}]),
    ("GET /_mock/faults", None),
    ("DELETE /_mock/faults/1", None),
    ("DELETE /_mock/faults", None),
    ("POST /_mock/answers", {"route": "get-alipay-authinfo", "data": {"authInfo": "a"}}),
    ("GET /_mock/answers", None),
    ("DELETE /_mock/answers", None),
    ("GET /_mock/requests", None),
    ("GET /_mock/requests?outcome=WRONG_CODE&channel=CHANNEL_LOGIN", None),
    ("GET /_mock/requests/count", None),
    ("GET /_mock/state", None),
    ("DELETE /_mock/requests", None),
    ("POST /_mock/reset", None),
]


async def _pushed(http: aiohttp.ClientSession) -> tuple[str, object]:
    """Push to a user; give the control call that confirms it."""
    await call(http, "POST /_mock/users", {"username": "pushed"})
    body = {"account": "pushed"}
    _, answer = await call(http, "POST /api/v3/signin-by-push", body)
    return f"POST /_mock/push-codes/{answer['data']['pushCodeId']}", {"action": "CONFIRM"}


async def _shown(http: aiohttp.ClientSession) -> tuple[str, object]:
    """Show a QR code; give the control call that scans it."""
    _, user = await call(http, "POST /_mock/users", {"username": "scanner"})
    _, answer = await call(http, "POST /api/v3/gene-qrcode", {"type": "MOBILE_APP"})
    scan = {"action": "SCAN", "userId": user["userId"]}
    return f"POST /_mock/qr-codes/{answer['data']['qrcodeId']}", scan


async def test_what_is_taken_and_answered_is_what_the_document_says(
    http: aiohttp.ClientSession, document: Document
) -> None:
    await send(http)
    body = {"channel": "CHANNEL_BIND_EMAIL", "email": "a@example.com"}
    await call(http, "POST /api/v3/send-email", body)
    played: set[str] = set()
    pushed = await _pushed(http)
    for what, given in [pushed, await _shown(http), *CALLS]:
        operation = _operation(document, what)
        if given is not None:
            _validate(document, operation["requestBody"], given)
        status, answer = await call(http, what, given)
        assert status == 200, (what, answer)
        _validate(document, operation["responses"]["200"], answer)
        played.add(operation["operationId"])
        if what == "GET /_mock/state":
            load = _operation(document, "POST /_mock/state")
            _validate(document, load["requestBody"], answer)
            status, loaded = await call(http, "POST /_mock/state", answer)
            _validate(document, load["responses"]["200"], loaded)
            played.add(load["operationId"])
    assert played == {each.name for each in CONTROL_CALLS}


@pytest.mark.parametrize(
    "what",
    [
        "POST /_mock/reset?app_id=app",
        "DELETE /_mock/faults?faultId=2",
        "DELETE /_mock/requests?route=bind-phone",
        "GET /_mock/users?user=ada",
        "GET /_mock/messages?phone=1",
        "POST /_mock/clock?advanceSeconds=61",
    ],
)
async def test_query_name_that_a_call_does_not_know_is_refused_and_nothing_is_done(
    http: aiohttp.ClientSession, what: str
) -> None:
    await call(http, "POST /_mock/users", {"username": "ada"})
    await call(http, "POST /_mock/faults", {"httpStatus": 503})
    await send_anything(http)
    before = await _everything(http)

    status, answer = await call(http, what)

    assert status == 400
    assert "unknown filter" in answer["error"]
    assert await _everything(http) == before


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("POST /_mock/reset", {"app_id": "app"}),
        ("DELETE /_mock/faults", {"faultId": "2"}),
        ("POST /_mock/clock", {"advance": 61}),
        ("DELETE /_mock/requests", {"route": "bind-phone"}),
        ("POST /_mock/users", {"name": "ada"}),
        ("POST /_mock/settings", {"length": 4}),
        ("POST /_mock/faults", {"httpstatus": 503}),
    ],
)
async def test_body_name_that_a_call_does_not_know_is_refused_and_nothing_is_done(
    http: aiohttp.ClientSession, what: str, body: object
) -> None:
    await call(http, "POST /_mock/users", {"username": "ada"})
    await send_anything(http)
    before = await _everything(http)
    status, answer = await call(http, what, body)
    assert status == 400
    assert "unknown " in answer["error"]
    assert await _everything(http) == before


async def send_anything(http: aiohttp.ClientSession) -> None:
    """Ask GenAuth's side for something, so that the journal is not empty."""
    await call(http, "GET /api/v3/get-profile")


async def _everything(http: aiohttp.ClientSession) -> list[object]:
    paths = ("users", "faults", "requests", "settings")
    seen: list[object] = [(await call(http, f"GET /_mock/{path}"))[1] for path in paths]
    return [*seen, (await call(http, "GET /_mock/clock"))[1]["offsetSeconds"] > 30]


def _operation(document: Document, what: str) -> Document:
    method, path = what.partition("?")[0].split(" ")
    for template, operations in document["paths"].items():
        parts, wanted = template.split("/"), path.split("/")
        fits = len(parts) == len(wanted) and all(
            part == each or part.startswith("{") for part, each in zip(parts, wanted, strict=True)
        )
        if fits and method.lower() in operations and (template == path or "{" in template):
            if template != path and path in document["paths"]:
                continue
            found: Document = operations[method.lower()]
            return found
    raise AssertionError(what)


def _validate(document: Document, where: Mapping[str, Any], content: object) -> None:
    """Hold a content against its schema; a name that the schema does not tell is a fault too."""
    schema = {**where["content"]["application/json"]["schema"], "components": _closed(document)}
    validator = cast("Any", Draft202012Validator(schema))  # its types are not whole
    validator.validate(content)


def _closed(document: Document) -> Document:
    closed: Document = {
        name: {**schema, "additionalProperties": False} if "required" in schema else schema
        for name, schema in document["components"]["schemas"].items()
    }
    return {"schemas": closed}


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        content = cast("dict[str, object]", part)
        own = [str(content["$ref"])] if "$ref" in content else []
        return own + [each for value in content.values() for each in _references(value)]
    if isinstance(part, list):
        return [each for value in cast("list[object]", part) for each in _references(value)]
    return []
