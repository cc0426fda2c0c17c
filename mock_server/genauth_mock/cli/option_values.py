"""What the values of options must be, and which variable of the environment is none of ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable

ENVIRONMENT: Final = "GENAUTH_MOCK_"
"""What the environment variable of every option begins with."""


def not_empty(read: Callable[[str], object] = str) -> Callable[[Any, Any, Any], Any]:
    """Make the callback of an option that must not be empty, as it is where a shell variable is not set.

    Args:
        read: Raises ValueError with what the value must be, where it is something else.
    """

    def check(_: click.Context, __: click.Parameter, value: Any) -> Any:  # noqa: ANN401 - click's own signature
        each: str | None
        for each in cast("tuple[str | None, ...]", value) if isinstance(value, tuple) else (value,):
            if each is not None:
                _check(each, read)
        return value  # pyright: ignore[reportUnknownVariableType] - whatever click made of it

    return check


def _check(text: str, read: Callable[[str], object]) -> None:
    if not text.strip():
        msg = "must not be empty: leave the option out, or give a value"
        raise click.BadParameter(msg)
    try:
        read(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _token(text: str) -> None:
    from genauth_mock.runtime.options import check_token  # noqa: PLC0415 - keeps --help fast

    check_token(text)


def hosts(text: str) -> None:
    """Check the host names in a text."""
    from genauth_mock.runtime.host_names import read_hosts  # noqa: PLC0415 - keeps --help fast

    read_hosts([text])


def public_url(text: str) -> None:
    """Check the URL where callers reach a server."""
    from genauth_mock.runtime.host_names import read_public_url  # noqa: PLC0415 - keeps --help fast

    read_public_url(text)


a_token: Final = not_empty(_token)

_LINK: Final = ("tcp://", "udp://", "sctp://")
"""What Kubernetes and ``docker --link`` put into the variable. Source: their documents, on a Service's variables."""


def port_of_environment() -> str | None:
    """Return the port that ``GENAUTH_MOCK_PORT`` names.

    Kubernetes sets that variable, too, in every pod beside a Service named ``genauth-mock``, to ``tcp://IP:PORT``: that
    is another port than ours.
    """
    given = os.environ.get(f"{ENVIRONMENT}PORT", "").strip()
    return None if not given or given.lower().startswith(_LINK) else given


class PortOption(click.Option):
    """The option ``--port``."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:  # noqa: ARG002 - click's own signature
        """Return the value of the environment."""
        return port_of_environment()
