"""What a control call is request, and how it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from genauth_mock.engine.context import HERE, Caller
from genauth_mock.engine.outcomes import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from genauth_mock.engine.context import CallContext
    from genauth_mock.runtime.deployment import Deployment


Json = dict[str, object]
Answer = TypeVar("Answer")


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

    def text(self, name: str) -> str | None:
        """Read a text of the body, or None where it is absent or null.

        Raises:
            ControlError: It is something else.
        """
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            message = f"{name} must be a string"
            raise ControlError(message)
        return value

    def check_names(self, *names: str) -> None:
        """Refuse names that the body should not have, so that a slip does not pass unseen.

        Raises:
            ControlError: Names the unknown ones and the known ones.
        """
        unknown = sorted(set(self.body) - {*names, "appId"})
        if unknown:
            message = f"unknown: {', '.join(unknown)}; there are: {', '.join(names)}"
            raise ControlError(message)


def check_filters(query: Mapping[str, str], there: Collection[str]) -> None:
    """Refuse a query that filters by what there is not, which would find everything.

    Raises:
        ControlError: Names the unknown ones and the known ones.
    """
    unknown = sorted({name for name, value in query.items() if value} - {*there})
    if unknown:
        message = f"{', '.join(unknown)} is no filter; there are: {', '.join(there)}"
        raise ControlError(message)


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


def is_e164(number: str) -> bool:
    """Tell whether a number begins with its country calling code; in a query its plus sign may have become a space."""
    return number[:1] in {"+", " "}


def split_e164(number: str) -> tuple[str, str]:
    """Split a whole number by Google's metadata: the number, and its country calling code with its plus sign.

    Raises:
        ControlError: It begins with no country calling code.
    """
    import phonenumbers  # noqa: PLC0415 - as above

    try:
        parsed = phonenumbers.parse(f"+{number.strip(' +')}")
    except phonenumbers.NumberParseException:
        message = "phoneNumber must be a number without its country calling code, or one in E.164"
        raise ControlError(message) from None
    return phonenumbers.national_significant_number(parsed), f"+{parsed.country_code}"
