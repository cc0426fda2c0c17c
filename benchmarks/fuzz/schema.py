"""Requests drawn by schemathesis from the OpenAPI document: half of them fit it, half of them break it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import requests
import schemathesis
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzz.bodies import alike_in_every_run
from benchmarks.fuzz.mutations import END_OF_HEAD
from genauth_contract.api.document import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "http://127.0.0.1"


def operations() -> list[Any]:
    """Give every operation of the document."""
    schema: Any = schemathesis.openapi.from_dict(json.loads(to_json()))
    return [each.ok() for each in schema.get_all_operations()]


def drawn_from_schema(number: int) -> Iterator[bytes]:
    """Give requests for every operation, the same in every run.

    Args:
        number: How many for each.
    """
    for operation in operations():
        yield from _drawn(operation, number)


def _drawn(operation: Any, number: int) -> list[bytes]:  # noqa: ANN401 - schemathesis' own
    found: list[bytes] = []

    @alike_in_every_run(number)
    @given(st.one_of(operation.as_strategy(), _broken(operation)))
    def draw(case: Any) -> None:  # noqa: ANN401 - as above
        found.append(as_bytes(requests.Request(**case.as_transport_kwargs(base_url=BASE))))

    draw()
    return found


def _broken(operation: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - as above
    """Draw what breaks the document; an operation that takes nothing has nothing to break."""
    if operation.body or operation.query or operation.headers:
        mode = schemathesis.GenerationMode.NEGATIVE
        return cast("st.SearchStrategy[Any]", operation.as_strategy(generation_mode=mode))
    return cast("st.SearchStrategy[Any]", operation.as_strategy())


def as_bytes(request: requests.Request) -> bytes:
    """Write a request as it goes over the wire."""
    ready = request.prepare()
    body: Any = ready.body or b""
    content: bytes = body.encode() if isinstance(body, str) else body
    lines = [f"{ready.method} {ready.path_url} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {_text(value)}" for name, value in ready.headers.items()]
    return "\r\n".join(lines).encode("latin-1", "replace") + END_OF_HEAD + content


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
