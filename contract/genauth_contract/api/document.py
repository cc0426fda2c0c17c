"""Makes the OpenAPI document of the declared endpoints; `python -m genauth_contract.api.document` prints it.

The offline GenAuth serves it, which finds `to_json` by an entry point: nothing here may import more than
the offline GenAuth has.
"""

from __future__ import annotations

import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from genauth_contract.api import calls
from genauth_contract.api.endpoint import (
    FLAG,
    Endpoint,
    Named,
    Schema,
    record,
)
from genauth_contract.api.fields import ENVELOPE, in_envelope
from genauth_contract.outcomes.models import is_list, is_object

TEXT: Final = "text/plain"

OAUTH_ERROR: Final = record(
    "OAuthError",
    {"error": {"type": "string", "description": "Such as invalid_client or invalid_grant."}},
    {"error_description": {"type": "string"}},
)

_HEAD: Final = {
    "openapi": "3.1.0",
    "info": {
        "title": "The part of the GenAuth V3 authentication API that the offline GenAuth answers",
        "version": "1.0.0",
        "description": (
            "Every operation with its request, its envelope and the outcomes it can end with "
            "(x-outcomes, named as in the contract). HTTP status is 200 for refusals too."
        ),
        "license": {"name": "MIT", "identifier": "MIT"},
    },
    "servers": [
        {
            "url": "https://{application}.genauth.ai",
            "variables": {"application": {"default": "example"}},
        }
    ],
}
_SECURITY: Final = {
    "app": {
        "type": "apiKey",
        "in": "header",
        "name": "x-genauth-app-id",
        "description": "The application; x-authing-app-id is taken as well.",
    },
    "user": {
        "type": "apiKey",
        "in": "header",
        "name": "authorization",
        "description": "The user's access token, raw or after `Bearer `.",
    },
}
_REFUSED: Final = "Refused, as OAuth 2.0 says it."
_NOT_IMITATED: Final = "A grant type that exists and is not imitated."


def every_endpoint() -> Iterator[Endpoint]:
    """Yield what the modules of `genauth_contract.api.calls` declare, group by group."""
    for module in sorted(pkgutil.iter_modules(calls.__path__), key=lambda one: one.name):
        for value in vars(import_module(f"{calls.__name__}.{module.name}")).values():
            if isinstance(value, Endpoint):
                yield value


def document() -> dict[str, object]:
    """Return the whole document."""
    schemas: dict[str, object] = {}
    paths: dict[str, dict[str, object]] = {}
    for endpoint in every_endpoint():
        specification = _resolved(_operation(endpoint), schemas)
        paths.setdefault(endpoint.full_path, {})[endpoint.verb.lower()] = specification
    too_many = {"description": "Too many requests from this user pool.", **_content(ENVELOPE)}
    components = {
        "schemas": schemas,
        "responses": {"TooManyRequests": _resolved(too_many, schemas)},
        "securitySchemes": _SECURITY,
    }
    return {**_HEAD, "paths": paths, "components": components}


def to_json() -> str:
    """Return the document as text, the same each time."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def _operation(endpoint: Endpoint) -> Schema:
    is_api = not endpoint.is_unenveloped
    specification: dict[str, object] = {
        "operationId": endpoint.operation_id or _camel_case(endpoint.name),
        "summary": endpoint.summary,
    }
    if endpoint.name != endpoint.full_path.rpartition("/")[2]:
        specification["x-operation"] = endpoint.name
    parameters = _parameters(endpoint)
    if parameters:
        specification["parameters"] = parameters
    if endpoint.request:
        kind = "json" if is_api else "x-www-form-urlencoded"
        specification["requestBody"] = {"required": True, **_content(endpoint.request, kind)}
    specification["responses"] = _api_answers(endpoint) if is_api else _oidc_answers(endpoint)
    needed: dict[str, list[str]] = {"app": []} if is_api else {}
    if endpoint.needs_user:
        needed["user"] = []
    specification["security"] = [needed] if needed else []
    specification["x-outcomes"] = [outcome.name for outcome in endpoint.outcomes]
    return specification


def _parameters(endpoint: Endpoint) -> list[Schema]:
    flag, text = {**FLAG, "default": False}, {"type": "string", "minLength": 1}
    return [
        *(
            {"name": name, "in": "path", "required": True, "schema": text}
            for name in re.findall(r"{(\w+)}", endpoint.full_path)
        ),
        *(
            {"name": name, "in": "query", "required": False, "schema": flag}
            for name in endpoint.flags
        ),
        *(
            {"name": name, "in": "query", "required": True, "schema": text}
            for name in endpoint.asked
        ),
        *(
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in endpoint.query.items()
        ),
    ]


def _api_answers(endpoint: Endpoint) -> Schema:
    if endpoint.is_bare:
        schema: Named | Schema = {"anyOf": [endpoint.data or {"type": "object"}, ENVELOPE]}
    else:
        schema = in_envelope(endpoint.data) if endpoint.data else ENVELOPE
    return {
        "200": {
            "description": "Success and every refusal: look into `statusCode`.",
            **_content(schema),
        },
        **{
            str(http): {"description": "Another answer.", **_content(other)}
            for http, other in endpoint.others.items()
        },
        "429": {"$ref": "#/components/responses/TooManyRequests"},
    }


def _oidc_answers(endpoint: Endpoint) -> Schema:
    """Describe each HTTP status that the outcomes are answered with."""
    given: dict[str, object] = {}
    for outcome in endpoint.outcomes:
        if outcome.is_success:
            given[str(outcome.default.http)] = _success(endpoint)
    refusals = {one.default.http for one in endpoint.outcomes if not one.is_success}
    for http in sorted(refusals):
        said = _NOT_IMITATED if http == 501 else _REFUSED  # noqa: PLR2004 - HTTP's own
        given[str(http)] = {"description": said, **_content(OAUTH_ERROR)}
    return given


def _success(endpoint: Endpoint) -> dict[str, object]:
    if endpoint.is_text:
        return {"description": "A text.", "content": {TEXT: {"schema": {"type": "string"}}}}
    body = _content(endpoint.data) if endpoint.data else {}
    return {"description": "Not enveloped." if body else "Without a body.", **body}


def _content(schema: Named | Schema, kind: str = "json") -> dict[str, object]:
    return {"content": {f"application/{kind}": {"schema": schema}}}


def _resolved(node: object, schemas: dict[str, object]) -> object:
    """Return the node with references for named schemas, which are collected by name."""
    if isinstance(node, Named):
        if node.name not in schemas:
            schemas[node.name] = None  # a place in the order of the document
            schemas[node.name] = _resolved(node.schema, schemas)
        return {"$ref": f"#/components/schemas/{node.name}"}
    if is_object(node):
        return {key: _resolved(value, schemas) for key, value in node.items()}
    return [_resolved(one, schemas) for one in node] if is_list(node) else node


def _camel_case(name: str) -> str:
    first, *others = name.replace("/", "-").split("-")
    return first + "".join(word.capitalize() for word in others)


if __name__ == "__main__":
    sys.stdout.write(to_json())
