"""The offline GenAuth inside tests: the pytest fixture, in process, respx, aiohttp.

pytest imports this package in every run, so it imports nothing until a name is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genauth_mock.testing.fixture import GenAuthServer, NewUser, NoPassCode
    from genauth_mock.testing.session import GenAuthMockServer

__all__ = ["GenAuthMockServer", "GenAuthServer", "NewUser", "NoPassCode"]


def __getattr__(name: str) -> object:
    """Return a name of `genauth_mock.testing.fixture` or `genauth_mock.testing.session`."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from genauth_mock.testing import fixture, session  # noqa: PLC0415 - see the docstring

    return getattr(session if name == "GenAuthMockServer" else fixture, name)
