"""The check made on every exchange, whatever the scenario expects of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from genauth_contract.api.call import ApiCall
from genauth_contract.api.openapi import OpenApi, Schema
from genauth_contract.outcomes.hiding import SHORTEST_SECRET, kind_of
from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.outcomes.outcome import Answer

ENVELOPE_FIELDS: Final = {"statusCode", "message", "apiCode", "requestId", "data"}
"""Source: API reference, CommonResponseDto."""

SUCCESS: Final = 200
DEMANDS: Final = (1635, 1636)
"""A sign-in that wants a further proof: the refusals that have data. Source: official SDKs."""
SERVER_ERROR: Final = 500
NOT_IMITATED: Final = 501

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NEVER_REPEATED: Final = {"code", "password", "secret"}
"""Kinds of secrets that no answer repeats; a token may be given again."""


class Validator(Protocol):
    """As much of a validator of jsonschema as is used here."""

    def iter_errors(self, instance: Any) -> Iterable[ValidationError]:  # noqa: ANN401 - decoded JSON
        """Return everything that breaks the schema."""
        ...


def problems(call: ApiCall, answer: Answer, document: OpenApi, *, exact: bool) -> list[str]:
    """Return what is wrong with an exchange, whatever was expected; empty if nothing is.

    Args:
        call: What was asked.
        answer: What came back over the wire.
        document: The OpenAPI document that describes the shape of `data`.
        exact: True for the mock and its stand-ins, which also keep the undocumented habits.
    """
    path = call.path.partition("?")[0]
    if answer.body == "" and document.is_bare(call.method, path, answer.http):
        return []
    if document.is_text(call.method, path, answer.http):
        return [] if _is_text(answer) else ["the body is not a text"]
    if not is_object(answer.body):
        return ["the body is not a JSON object"]
    found = list(_http_problems(answer))
    if call.has_envelope:
        found += _field_problems(answer)
    found += _shape_problems(call, answer, document)
    if exact:
        found += _habit_problems(call, answer.body)
        found += _surplus_problems(call, answer, document)
    return found + list(_echo_problems(call, answer))


def _http_problems(answer: Answer) -> Iterator[str]:
    status = answer.field("statusCode")
    if answer.http >= SERVER_ERROR and not _is_not_imitated(answer):
        yield f"HTTP status is {answer.http}"
    is_fault = isinstance(status, int) and status // 100 == SERVER_ERROR // 100
    if is_fault and status != NOT_IMITATED:
        yield f"statusCode is {status}, a fault of the server"
    if answer.http not in (200, 201) and status == SUCCESS:
        yield f"HTTP status {answer.http} carries statusCode 200"
    if "application/json" not in answer.headers.get("content-type", ""):
        yield "content-type is not application/json"


def _is_text(answer: Answer) -> bool:
    is_said = "text/plain" in answer.headers.get("content-type", "")
    return is_said and isinstance(answer.body, str)


def _is_not_imitated(answer: Answer) -> bool:
    """Return whether the mock says aloud that it does not imitate a call, with or without envelope."""
    said = answer.field("statusCode") == NOT_IMITATED or answer.field("error") is not None
    return answer.http == NOT_IMITATED and said


def _field_problems(answer: Answer) -> Iterator[str]:
    api_code = answer.field("apiCode")
    request_id = answer.field("requestId")
    if type(answer.field("statusCode")) is not int:
        yield "statusCode is not a number"
    if not isinstance(answer.field("message"), str):
        yield "message is not a text"
    if api_code is not None and type(api_code) is not int:
        yield "apiCode is not a number"
    if request_id is not None and not (isinstance(request_id, str) and _UUID.fullmatch(request_id)):
        yield "requestId is not a UUID"


def _habit_problems(call: ApiCall, body: Mapping[str, object]) -> Iterator[str]:
    if not call.has_envelope:
        if "error" in body and not body.get("error_description"):
            yield "error_description is absent"
        return
    if "requestId" not in body:
        yield "requestId is absent"
    for name in sorted(body.keys() - ENVELOPE_FIELDS):
        yield f"the envelope has an unknown field {name}"
    for name in sorted(ENVELOPE_FIELDS & body.keys()):
        if body[name] is None:
            yield f"{name} is null, where it would be left out"
    if body.get("statusCode") != SUCCESS and not body.get("message"):
        yield "message is empty"


def _surplus_problems(call: ApiCall, answer: Answer, document: OpenApi) -> Iterator[str]:
    """Return a problem if there is `data` where the document has none."""
    if not call.has_envelope or answer.field("data") is None:
        return
    path = call.path.partition("?")[0]
    if answer.field("statusCode") != SUCCESS:
        if answer.field("statusCode") not in DEMANDS:
            yield "a refusal has data"
    elif document.answer_schema(call.method, path) and not document.gives_data(call.method, path):
        yield "there is data, and this call gives none"


def _shape_problems(call: ApiCall, answer: Answer, document: OpenApi) -> Iterator[str]:
    if call.has_envelope and answer.field("statusCode") != SUCCESS:
        return
    schema = document.answer_schema(call.method, call.path.partition("?")[0], _documented(answer))
    if schema is None:
        return
    for error in _validator(schema).iter_errors(answer.body):
        where = ".".join(map(str, error.absolute_path)) or "the body"
        yield f"{where} breaks `{error.validator}` of the OpenAPI document"


def _documented(answer: Answer) -> int:
    """Return the HTTP status under which the document has an answer: a POST may be answered 201."""
    return SUCCESS if answer.http in (200, 201) or answer.field("statusCode") else answer.http


def _validator(schema: Schema) -> Validator:
    return Draft202012Validator(schema, format_checker=_FORMATS)


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or _MOMENT.fullmatch(value) is not None


_FORMATS: Final = FormatChecker(formats=())
_FORMATS.checks("date-time")(_is_moment)


def _echo_problems(call: ApiCall, answer: Answer) -> Iterator[str]:
    texts = {key: value for key, value in _texts(answer.body) if key != "requestId"}
    secrets = [value for key, value in _texts(call.body) if kind_of(key) in _NEVER_REPEATED]
    for secret in (*secrets, call.user.access_token):
        if len(secret) < SHORTEST_SECRET:
            continue
        for key, value in texts.items():
            if secret in value and _stands_alone(secret, value):
                yield f"{key} repeats a secret of the request"


def _stands_alone(secret: str, text: str) -> bool:
    """Return whether a text has a secret with neither a letter nor a digit beside it."""
    pattern = rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])"
    return re.search(pattern, text) is not None


def _texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if is_object(value):
        for name, inner in value.items():
            yield from _texts(inner, str(name))
    elif is_list(value):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str):
        yield key, value
