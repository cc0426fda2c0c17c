"""What a control call is asked, and how it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from attrs import field

from genauth_mock.engine.address import plain_number, read_country_code, split_number
from genauth_mock.engine.context import HERE, Caller
from genauth_mock.engine.json_values import InvalidInput, unknown
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.value import frozen, json_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from genauth_mock.engine.context import CallContext
    from genauth_mock.runtime.deployment import Deployment


Json = dict[str, object]

LONGEST_WAIT_SECONDS: Final = 300
"""How long a call waits at most, in real time, for a message or a request."""

_MOST_DIGITS: Final = 20

Answer = TypeVar("Answer")
Shape = TypeVar("Shape")


class ControlError(Exception):
    """A control call that cannot be done, with the HTTP status and what to do instead."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@frozen
class ControlRequest:
    """One control call.

    Attributes:
        named_app: The app that the caller named, or None.
        path: The variable parts of the path.
        base_url: How the caller reached the server.
    """

    deployment: Deployment
    named_app: str | None
    query: Mapping[str, str]
    body: Mapping[str, object] = field(repr=False)
    path: Mapping[str, str]
    base_url: str = HERE

    @property
    def app_id(self) -> str:
        """The app that is meant: the one named, else the default one."""
        return self.named_app or self.deployment.options.app_id

    async def run(self, operation: Callable[[CallContext], Answer]) -> Answer:
        """Act on the app that is meant.

        Raises:
            ControlError: The app is unknown.
        """
        answer = await self.deployment.run(Caller(self.app_id, base_url=self.base_url), operation)
        if isinstance(answer, Refusal):
            message = f"app {self.app_id!r} is unknown here (--strict-apps): name it with --app-id"
            raise ControlError(message, status=404)
        return answer

    def read(self, shape: type[Shape]) -> Shape:
        """Read the body; every mistake in it is named.

        Raises:
            ControlError: The body has another shape.
        """
        from genauth_mock.engine import json_shapes  # noqa: PLC0415 - imports cattrs, a fifth of the start

        body = {name: value for name, value in self.body.items() if name != "appId"}
        try:
            return json_shapes.reader(shape)(body)
        except InvalidInput as error:
            raise ControlError(str(error)) from None


@json_shape
class NoFields:
    """A body that has nothing in it but ``appId``."""


def check_no_null(body: Mapping[str, object]) -> None:
    """Refuse null in the body of a call that destroys: a variable that is not set must not mean everything.

    Raises:
        ControlError: There is one.
    """
    for name, value in body.items():
        if value is None:
            message = f"{name} is null: give a value, or leave it out"
            raise ControlError(message)


def check_filters(query: Mapping[str, str], known: Collection[str]) -> None:
    """Refuse a query that does not say what it means: it would find, or destroy, everything.

    Raises:
        ControlError: It has a name that the call does not know, a value that is empty, or a name twice.
    """
    for name in sorted({*query} - {*known}):
        message = unknown("filter", name, known)
        raise ControlError(message)
    for name, value in query.items():
        if not value:
            message = f"{name} is empty: give a value, or leave it out"
            raise ControlError(message)
    names = [name for name, _ in query.items()]
    for name in {*names}:
        if names.count(name) > 1:
            message = f"{name} is given {names.count(name)} times: give one"
            raise ControlError(message)


def read_flag(query: Mapping[str, str], name: str) -> bool:
    """Read true or false; what is left out is false.

    Raises:
        ControlError: It is something else.
    """
    flags = {"": False, "false": False, "0": False, "true": True, "1": True}
    given = flags.get(query.get(name, "").lower())
    if given is None:
        message = f"{name} must be true or false"
        raise ControlError(message)
    return given


def with_plus(read: Callable[[str], str]) -> Callable[[str], str]:
    """Return a reader for which a leading space is the plus sign that it was before it came in a query."""
    return lambda value: read(f"+{value[1:]}" if value.startswith(" ") else value)


def number_asked(query: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Read the number that a query asks for, however it is written.

    Returns:
        The number without its country calling code, and that code with its plus sign; None for any.

    Raises:
        ControlError: It cannot be a number.
    """
    number, code = query.get("phoneNumber"), query.get("phoneCountryCode")
    try:
        wanted_code = read_country_code(code.strip()) if code else None
        read = with_plus(lambda text: plain_number(text, wanted_code))
        plain = read(number) if number else None
    except ValueError as error:
        text = str(error)
        message = text if text.startswith("phoneCountryCode") else f"phoneNumber must be {text}"
        raise ControlError(message) from None
    if plain is None or not plain.startswith("+"):
        return plain, wanted_code
    try:
        plain, its_code = split_number(plain)
    except ValueError as error:
        raise ControlError(str(error)) from None
    if wanted_code not in (None, its_code):
        message = f"phoneCountryCode is {wanted_code}, and phoneNumber begins with {its_code}"
        raise ControlError(message)
    return plain, its_code


def read_whole(query: Mapping[str, str], name: str, largest: int, default: int = 0) -> int:
    """Read a whole number from 0 to ``largest``.

    Raises:
        ControlError: It is something else.
    """
    text = query.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        text = "-1"
    number = int(text)
    if not 0 <= number <= largest:
        message = f"{name} must be a whole number from 0 to {largest}"
        raise ControlError(message)
    return number


def read_number(query: Mapping[str, str], name: str, largest: float, default: float = 0) -> float:
    """Read a number from 0 to ``largest``.

    Raises:
        ControlError: It is something else.
    """
    text = query.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= largest:
        message = f"{name} must be a number from 0 to {largest}"
        raise ControlError(message)
    return number
