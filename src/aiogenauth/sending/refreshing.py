"""Tokens that last: refreshed shortly before they expire, or once they are refused."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

import attrs
from attrs import define, field

from aiogenauth.errors import ConfigurationError, InvalidInput
from aiogenauth.redaction import Secret
from aiogenauth.sending.tokens import OnRefresh, TokenSource, notice

if TYPE_CHECKING:
    from aiogenauth import shapes

Refresh = Callable[[str], Awaitable["shapes.SignIn"]]
"""Exchanges a refresh token."""


def lasting(
    tokens: shapes.SignIn, refresh: Refresh, on_refresh: OnRefresh | None
) -> Secret | TokenSource:
    """Return what the calls of a user take their token from.

    Args:
        tokens: Of a sign-in or an exchange; without a refresh token they end when they end.
        refresh: Exchanges the refresh token.
        on_refresh: Stores the new tokens.

    Raises:
        InvalidInput: There is no refresh token, and somebody waits for new tokens; or `on_refresh`
            cannot be called.
    """
    if on_refresh is not None and not callable(cast("object", on_refresh)):
        message = "on_refresh: give an async function that takes the new tokens"
        raise InvalidInput(message).with_facts(field="on_refresh")
    if tokens.refresh_token is None:
        if on_refresh is None:
            return Secret(tokens.access_token)
        message = "on_refresh: these tokens cannot be refreshed; sign in with scope offline_access"
        raise InvalidInput(message).with_facts(field="on_refresh")
    source = TokenSource(
        Refreshing(tokens, refresh, on_refresh), is_of_one_user=True, keeps_all=True
    )
    source.hold(tokens)
    return source


@define(eq=False)
class Refreshing:
    """A token provider that refreshes. The source that asks it sees that it runs once at a time.

    GenAuth may give a new refresh token each time, or let the old one live: what comes is kept,
    and what does not come is kept from before. New tokens that could not be stored are not used,
    and not lost either: the next call stores them first.

    Attributes:
        tokens: Those in use.
        refresh: Exchanges the refresh token.
        on_refresh: Stores the new tokens.
    """

    tokens: shapes.SignIn
    refresh: Refresh = field(repr=False)
    on_refresh: OnRefresh | None = field(repr=False)
    _unstored: shapes.SignIn | None = field(default=None, init=False)
    _running: asyncio.Task[shapes.SignIn] | None = field(default=None, init=False, repr=False)

    async def __call__(self) -> shapes.SignIn:
        """Return new tokens, once they are stored."""
        if self._unstored is None:
            self._unstored = await self._once()
        new = self._unstored
        if self.on_refresh is not None:
            await self._store(self.on_refresh, new)
        self.tokens, self._unstored = new, None
        return new

    @staticmethod
    async def _store(on_refresh: OnRefresh, new: shapes.SignIn) -> None:
        storing: object = on_refresh(new)
        if not inspect.isawaitable(storing):
            message = "on_refresh: the function must be `async def`, or return an awaitable"
            raise ConfigurationError(message).with_facts(field="on_refresh")
        await storing

    async def _once(self) -> shapes.SignIn:
        """Refresh, and go on with it when nobody waits any more: the old token may be used up."""
        if self._running is None or not self._goes_on(self._running):
            self._running = asyncio.create_task(self._refreshed())
            self._running.add_done_callback(notice)
        running = self._running
        new = running.result() if running.done() else await asyncio.shield(running)
        self._running = None
        return new

    @staticmethod
    def _goes_on(running: asyncio.Task[shapes.SignIn]) -> bool:
        """Whether it goes on here, or has brought tokens that nobody waited for."""
        if running.done():
            return not running.cancelled() and running.exception() is None
        return running.get_loop() is asyncio.get_running_loop()

    async def _refreshed(self) -> shapes.SignIn:
        old = self.tokens
        new = await self.refresh(old.refresh_token or "")
        return attrs.evolve(
            new,
            refresh_token=new.refresh_token or old.refresh_token,
            id_token=new.id_token or old.id_token,
        )
