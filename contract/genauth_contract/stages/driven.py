"""The stage of a mock: users are made, texts are read and time is skipped under `/_mock/`."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator, Mapping
from typing import Final

import attrs
import httpx

from genauth_contract.calls import ApiCall
from genauth_contract.expect import Answer, Figures
from genauth_contract.json_values import is_list, is_object
from genauth_contract.pacing import Pacing
from genauth_contract.people import HOME_COUNTRY, Client, PassCode, Phone, User
from genauth_contract.stage import NotPlayable
from genauth_contract.wire import Application, Unreachable

FIRST_NUMBER: Final = 18800000001
"""China reserves no numbers for tests, so this may be somebody's; a mock texts nobody."""

Json = Mapping[str, object]


@attrs.define
class DrivenStage:
    """A stage on a mock, or on whatever answers under `/_mock/` as one does.

    Each stage has an application of its own, so scenarios never see one another.
    """

    client: httpx.Client
    application: Application
    pacing: Pacing = attrs.field(factory=Pacing)
    _skipped: float = 0.0
    _numbers: Iterator[int] = attrs.field(factory=lambda: itertools.count(FIRST_NUMBER))
    _people: Iterator[int] = attrs.field(factory=lambda: itertools.count(1))
    _logins: dict[User, tuple[str, str]] = attrs.field(
        factory=dict[User, tuple[str, str]], repr=False
    )

    def user_without_phone(self) -> User:
        """Create a user with a username and a password."""
        return self.user(username=f"user-{next(self._people)}", password=secrets.token_hex(8))

    def login_of(self, user: User) -> tuple[str, str]:
        """Give what the user was created with."""
        return self._logins[user]

    def another_user(self) -> User:
        """Create one more."""
        return self.user_without_phone()

    def client_credentials(self) -> Client:
        """Give the application, with a secret that the mock knows or never asks for."""
        return Client(self.application.app_id, self.application.app_secret)

    def fresh_phone(self) -> Phone:
        """Give the next number."""
        return Phone(str(next(self._numbers)))

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Skip what is left of the resend gap."""
        wait = self.pacing.wait_seconds(phone, channel, self._skipped)
        if wait:
            self.advance(wait)

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Read the newest message of the outbox."""
        return self._newest({"phoneNumber": phone.number, "channel": channel}, str(phone))

    def mailed(self, email: str, channel: str) -> PassCode:
        """Read the newest message of the outbox."""
        return self._newest({"email": email, "channel": channel}, "the e-mail address")

    def advance(self, seconds: float) -> None:
        """Skip time on the application's clock."""
        self._control("POST", "clock", {"advanceSeconds": seconds})
        self._skipped += seconds

    def noted(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        body = call.body
        if call.operation != "send-sms" or not is_object(body):
            return
        if answer.field("statusCode") == 200:  # noqa: PLR2004 - success
            phone = Phone(
                str(body.get("phoneNumber")), str(body.get("phoneCountryCode") or HOME_COUNTRY)
            )
            self.pacing.sent(phone, str(body.get("channel")), self._skipped)

    def restore(self) -> list[str]:
        """Nothing to do: the application is never used again."""
        return []

    def user(self, **fields: str) -> User:
        """Create a user with exactly these fields."""
        made = self._control("POST", "users", dict(fields))
        user = User(str(made.get("accessToken")))
        self._logins[user] = fields.get("username", ""), fields.get("password", "")
        return user

    def change_settings(self, **settings: object) -> None:
        """Change settings of the application."""
        self._control("POST", "settings", settings)

    def answer_next(self, operation: str, figures: Figures) -> None:
        """Inject a fault that befalls one request."""
        told = {
            "statusCode": figures.status_code,
            "apiCode": figures.api_code,
            "message": figures.message,
        }
        self._control("POST", "faults", {"route": operation, "times": 1, **told})

    def _newest(self, query: Mapping[str, str], whom: str) -> PassCode:
        messages = self._control("GET", "messages", query=query).get("messages")
        if not is_list(messages) or not messages:
            msg = f"the outbox has no message to {whom} for {query['channel']}"
            raise NotPlayable(msg)
        newest = messages[0]
        return PassCode(str(newest["passCode"] if is_object(newest) else ""))

    def _control(
        self,
        method: str,
        name: str,
        body: Json | None = None,
        *,
        query: Mapping[str, str] | None = None,
    ) -> Json:
        try:
            response = self.client.request(
                method,
                f"{self.application.host}/_mock/{name}",
                json=body,
                params=query,
                headers={"x-genauth-app-id": self.application.app_id},
            )
        except httpx.HTTPError as error:
            msg = f"/_mock/{name}: no answer ({type(error).__name__})"
            raise Unreachable(msg) from error
        if not response.is_success:
            msg = f"/_mock/{name} answered HTTP {response.status_code}"
            raise NotPlayable(msg)
        answered: Json = response.json()
        return answered


def fresh_app_id() -> str:
    """Return an application id nobody used before."""
    return f"contract-{secrets.token_hex(6)}"


def fresh_secret() -> str:
    """Return a secret nobody used before."""
    return secrets.token_hex(16)
