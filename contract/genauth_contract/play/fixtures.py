"""The seam between a scenario and a target: who exists, what was texted, what time it is."""

from __future__ import annotations

from typing import Protocol

from genauth_contract.api.call import ApiCall
from genauth_contract.outcomes.models import (
    Client,
    PassCode,
    Phone,
    User,
)
from genauth_contract.outcomes.outcome import Answer, ExpectedReply


class SignedOut(Exception):
    """A token that somebody lent is no longer good: nothing after this says anything about the target."""


class NotPlayable(Exception):
    """The target cannot be brought into the state the scenario starts from."""


class Fixtures(Protocol):
    """Named arrangements, made anew for each scenario.

    Each has one implementation per kind of target: `MockFixtures` for the mock and its
    stand-ins, `LiveFixtures` for an account somebody owns on a real deployment.
    """

    def user_without_phone(self) -> User:
        """Return a user who can sign in with a password and has no phone."""
        ...

    def another_user(self) -> User:
        """Return a second user of the same user pool, without a phone."""
        ...

    def login_of(self, user: User) -> tuple[str, str]:
        """Return the username and the password of a user of these fixtures."""
        ...

    def client_credentials(self) -> Client:
        """Return the application, with the secret it proves itself with."""
        ...

    def fresh_phone(self) -> Phone:
        """Return a phone no user has; each call of one scenario gives another one."""
        ...

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Wait until this phone may be texted for this channel."""
        ...

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Return the code that was texted last."""
        ...

    def advance(self, seconds: float) -> None:
        """Wait: at once on the mock, really on a live target."""
        ...

    def advance_since_text(self, seconds: float) -> None:
        """Wait until this much has passed since the last text; reading its code may have taken a while."""
        ...

    def record_call(self, call: ApiCall, answer: Answer) -> None:
        """Record a call that was made: a text sent now delays the next one."""
        ...

    def restore(self) -> list[str]:
        """Leave every account as it was found; return what could not be undone."""
        ...


class MockControl(Protocol):
    """What only a mock can do: states no live account can be brought into."""

    def user(self, **fields: object) -> User:
        """Create a user with exactly these fields."""
        ...

    def change_user(self, user_id: str, **fields: object) -> None:
        """Change these fields of a user."""
        ...

    def change_settings(self, **settings: object) -> None:
        """Change settings of the application."""
        ...

    def answer_next(self, operation: str, reply: ExpectedReply) -> None:
        """Make the mock answer the next call of an operation like this."""
        ...

    def mailed(self, email: str, channel: str) -> PassCode:
        """Return the code that was mailed last; no mailbox of a live account is read."""
        ...
