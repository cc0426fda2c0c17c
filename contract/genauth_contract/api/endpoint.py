"""How one operation of GenAuth is declared: path, request, answer, and everything it can end with.

The OpenAPI document is written from these declarations; see `genauth_contract.api.document`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.codes import TOO_MANY_REQUESTS
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.requests import (
    BODY_TOO_LARGE,
    INVALID_ARGUMENT,
    NOT_JSON,
    OK,
    STATED,
    UNKNOWN_APP,
)

Schema = Mapping[str, object]


@attrs.frozen
class Named:
    """A JSON schema that the document keeps under a name of its own."""

    name: str
    schema: Schema


UNENVELOPED: Final = ("/oidc/", "/cas-idp/")
"""How the paths of OpenID Connect and CAS begin, whose answers have no envelope."""

BARE: Final = frozenset({"/api/v3/system", "/mfa/token/introspection"})
"""Paths whose answers have no envelope, besides those. Source: API reference."""

Fields = Mapping[str, "Schema | Named"]


def record(name: str, required: Fields, optional: Fields | None = None) -> Named:
    """Return the schema of an object with these fields."""
    schema: dict[str, object] = {"type": "object", "properties": {**required, **(optional or {})}}
    if required:
        schema["required"] = list(required)
    return Named(name, schema)


def text(description: str = "", *, example: str = "", is_filled: bool = True) -> Schema:
    """Return the schema of a text; one that `is_filled` has at least one character."""
    schema: dict[str, object] = {"type": "string"}
    if description:
        schema["description"] = description
    if example:
        schema["examples"] = [example]
    return {**schema, "minLength": 1} if is_filled else schema


def one_of(*values: str) -> Schema:
    """Return the schema of a text that has one of these values."""
    return {"type": "string", "enum": list(values)}


def number(description: str = "") -> Schema:
    """Return the schema of a number."""
    return {"type": "number", "description": description} if description else {"type": "number"}


PROVIDERS: Final = (
    "oidc", "oauth2", "saml", "ldap", "ad", "cas", "azure-ad", "wechat", "google", "qq", "wechatwork",
    "dingtalk", "weibo", "github", "alipay", "apple", "baidu", "lark", "gitlab", "twitter", "facebook",
    "slack", "linkedin", "yidun", "qingcloud", "gitee", "instagram", "welink", "huawei", "honor", "xiaomi",
    "oppo", "aws", "amazon", "douyin", "kuaishou", "line", "sdbz",
)  # fmt: skip
"""The kinds of identity providers. Source: API reference, ExtIdpInfoDto and IdentityDto."""

ANY_TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


@attrs.frozen
class Endpoint:
    """One operation.

    Attributes:
        name: Last part of the path, unless another path ends alike; what the matrix and the reports call it.
        summary: What it does, in one sentence.
        request: What it is sent; None for an operation that is read by GET.
        data: What `data` holds on success, or the whole answer where there is no envelope.
        needs_user: Whether a user has to be signed in.
        ends: What it can end with, beside what every call of its kind can.
        path: Path below the host; empty for the usual one.
        method: Empty for POST where there is a request, and GET where there is none.
        operation_id: Name in the document; empty for `name` in camel case.
        flags: Optional query parameters that are true or false.
        asked: Query parameters that are needed, texts.
        is_bare: Whether a success has no envelope, and a refusal has one.
        is_text: Whether it answers with a text, no JSON.
        query: Other optional query parameters.
        others: What is answered under another HTTP status than 200.
        sdk_method: The method of the SDK that takes the same fields; empty for `name` with underscores.
    """

    name: str
    summary: str
    request: Named | None = None
    data: Named | None = None
    needs_user: bool = False
    ends: Sequence[Outcome] = ()
    path: str = ""
    method: str = ""
    operation_id: str = ""
    flags: Sequence[str] = ()
    asked: Sequence[str] = ()
    is_bare: bool = False
    is_text: bool = False
    query: Mapping[str, Schema] = attrs.field(factory=dict[str, Schema])
    others: Mapping[int, Named] = attrs.field(factory=dict[int, Named])
    sdk_method: str = ""

    @property
    def full_path(self) -> str:
        """The path below the host."""
        return self.path or f"/api/v3/{self.name}"

    @property
    def verb(self) -> str:
        """The HTTP method."""
        return self.method or ("POST" if self.request else "GET")

    @property
    def has_envelope(self) -> bool:
        """Whether a success comes in an envelope."""
        return not self.is_bare and not self.is_unenveloped

    @property
    def is_unenveloped(self) -> bool:
        """Whether no answer comes in an envelope, not even a refusal: OpenID Connect, CAS, and a few others."""
        return self.full_path.startswith(UNENVELOPED) or self.full_path in BARE

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Everything it can end with."""
        if self.is_unenveloped:
            return tuple(self.ends)
        user = (NOT_SIGNED_IN, USER_SUSPENDED) if self.needs_user else ()
        body = (INVALID_ARGUMENT, NOT_JSON, BODY_TOO_LARGE) if self.request else ()
        query = (INVALID_ARGUMENT,) if self.asked else ()
        done = STATED if self.is_bare else OK
        return (done, *self.ends, *user, TOO_MANY_REQUESTS, UNKNOWN_APP, *body, *query)
