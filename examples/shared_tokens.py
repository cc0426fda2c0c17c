"""Tokens of one user, kept fresh by many processes that share a Redis: `redis://localhost:6379`.

A refresh token may work once. So of all processes one refreshes, holding a lock; the others find
the new tokens in the store. A process asks only when what it has is no longer good: if the store
has other tokens by then, somebody else was faster.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs
from redis.asyncio import Redis

from aiogenauth import AuthenticationClient, NotSignedIn, SignIn

if TYPE_CHECKING:
    from redis.asyncio.lock import Lock

LOCK_SECONDS: Final = 30.0
"""How long a refresh may take; a process that dies meanwhile holds the others up no longer."""


class SharedTokens:
    """A token provider: `client.as_user(SharedTokens(client, redis, user_id))`."""

    def __init__(self, client: AuthenticationClient, redis: Redis, user_id: str) -> None:
        self._client, self._redis = client, redis
        self._key = f"tokens:{user_id}"
        self._given: str | None = None

    async def keep(self, tokens: SignIn) -> None:
        """Store tokens, as after a sign-in."""
        fields = attrs.asdict(tokens)
        fields["expires_at"] = tokens.expires_at and tokens.expires_at.isoformat()
        await self._redis.set(self._key, json.dumps(fields))

    async def __call__(self) -> SignIn:
        """Give tokens that are newer than those given before."""
        lock: Lock = self._redis.lock(f"{self._key}:lock", timeout=LOCK_SECONDS)
        async with lock:
            tokens = await self._stored()
            if tokens.access_token == self._given:
                tokens = await self._refreshed(tokens)
            self._given = tokens.access_token
            return tokens

    async def _stored(self) -> SignIn:
        stored: Any = await self._redis.get(self._key)
        if stored is None:
            text = "this user has not signed in"
            raise NotSignedIn(text)
        fields = json.loads(stored)
        if fields["expires_at"] is not None:
            fields["expires_at"] = datetime.fromisoformat(fields["expires_at"])
        return SignIn(**fields)

    async def _refreshed(self, old: SignIn) -> SignIn:
        new = await self._client.get_new_access_token_by_refresh_token(old.refresh_token or "")
        new = attrs.evolve(new, refresh_token=new.refresh_token or old.refresh_token)
        await self.keep(new)
        return new


async def main(redis_url: str, user_id: str) -> None:
    """Show who somebody is who signed in somewhere else. GENAUTH_* configures the client."""
    redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    async with AuthenticationClient() as client, redis:
        user = client.as_user(SharedTokens(client, redis, user_id))
        print((await user.get_profile()).user_id)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
