"""A transport of the caller: what it raises becomes one of the SDK's errors."""

from __future__ import annotations

import pytest

from aiogenauth import AuthenticationClient, ReadOutcomeUnknown
from aiogenauth.protocol import Reply, Request


class Broken:
    """Raises what a socket would, with the token in its text."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    async def send(self, _request: Request, /) -> Reply:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError("canary"), TimeoutError("canary"), OSError(5, "canary")],
    ids=["reset", "timeout", "i/o"],
)
async def test_an_error_of_the_system_leaves_the_outcome_unknown(error: Exception) -> None:
    """A read may be sent again, and is; then its error is the SDK's, and quotes nothing."""
    transport = Broken(error)
    client = AuthenticationClient(
        "a", "https://x.example", access_token="t", transport=transport, retries=1
    )
    with pytest.raises(ReadOutcomeUnknown) as unknown:
        await client.get_profile()
    assert transport.asked == 2
    assert "canary" not in f"{unknown.value}{unknown.value.__cause__!r}"


async def test_a_mistake_in_a_transport_proves_nothing_and_is_chained() -> None:
    transport = Broken(LookupError("their own"))
    client = AuthenticationClient("a", "https://x.example", access_token="t", transport=transport)
    with pytest.raises(ReadOutcomeUnknown) as unknown:
        await client.get_profile()
    assert repr(unknown.value.__cause__) == "LookupError('their own')"
    assert transport.asked == 3
