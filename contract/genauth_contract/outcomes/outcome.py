"""What an answer is, and what it has to be: an `Outcome`, told by its `ExpectedReply`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import is_object

ERROR_WORDS: Final = (
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "invalid_token",
    "unauthorized_client",
    "unsupported_grant_type",
)
"""What `error` may be where there is no envelope. Source: RFC 6749, section 5.2; RFC 6750."""


@attrs.frozen
class Answer:
    """One reply, as it came over the wire or out of the SDK.

    Attributes:
        http: HTTP status.
        body: The decoded JSON body, or the raw text where it was not JSON.
        headers: Lower-case response header names and values.
        sdk_error: Name of the error class the SDK raised; None on the wire or on success.
    """

    http: int
    body: object = attrs.field(repr=False)
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    sdk_error: str | None = None

    def field(self, name: str) -> object:
        """Return a field of the envelope, None where it is absent."""
        return self.body.get(name) if is_object(self.body) else None

    @property
    def data(self) -> Mapping[str, object]:
        """The `data` of the envelope; the whole body where there is no envelope."""
        data = self.field("data") if self.field("statusCode") is not None else self.body
        return data if is_object(data) else {}

    @property
    def summary(self) -> str:
        """The figures in short, without anything that may be somebody's."""
        if self.field("statusCode") is None:
            error = self.field("error")
            known = [word for word in ERROR_WORDS if word == error]
            return ", ".join([f"HTTP {self.http}", *known])
        return " / ".join(
            "-" if value is None else str(value)
            for value in (self.field("statusCode"), self.field("apiCode"))
        )


@attrs.frozen
class ExpectedReply:
    """What tells one outcome from another.

    Attributes:
        status_code: `statusCode` of the envelope; None where the answer has no envelope.
        api_code: `apiCode`; None when it is absent.
        message: The zh-CN text; None when any text that is not empty will do.
        http: HTTP status.
        error: OAuth's word for a refusal; None for a success, and in an envelope.
    """

    status_code: int | None
    api_code: int | None = None
    message: str | None = None
    http: int = 200
    error: str | None = None

    def __str__(self) -> str:
        """Show the figures in the order people quote them."""
        if self.status_code is None:
            return ", ".join([f"HTTP {self.http}", *([self.error] if self.error else [])])
        http = "" if self.http == 200 else f"HTTP {self.http}, "  # noqa: PLR2004 - the usual status
        return f"{http}{self.status_code} / {'-' if self.api_code is None else self.api_code}"


@attrs.frozen
class Outcome:
    """A named thing that can happen to a call, and every answer it may be told by.

    On the mock, and on whatever stands in for it, only `default` passes. On a live target the
    `alternatives` pass too; with `learn` anything passes and what was seen is written down.

    Attributes:
        name: The mock's name for it.
        default: The best current answer.
        alternatives: Answers other sources claim.
        evidence: What `default` rests on.
        source: Where that is written.
        sdk_error: The error class it becomes in the SDK; None for success.
        learn: Only a live run can say.
        names_fields: Request fields the message has to name.
        data: Expected fields of `data`: a value, or a predicate.
        http_too: Other HTTP statuses a live target may use.
    """

    name: str
    default: ExpectedReply
    evidence: Evidence
    source: str
    alternatives: tuple[ExpectedReply, ...] = ()
    sdk_error: str | None = None
    learn: bool = False
    names_fields: tuple[str, ...] = ()
    data: Mapping[str, object] = attrs.field(factory=dict[str, object])
    http_too: tuple[int, ...] = (201,)

    @property
    def is_success(self) -> bool:
        """Return whether the call did what was asked."""
        if self.default.status_code is None:
            return self.default.error is None
        return self.default.status_code == 200  # noqa: PLR2004 - the API's one success status

    def naming(self, *fields: str) -> Outcome:
        """Return the outcome whose message names these request fields."""
        return attrs.evolve(self, names_fields=fields)

    def with_data(self, **data: object) -> Outcome:
        """Return the outcome whose `data` has these values (or satisfies these predicates)."""
        return attrs.evolve(self, data=data)

    def as_question(self) -> Outcome:
        """Return the outcome as an open question: held on the mock, learned on live."""
        return attrs.evolve(self, learn=True, evidence=Evidence.UNKNOWN)
