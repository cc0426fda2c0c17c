"""The mints of a deployment: one key, and one issuer for each way in which callers reach it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from genauth_mock.caller import HERE
from genauth_mock.jose import JwtMint, Signer, fresh_signer, signer_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Mints:
    """Gives mints; the key that they sign with is made when the first of them is needed.

    Args:
        shared_key: Offers a signing key; gives the one that was offered first.
    """

    def __init__(self, shared_key: Callable[[str], Awaitable[str]]) -> None:
        self._shared_key = shared_key
        self._signer: Signer | None = None
        self._base_url = HERE
        self._latest = self._here = JwtMint(f"{HERE}/oidc", self._ready_signer)

    async def ready(self) -> Signer:
        """See that the key is there before a call that makes tokens, without keeping other calls waiting."""
        if self._signer is None:
            made = await asyncio.to_thread(fresh_signer)
            key = await self._shared_key(made.private_key)
            is_ours = key == made.private_key
            self._signer = made if is_ours else await asyncio.to_thread(signer_of, key)
        return self._signer

    def of(self, base_url: str) -> JwtMint:
        """Give the mint of an issuer; callers mostly come one way, so that of the last one is kept."""
        if base_url is HERE:
            return self._here
        if base_url != self._base_url:
            self._base_url = base_url
            self._latest = JwtMint(f"{base_url}/oidc", self._ready_signer)
        return self._latest

    def _ready_signer(self) -> Signer:
        if self._signer is None:
            message = "Mints.ready was not awaited before a move that makes tokens"
            raise RuntimeError(message)
        return self._signer
