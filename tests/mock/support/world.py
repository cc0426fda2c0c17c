"""A world for rules: the pure engine on an empty app, at fixed times, with known codes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from attrs import define, evolve, field

from genauth_mock.engine import binding, codes
from genauth_mock.engine.accounts import User
from genauth_mock.engine.address import Email, Phone
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.context import CallContext
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.pass_code import CodeHistory, PassCode
from genauth_mock.engine.settings import Settings
from genauth_mock.storage.memory import MemoryRecords

T0 = datetime(2026, 1, 1, tzinfo=UTC)
BIND = "CHANNEL_BIND_PHONE"
UNBIND = "CHANNEL_UNBIND_PHONE"
MINE = Phone("+86", "18812348888")
NEW = Phone("+86", "13912345678")
ABROAD = Phone("+1", "18812348888")


class CountingRandomness:
    """Codes 100001, 100002, ...: every draw differs from the one before, every run is the same."""

    def __init__(self) -> None:
        self._drawn = itertools.count(1)

    def digits(self, length: int) -> str:
        """Draw the next code."""
        return f"{10 ** (length - 1) + next(self._drawn)}"

    def identifier(self) -> str:
        """Draw the next id."""
        return f"{next(self._drawn):024x}"

    def token(self) -> str:
        """Draw the next token."""
        return f"token-{next(self._drawn)}"


class ReadableTokenIssuer:
    """Tokens that can be read: JSON, signed by nobody."""

    issuer = "https://genauth.test/oidc"

    def signed(self, claims: Mapping[str, object]) -> str:
        """Write the claims down."""
        return json.dumps({"iss": self.issuer, **claims})

    def signed_by_secret(self, claims: Mapping[str, object], secret: str) -> str:  # noqa: ARG002 - not told
        """Write the claims down."""
        return self.signed(claims)

    def has_signed(self, token: str, now: datetime, secret: str | None) -> bool:  # noqa: ARG002 - as above
        """Say whether it is one of these tokens."""
        return f'"iss": "{self.issuer}"' in token

    def public_keys(self, now: datetime) -> dict[str, object]:  # noqa: ARG002 - they are none
        """Give no keys: nothing is signed."""
        return {"keys": []}

    def public_key(self) -> str:
        """Give no key: nothing is encrypted."""
        return ""

    def decrypted(self, text: str) -> str:
        """Read a text backwards."""
        return text[::-1]


def other_digits(code: str) -> str:
    """Give digits that are not those of a code."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def refusal(act: Callable[[], object]) -> Outcome | None:
    """Tell how the engine refused, if it did."""
    try:
        act()
    except Refusal as refused:
        return refused.outcome
    return None


@define
class World:
    """An app's state and its time; the engine acts on it."""

    records: MemoryRecords = field(factory=MemoryRecords)
    settings: Settings = field(factory=Settings)
    now: datetime = T0
    randomness: CountingRandomness = field(factory=CountingRandomness)

    def context(self, token: str | None = None) -> CallContext:
        """Give the next call its context."""
        return CallContext(
            self.records,
            self.settings,
            self.now,
            self.randomness,
            ReadableTokenIssuer(),
            "app",
            token,
        )

    def set(self, **settings: object) -> None:
        """Change settings by attribute name."""
        self.settings = evolve(self.settings, **settings)  # type: ignore[arg-type]  # the test says which

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def user(self, name: str | None = None, **attributes: object) -> str:
        """Make a user; give their access token."""
        context = self.context()
        made = User(self.randomness.identifier(), self.now, self.now, username=name)
        user = evolve(made, **attributes)  # type: ignore[arg-type]  # the test says which
        context.save(user)
        return context.sign_in(user, scope=None)

    def send(self, channel: str, address: Phone | Email) -> str:
        """Send a code; give its digits."""
        context = self.context()
        codes.send(context, channel, address)
        return context.issued[0].digits

    def bind(self, token: str, phone: Phone, digits: str) -> None:
        """Bind a phone."""
        binding.bind(self.context(token), PHONE, phone, digits)

    def code(self, digits: str) -> PassCode:
        """Look a code up by its digits."""
        sent = (code for history in self.records.all(CodeHistory) for code in history.codes)
        return next(code for code in sent if code.digits == digits)
