"""What this service remembers of a browser, by a random name in a cookie. No framework."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from aiogenauth import AuthenticationClient, AuthorizeUrl, SignIn

COOKIE: Final = "session"
SECONDS: Final = 14 * 24 * 3600
"""How long a browser keeps the cookie."""


@define
class SignInBegun:
    """What has to come back with the browser, and what goes with the code."""

    state: str
    nonce: str
    code_verifier: str

    @classmethod
    def by(cls, link: AuthorizeUrl) -> SignInBegun:
        """Keep what a link carries."""
        return cls(link.state or "", link.nonce or "", link.code_verifier or "")

    def is_answered_by(self, state: str) -> bool:
        """Tell whether the browser that came back is the one that was sent away."""
        return hmac.compare_digest(self.state.encode(), state.encode())


@define(eq=False)
class Session:
    """A user who is signed in.

    Attributes:
        tokens: The newest ones; refreshed ones replace them before they are used.
        user: Makes calls in the name of the user.
    """

    tokens: SignIn = field(repr=False)
    user: AuthenticationClient = field(init=False, repr=False)

    def lasts(self, client: AuthenticationClient) -> Session:
        """Refresh the tokens by itself from now on."""
        self.user = client.as_user(self.tokens, on_refresh=self._keep)
        return self

    async def _keep(self, tokens: SignIn) -> None:
        self.tokens = tokens


@define
class Sessions:
    """In memory, which is enough for one process; several keep theirs in Redis or a database."""

    _begun: dict[str, SignInBegun] = field(factory=dict[str, SignInBegun])
    _signed_in: dict[str, Session] = field(factory=dict[str, Session])

    def begin(self, link: AuthorizeUrl) -> str:
        """Remember a browser that is sent away; return its cookie."""
        cookie = secrets.token_urlsafe(32)
        self._begun[cookie] = SignInBegun.by(link)
        return cookie

    def come_back(self, cookie: str, state: str) -> SignInBegun | None:
        """Give what was remembered, once; None for a browser that was not sent away from here."""
        begun = self._begun.pop(cookie, None)
        return begun if begun is not None and begun.is_answered_by(state) else None

    def sign_in(self, session: Session) -> str:
        """Remember a user; return a new cookie, as the old one may be known to somebody else."""
        cookie = secrets.token_urlsafe(32)
        self._signed_in[cookie] = session
        return cookie

    def find(self, cookie: str) -> Session | None:
        """Give the session of a cookie."""
        return self._signed_in.get(cookie)

    def sign_out(self, cookie: str) -> Session | None:
        """Forget a session and give it a last time."""
        return self._signed_in.pop(cookie, None)
