"""What a call of the API is, and what it may answer besides the envelope's data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from attrs import evolve, field

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen
from genauth_mock.http.messages import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.engine.context import CallContext

Json = dict[str, object]
Data = Json | list[object]
"""What stands in the envelope as ``data``."""

Shape = TypeVar("Shape")


@frozen
class Bare:
    """An answer without envelope, as OpenID Connect has them: JSON, or bytes of any other type."""

    content: Json | bytes = field(repr=False)
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    content_type: str = JSON


Answer = Data | Bare | Refusal | None
"""What the engine says to a call."""


class Operation(Protocol):
    """Answers one call: gives the envelope's ``data``, or None where the call has none; raises `Refusal`."""

    def __call__(
        self, context: CallContext, body: Mapping[str, object], query: Mapping[str, str], /
    ) -> Data | Bare | None:
        """Answer the call."""
        ...


@frozen
class Call:
    """One imitated call of the API.

    Attributes:
        other_method: A second method that is taken, or empty.
        signs: Whether it needs the signing key.
        takes_form: Whether its body is a form instead of JSON.
        is_partial: Whether it says ``NOT_IMITATED`` to some of what it may be asked.
        takes_headers: Whether it is shown the headers of its request, as a browser sends them.
        twin: Another call at the same path, by another method.
    """

    method: str
    path: str
    operation: Operation
    other_method: str = ""
    signs: bool = False
    takes_form: bool = False
    is_partial: bool = False
    takes_headers: bool = False
    twin: Call | None = None


def post(
    path: str,
    shape: type[Shape],
    answer: Callable[[CallContext, Shape], Data | Bare | None],
    *,
    signs: bool = False,
) -> Call:
    """Make a call that anybody may make."""
    reader = reader_of(shape)

    def operation(
        context: CallContext, body: Mapping[str, object], _: Mapping[str, str]
    ) -> Data | Bare | None:
        return answer(context, reader()(body))

    return Call("POST", path, operation, signs=signs)


def signs_in(
    path: str, shape: type[Shape], answer: Callable[[CallContext, Shape], Data | Bare | None]
) -> Call:
    """Make a call that anybody may make, and that signs somebody in on the device that its headers tell of."""
    return evolve(post(path, shape, answer, signs=True), takes_headers=True)


def signed_in(
    path: str, shape: type[Shape], answer: Callable[[CallContext, Shape], Data | Bare | None]
) -> Call:
    """Make a call of a signed-in user; that the token is looked at before the body is assumed."""
    reader = reader_of(shape)

    def operation(
        context: CallContext, body: Mapping[str, object], _: Mapping[str, str]
    ) -> Data | Bare | None:
        context.session()
        return answer(context, reader()(body))

    return Call("POST", path, operation)


def takes_password(call: Call) -> Call:
    """Return a call that is sent a password: it needs the key to decrypt one, and SM2 is not imitated."""
    return evolve(call, signs=True, is_partial=True)


def asks(path: str, answer: Callable[[CallContext], Data], *, signs: bool = False) -> Call:
    """Make a call that is asked by GET, without anything in the query."""
    return Call("GET", path, lambda context, _, __: answer(context), signs=signs)


def reads(path: str, answer: Callable[[CallContext, Mapping[str, str]], Data]) -> Call:
    """Make a call of a signed-in user that is asked by GET; ``answer`` takes the query."""

    def operation(
        context: CallContext, _: Mapping[str, object], query: Mapping[str, str]
    ) -> Data | Bare | None:
        context.session()
        return answer(context, query)

    return Call("GET", path, operation)


def checked_first(call: Call, check: Callable[[CallContext], object]) -> Call:
    """Return a call with a check that comes before its body is looked at, and may refuse."""
    answer = call.operation

    def operation(
        context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
    ) -> Data | Bare | None:
        check(context)
        return answer(context, body, query)

    return evolve(call, operation=operation)


def reader_of(shape: type[Shape]) -> Callable[[], Callable[[Mapping[str, object]], Shape]]:
    """Return a function that makes the reader of a shape once, when the first body comes.

    The reader refuses with ``INVALID_ARGUMENT``, and names every field that is wrong.
    """

    @cache
    def made() -> Callable[[Mapping[str, object]], Shape]:
        from genauth_mock.engine import json_shapes  # noqa: PLC0415 - imports cattrs, a fifth of the start

        read_object = json_shapes.reader(shape, json_shapes.API)

        def read(body: Mapping[str, object]) -> Shape:
            try:
                return read_object(body)
            except InvalidInput as error:
                raise Refusal(
                    Outcome.INVALID_ARGUMENT,
                    ",".join(map(str, error.problems)),  # Source: live tests of the Node SDK
                    why={"rule": "request body"},
                ) from None

        return read

    return made
