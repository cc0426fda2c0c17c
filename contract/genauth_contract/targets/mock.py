"""Fixtures on a mock: users are made, texts are read and time is skipped under `/_mock/`."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final

import attrs
import httpx

from genauth_contract.api.call import ApiCall
from genauth_contract.api.exchange import TooMuch, exchanged
from genauth_contract.api.http import Application, Unreachable
from genauth_contract.outcomes.models import (
    Client,
    PassCode,
    Phone,
    User,
    is_list,
    is_object,
)
from genauth_contract.outcomes.outcome import Answer, ExpectedReply
from genauth_contract.play.budget import ResendLimiter
from genauth_contract.play.fixtures import NotPlayable

Json = Mapping[str, object]


@attrs.frozen
class Control:
    """Drives an application of a mock, or of whatever answers under `/_mock/` as one does."""

    client: httpx.Client
    application: Application

    def made_user(self, fields: Mapping[str, object]) -> User:
        """Create a user with exactly these fields."""
        return User(str(self.post("users", fields).get("accessToken")))

    def newest_code(self, query: Mapping[str, str], whom: str) -> PassCode:
        """Read the newest message of the outbox.

        Raises:
            NotPlayable: There is none; `whom` says in the text to whom it would have been.
        """
        messages = self._answered("GET", "messages", params=query).get("messages")
        if not is_list(messages) or not messages:
            msg = f"the outbox has no message to {whom} for {query['channel']}"
            raise NotPlayable(msg)
        newest = messages[0]
        return PassCode(str(newest["passCode"] if is_object(newest) else ""))

    def post(self, name: str, body: Json) -> Json:
        """Send a control call that changes something.

        Raises:
            NotPlayable: It is refused.
            Unreachable: Nobody answers.
        """
        return self._answered("POST", name, body=body)

    def change(self, name: str, body: Json) -> Json:
        """Send a control call that changes what is there.

        Raises:
            NotPlayable: It is refused.
            Unreachable: Nobody answers.
        """
        return self._answered("PATCH", name, body=body)

    def _answered(
        self,
        method: str,
        name: str,
        *,
        body: Json | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Json:
        request = self.client.build_request(
            method,
            f"{self.application.host}/_mock/{name}",
            json=body,
            params=params,
            headers={"x-genauth-app-id": self.application.app_id},
        )
        try:
            came = exchanged(self.client, request)
        except (httpx.HTTPError, TooMuch) as error:
            why = str(error) if isinstance(error, TooMuch) else type(error).__name__
            msg = f"/_mock/{name}: no answer ({why})"
            raise Unreachable(msg) from error
        answered = came.content()
        if came.status != HTTPStatus.OK or not is_object(answered):
            msg = f"/_mock/{name} answered HTTP {came.status}, or no JSON object"
            raise NotPlayable(msg)
        return answered


FIRST_NUMBER: Final = 18800000001
"""China reserves no numbers for tests, so this may be somebody's; a mock texts nobody."""


@attrs.define
class MockFixtures:
    """Fixtures on a mock, or on whatever answers under `/_mock/` as one does.

    Each has an application of its own, so scenarios never see one another.
    """

    control: Control
    limiter: ResendLimiter = attrs.field(factory=ResendLimiter)
    _skipped: float = 0.0
    _numbers: Iterator[int] = attrs.field(factory=lambda: itertools.count(FIRST_NUMBER))
    _people: Iterator[int] = attrs.field(factory=lambda: itertools.count(1))
    _logins: dict[User, tuple[str, str]] = attrs.field(
        factory=dict[User, tuple[str, str]], repr=False
    )

    def user_without_phone(self) -> User:
        """Create a user with a username and a password."""
        username, password = f"user-{next(self._people)}", secrets.token_hex(8)
        user = self.control.made_user({"username": username, "password": password})
        self._logins[user] = username, password
        return user

    def login_of(self, user: User) -> tuple[str, str]:
        """Return what the user was created with."""
        return self._logins[user]

    def another_user(self) -> User:
        """Create one more."""
        return self.user_without_phone()

    def client_credentials(self) -> Client:
        """Return the application, with a secret that the mock knows or never asks for."""
        application = self.control.application
        return Client(application.app_id, application.app_secret)

    def fresh_phone(self) -> Phone:
        """Return the next number."""
        return Phone(str(next(self._numbers)))

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Skip what is left of the resend gap."""
        wait = self.limiter.wait_seconds(phone, channel, self._skipped)
        if wait:
            self.advance(wait)

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Read the newest message of the outbox."""
        query = {"phoneNumber": phone.number, "channel": channel}
        return self.control.newest_code(query, str(phone))

    def advance(self, seconds: float) -> None:
        """Skip time on the application's clock."""
        self.control.post("clock", {"advanceSeconds": seconds})
        self._skipped += seconds

    def advance_since_text(self, seconds: float) -> None:
        """Skip all of it: a code is read at once here."""
        self.advance(seconds)

    def record_call(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        if call.texts_to and answer.field("statusCode") == 200:  # noqa: PLR2004 - success
            self.limiter.sent(*call.texts_to, self._skipped)

    def restore(self) -> list[str]:
        """Nothing to do: the application is never used again."""
        return []


def fresh_app_id() -> str:
    """Return an application id nobody used before."""
    return f"contract-{secrets.token_hex(6)}"


def fresh_secret() -> str:
    """Return a secret nobody used before."""
    return secrets.token_hex(16)


@attrs.frozen
class HttpMockControl:
    """Brings an application of a mock into states no live account can be brought into."""

    control: Control

    def user(self, **fields: object) -> User:
        """Create a user with exactly these fields."""
        return self.control.made_user(fields)

    def change_user(self, user_id: str, **fields: object) -> None:
        """Change these fields of a user."""
        self.control.change(f"users/{user_id}", fields)

    def change_settings(self, **settings: object) -> None:
        """Change settings of the application."""
        self.control.post("settings", settings)

    def answer_next(self, operation: str, reply: ExpectedReply) -> None:
        """Inject a fault that applies to one request."""
        fields = {
            "statusCode": reply.status_code,
            "apiCode": reply.api_code,
            "message": reply.message,
        }
        self.control.post("faults", {"route": operation, "times": 1, **fields})

    def mailed(self, email: str, channel: str) -> PassCode:
        """Read the newest message of the outbox."""
        return self.control.newest_code({"email": email, "channel": channel}, "the e-mail address")
