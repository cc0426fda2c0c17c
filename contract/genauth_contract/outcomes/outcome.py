"""An answer, and what it has to be: an `Outcome` with its `ExpectedReply`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.outcomes.evidence import (
    STRONGEST_FIRST,
    Claim,
    Evidence,
    Field,
    Source,
    assumed,
    weakest,
)
from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.outcomes.sources import UNDER_HTTP_200

ERROR_WORDS: Final = (
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "invalid_token",
    "redirect_uri_mismatch",
    "unauthorized_client",
    "unsupported_grant_type",
)
"""The values of `error` in an answer without an envelope. Source: RFC 6749, section 5.2; RFC 6750."""


USUAL_HTTP: Final = 200
"""The HTTP status of nearly every answer, refusals too. Source: public captures."""


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
        """The `data` of the envelope; the whole body where there is no envelope.

        A list is `items`, and a text `text`.
        """
        data = self.field("data") if self.field("statusCode") is not None else self.body
        if is_list(data):
            return {"items": data}
        if isinstance(data, str):
            return {"text": data}
        return data if is_object(data) else {}

    @property
    def summary(self) -> str:
        """The numbers in short, without anything that may be somebody's."""
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
        sdk_error: The error class it becomes in the SDK, where that is another one than the outcome's.
    """

    status_code: int | None
    api_code: int | None = None
    message: str | None = None
    http: int = USUAL_HTTP
    error: str | None = None
    sdk_error: str | None = None

    @property
    def fields(self) -> dict[Field, object]:
        """What it says, field by field; what is absent or free is left out."""
        said = {
            Field.HTTP: self.http,
            Field.STATUS_CODE: self.status_code,
            Field.API_CODE: self.api_code,
            Field.TEXT: self.message,
            Field.ERROR: self.error,
        }
        return {field: value for field, value in said.items() if value is not None}

    def __str__(self) -> str:
        """Show the numbers in the order people quote them."""
        if self.status_code is None:
            return ", ".join([f"HTTP {self.http}", *([self.error] if self.error else [])])
        http = "" if self.http == USUAL_HTTP else f"HTTP {self.http}, "
        return f"{http}{self.status_code} / {'-' if self.api_code is None else self.api_code}"


@attrs.frozen
class Outcome:
    """A named thing that can happen to a call, and every answer that stands for it.

    On the mock, and on whatever stands in for it, only `default` passes. On a live target the
    `alternatives` pass too; with `learn` anything passes and what was seen is written down.

    Attributes:
        name: The mock's name for it.
        default: The best current answer.
        alternatives: Answers other sources claim.
        sources: What fixes fields of `default`.
        why: What the rest was inferred from, and where the rule itself is written.
        sdk_error: The error class it becomes in the SDK; None for success.
        learn: Only a live run can say.
        is_question: Whether a scenario asks it as an open question.
        names_fields: Request fields the message has to name.
        data: Expected fields of `data`: a value, or a predicate.
        http_too: Other HTTP statuses a live target may use.
    """

    name: str
    default: ExpectedReply
    sources: tuple[Source, ...]
    why: str
    alternatives: tuple[ExpectedReply, ...] = ()
    sdk_error: str | None = None
    learn: bool = False
    is_question: bool = False
    names_fields: tuple[str, ...] = ()
    data: Mapping[str, object] = attrs.field(factory=dict[str, object])
    http_too: tuple[int, ...] = (201,)

    @property
    def is_success(self) -> bool:
        """Return whether the call did what was asked."""
        if self.default.status_code is None:
            return self.default.error is None
        return self.default.status_code == 200  # noqa: PLR2004 - the API's one success status

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every field that `default` has, each with the strongest of the sources that fix it."""
        inferred = assumed(self.why)
        return tuple(
            Claim(
                field, value, min(_fixing(self.sources, field, value), default=inferred, key=_rank)
            )
            for field, value in self.default.fields.items()
        )

    @property
    def evidence(self) -> Evidence:
        """How strongly the weakest field is supported."""
        if self.is_question:
            return Evidence.UNKNOWN
        return weakest([claim.source.level for claim in self.claims])

    @property
    def source(self) -> str:
        """What each field rests on, in short; the usual HTTP status is left out."""
        by_source: dict[str, list[str]] = {}
        for claim in self.claims:
            if (claim.field, claim.value) != (Field.HTTP, USUAL_HTTP):
                key = claim.source.key
                named = f"{key}, {claim.source.what}" if key == "assumed" else key
                by_source.setdefault(named, []).append(claim.field)
        found = "; ".join(f"{', '.join(fields)}: {key}" for key, fields in by_source.items())
        return found or self.why

    def naming(self, *fields: str) -> Outcome:
        """Return the outcome whose message names these request fields."""
        return attrs.evolve(self, names_fields=fields)

    def with_data(self, **data: object) -> Outcome:
        """Return the outcome whose `data` has these values (or satisfies these predicates)."""
        return attrs.evolve(self, data=data)

    def as_question(self) -> Outcome:
        """Return the outcome as an open question: held on the mock, learned on live."""
        return attrs.evolve(self, learn=True, is_question=True)

    def as_known(self) -> Outcome:
        """Return the outcome as one that is held everywhere."""
        return attrs.evolve(self, learn=False, is_question=False)


def _fixing(sources: tuple[Source, ...], field: Field, value: object) -> list[Source]:
    return [one for one in (*sources, UNDER_HTTP_200) if one.supports(field, value)]


def _rank(source: Source) -> int:
    return STRONGEST_FIRST.index(source.level)
