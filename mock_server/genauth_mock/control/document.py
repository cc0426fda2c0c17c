"""``GET /_mock/openapi.json``: the OpenAPI document of the control calls, to generate a client in any language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from genauth_mock.activity.events import EVENT_NAMES
from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.json_schema import TEXT, Schema, array, ref
from genauth_mock.control.schemas import SCHEMAS
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import TOKEN_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.control_call import ControlCall

_ABOUT: Final = (
    "What GenAuth does not have: users, messages, clock, faults, journal and settings of an offline server, "
    "for tests. The app meant is named by the header or the query parameter; else it is the default app."
)

_REFUSALS: Final[Mapping[str, str]] = {
    "400": "A name or value cannot be; the text names it and what it must be.",
    "401": "The server was started with a control token, and the call has not shown it.",
    "403": "The call comes from a web page of another origin, or names a host that is not allowed.",
    "404": "There is no such app, user or fault.",
    "503": "The server cannot reach its store.",
}

_SECURITY: Final[list[dict[str, list[str]]]] = [{}, {"bearer": []}, {"token": []}]
"""Nothing, or the control token in one of two headers."""

_EVENTS: Final[Schema] = {
    "operationId": "streamEvents",
    "summary": "Tell what happens, as server-sent events, until the reader leaves.",
    "parameters": [
        {"$ref": "#/components/parameters/appIdQuery"},
        {
            "name": "events",
            "in": "query",
            "description": f"Which are wanted, with commas between: {', '.join(EVENT_NAMES)}.",
            "schema": TEXT,
        },
        {
            "name": "last-event-id",
            "in": "header",
            "description": "Goes on after this event.",
            "schema": TEXT,
        },
        {"name": "lastEventId", "in": "query", "schema": TEXT},
    ],
    "responses": {
        "200": {"description": "The stream.", "content": {"text/event-stream": {"schema": TEXT}}},
        "400": {"$ref": "#/components/responses/400"},
    },
}

_DOCUMENT: Final[Schema] = {
    "operationId": "readDocument",
    "summary": "Give this document.",
    "responses": {
        "200": {
            "description": "The document.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
}


@cache
def control_document() -> bytes:
    """Write the document."""
    from importlib.metadata import version  # noqa: PLC0415 - the import takes longer than the rest of the module

    paths: dict[str, dict[str, Schema]] = {
        "/_mock/events": {"get": _EVENTS},
        "/_mock/openapi.json": {"get": _DOCUMENT},
    }
    for call in CONTROL_CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    document: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": "Control calls of the offline GenAuth",
            "version": version("aiogenauth"),
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "security": _SECURITY,
        "paths": dict(sorted(paths.items())),
        "components": _components(),
    }
    return write_json(document)


def _components() -> Schema:
    return {
        "schemas": dict(SCHEMAS),
        "parameters": {
            "appId": {"name": "x-genauth-app-id", "in": "header", "schema": TEXT},
            "appIdQuery": {"name": "appId", "in": "query", "schema": TEXT},
        },
        "responses": {
            status: {
                "description": description,
                "content": {"application/json": {"schema": ref("Error")}},
            }
            for status, description in _REFUSALS.items()
        },
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "token": {"type": "apiKey", "in": "header", "name": TOKEN_HEADER},
        },
    }


def _operation(call: ControlCall) -> Schema:
    operation: Schema = {
        "operationId": call.name,
        "summary": call.about,
        "parameters": [
            {"$ref": "#/components/parameters/appId"},
            {"$ref": "#/components/parameters/appIdQuery"},
            *(
                {"name": name, "in": "path", "required": True, "schema": TEXT}
                for name in re.findall(r"\{(\w+)\}", call.path)
            ),
            *({"name": name, "in": "query", "schema": each} for name, each in call.query.items()),
        ],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": call.answers}},
            },
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _REFUSALS},
        },
    }
    if call.body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": _taken(call)}}}
    return operation


def _taken(call: ControlCall) -> Schema:
    """Return what the body may be: one, or many where a call takes many."""
    if call.body is None or not call.listed:
        return call.body or {}
    many = array(call.body)
    listed: Schema = {
        "type": "object",
        "properties": {call.listed: many},
        "required": [call.listed],
    }
    return {"anyOf": [call.body, many, listed]}
