"""What a token says, and what it has to say. Pure: the time is an argument."""

from collections.abc import Mapping
from typing import Final, NoReturn, cast

from attrs import field, frozen

from aiogenauth.errors import (
    InvalidInput,
    TokenExpired,
    TokenMalformed,
    TokenNotYetValid,
    TokenOfAnotherApp,
    TokenOfAnotherIssuer,
    TokenOfAnotherSignIn,
)
from aiogenauth.redaction import redacted

LEEWAY: Final = 30.0
"""Seconds that the clocks of two machines may be apart, where nothing else is said."""

LATEST: Final = 2.0**53
"""Seconds since 1970, forwards and back; a time beyond them is none. Source: RFC 7519, 2, with RFC 8259, 6."""

MOST_LEEWAY: Final = 600.0
"""Seconds; with more of them, expiry would mean little."""


class TokenClaims(dict[str, object]):
    """What a token says that was found to be good. A dict, by the names of the claims.

    Who it is about is shown, and nothing else: id tokens hold names and phone numbers.
    """

    @property
    def sub(self) -> str:
        """The id of the user; of the program, in a token of client credentials."""
        return self._text("sub")

    @property
    def scope(self) -> frozenset[str]:
        """What the token may be used for; empty where it does not say."""
        return frozenset(self._text("scope").split())

    @property
    def expires_at(self) -> float:
        """When its time is over, in seconds since 1970."""
        return cast("float", self["exp"])

    def __repr__(self) -> str:
        """Show who it is about."""
        return f"TokenClaims(sub={self.sub!r}, ...)"

    def _text(self, name: str) -> str:
        value = self.get(name)
        return value if isinstance(value, str) else ""


@frozen
class Expected:
    """What a token has to say.

    Attributes:
        issuer: Who issued it.
        audience: Whom it is for.
        nonce: The one that the sign-in began with; None for any.
        leeway: Seconds that clocks may be apart.
    """

    issuer: str
    audience: str
    nonce: str | None = field(default=None, repr=redacted)
    leeway: float = LEEWAY

    def check(self, claims: Mapping[str, object], now: float) -> None:
        """See that a token whose signature is right is for us, and for now.

        Args:
            claims: What it says.
            now: Seconds since 1970.

        Raises:
            TokenRejected: It is not; the class says why.
        """
        if now >= _moment(claims, "exp") + self.leeway:
            text = "the token has expired: refresh it, or let the user sign in again"
            raise TokenExpired(text)
        if "nbf" in claims and now < _moment(claims, "nbf") - self.leeway:
            text = "the token is not valid yet; if it should be, a clock is wrong"
            raise TokenNotYetValid(text)
        if claims.get("iss") != self.issuer:
            self._refuse_issuer(claims)
        audience = claims.get("aud")
        if audience != self.audience and not self._is_among(audience):
            text = f"the token was not issued for {self.audience}"
            raise TokenOfAnotherApp(text)
        if self.nonce is not None and claims.get("nonce") != self.nonce:
            text = (
                "the nonce of the token is not the one of this sign-in: let the user sign in again"
            )
            raise TokenOfAnotherSignIn(text)

    def _is_among(self, audience: object) -> bool:
        return isinstance(audience, list) and self.audience in audience

    def _refuse_issuer(self, claims: Mapping[str, object]) -> NoReturn:
        issuer = claims.get("iss")
        said = repr(issuer[:200]) if isinstance(issuer, str) else "nobody"
        text = (
            f"the token was issued by {said}, and not by {self.issuer!r}; "
            "if both are yours, say which with issuer=..."
        )
        raise TokenOfAnotherIssuer(text)


def checked_leeway(seconds: object) -> float:
    """Take a leeway: some seconds, and not so many that expiry means nothing.

    Raises:
        InvalidInput: It is not a number, negative, or more than ten minutes.
    """
    is_number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    if is_number and 0 <= cast("float", seconds) <= MOST_LEEWAY:
        return float(cast("float", seconds))
    text = f"leeway: give seconds, from 0 to {MOST_LEEWAY:.0f}"
    raise InvalidInput(text).with_facts(field="leeway")


def _moment(claims: Mapping[str, object], name: str) -> float:
    """Return a time of the token. `exp` has to be there, and NaN is later than nothing."""
    value = claims.get(name)
    if type(value) in {int, float}:
        moment = cast("float", value)
        if -LATEST < moment < LATEST:
            return moment
    text = f"the token has no {name} that is a time"
    raise TokenMalformed(text)
