"""What the envelopes of a deployment have besides figures and text, seen from a recording."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from genauth_contract.outcomes.models import JsonObject, is_object
from genauth_contract.records.recording import RecordedStep

_CREATED: Final = 201
_LIFE: Final = ("expires_in", "expire_in")
"""The two names that the life of a token goes by at sign-in. Source: API reference, and public clients."""


def envelope_of(steps: Iterable[RecordedStep]) -> JsonObject:
    """Return it as profiles of the mock have it; empty where no answer has an envelope."""
    seen = [
        (step.answer.get("http"), body)
        for step in steps
        if is_object(body := step.answer.get("body")) and "statusCode" in body
    ]
    if not seen:
        return {}
    bodies = [body for _, body in seen]
    named = {name for body in bodies for name in body}
    return {
        "idField": next((name for name in ("requestId", "uniqueId") if name in named), ""),
        "repeatsCode": any(body.get("code") is not None for body in bodies),
        "showsNulls": any("apiCode" in body and body["apiCode"] is None for body in bodies),
        "postStatus": _CREATED if any(http == _CREATED for http, _ in seen) else 200,
        "leftOut": _left_out(bodies),
    }


def _left_out(bodies: Iterable[JsonObject]) -> list[str]:
    """Return the name for the life of a token that no sign-in gives, where the other one is given."""
    given = {
        name
        for body in bodies
        if is_object(data := body.get("data"))
        for name in _LIFE
        if name in data
    }
    return [name for name in _LIFE if given and name not in given]
