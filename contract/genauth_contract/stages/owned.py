"""The stage of a live deployment: accounts and phones somebody owns, left as they were found."""

from __future__ import annotations

from typing import Final

import attrs

from genauth_contract.budget import Budget
from genauth_contract.calls import (
    BIND,
    UNBIND,
    ApiCall,
    bind_phone,
    get_profile,
    send_sms,
    unbind_phone,
)
from genauth_contract.clock import Waiting
from genauth_contract.codes.source import PassCodeSource
from genauth_contract.expect import Answer
from genauth_contract.json_values import is_object
from genauth_contract.pacing import Pacing
from genauth_contract.people import Client, PassCode, Phone, User
from genauth_contract.stage import NotPlayable
from genauth_contract.wire import Application, Caller, Unreachable

PHONES: Final = ("GENAUTH_CONTRACT_PHONE", "GENAUTH_CONTRACT_OTHER_PHONE")
"""Variables that hold the phones of the account, in the order they are asked for."""

SUCCESS: Final = 200
UNAUTHORIZED: Final = 401

_MAYBE_EXPIRED: Final = (
    "; the configured access token may have expired: sign in again, and go on with --resume"
)

_BODY_PHONE: Final = "phoneNumber"


@attrs.frozen
class Account:
    """What somebody owns on a live deployment. Empty parts are not configured.

    Attributes:
        application: Whose API is called.
        user: A user without a phone who can sign in with a password.
        other: A second one.
        phones: Two phones no user has, whose texts can be read.
        username: Username of `user`.
        password: Password of `user`.
    """

    application: Application
    user: User
    other: User
    phones: tuple[Phone, ...]
    username: str = attrs.field(default="", repr=False)
    password: str = attrs.field(default="", repr=False)


@attrs.define
class OwnedStage:
    """A stage on an account somebody owns. Nothing outside `Account` is ever touched."""

    account: Account
    caller: Caller
    codes: PassCodeSource = attrs.field(repr=False)
    time: Waiting
    pacing: Pacing
    budget: Budget
    needed: set[str] = attrs.field(factory=set[str])
    _handed_out: list[Phone] = attrs.field(factory=list[Phone])
    _found: dict[User, Phone | None] = attrs.field(factory=dict[User, "Phone | None"], repr=False)

    def user_without_phone(self) -> User:
        """Give the user, after taking away a phone of ours they still have."""
        self.needed.add("GENAUTH_ACCESS_TOKEN")
        return self._without_phone(self.account.user)

    def another_user(self) -> User:
        """Give the second user, likewise."""
        self.needed.add("GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN")
        return self._without_phone(self.account.other)

    def login_of(self, user: User) -> tuple[str, str]:
        """Give the username and password the user was configured with."""
        if user != self.account.user:
            msg = "only the first user's password is known"
            raise NotPlayable(msg)
        self.needed |= {"GENAUTH_CONTRACT_USERNAME", "GENAUTH_CONTRACT_PASSWORD"}
        return self.account.username, self.account.password

    def client_credentials(self) -> Client:
        """Give the application, with the secret that was configured."""
        self.needed.add("GENAUTH_APP_SECRET")
        application = self.account.application
        return Client(application.app_id, application.app_secret)

    def fresh_phone(self) -> Phone:
        """Give the phone that has rested longest and was not given to this scenario yet."""
        self.needed |= set(PHONES[: len(self._handed_out) + 1])
        left = [phone for phone in self.account.phones if phone not in self._handed_out]
        if not left:
            msg = "the scenario needs more phones than there are"
            raise NotPlayable(msg)
        now = self.time.now()
        phone = min(left, key=lambda phone: self.pacing.wait_seconds(phone, BIND, now))
        self._handed_out.append(phone)
        return phone

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Wait out what is left of the resend gap."""
        wait = self.pacing.wait_seconds(phone, channel, self.time.now())
        if wait:
            self.time.wait(wait, f"waiting until {phone} may be texted again")
        self.codes.forget()

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Ask the configured source."""
        return self.codes.code(phone, channel)

    def advance(self, seconds: float) -> None:
        """Really wait."""
        self.time.wait(seconds, "letting time pass")

    def noted(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        body = call.body
        if call.operation == "send-sms" and is_object(body) and _BODY_PHONE in body:
            number = str(body[_BODY_PHONE])
            phone = next((one for one in self.account.phones if one.number == number), None)
            if phone and answer.field("statusCode") == SUCCESS:
                self.pacing.sent(phone, str(body.get("channel")), self.time.now())

    def restore(self) -> list[str]:
        """Bring back the phone every user had before the scenario."""
        with self.budget.undoing():
            return [
                left for user, phone in self._found.items() if (left := self._put_back(user, phone))
            ]

    def _put_back(self, user: User, wanted: Phone | None) -> str:
        whose = "the user" if user == self.account.user else "the second user"
        try:
            current = self._phone_of(user)
            if current != wanted and current:
                self._unbind(user, current)
            if current != wanted and wanted:
                self._bind(user, wanted)
        except (NotPlayable, Unreachable) as error:
            return f"{whose} was not brought back to {wanted or 'no phone'}: {error}"
        return ""

    def _without_phone(self, user: User) -> User:
        phone = self._phone_of(user)
        self._found.setdefault(user, phone)
        if phone:
            self._unbind(user, phone)
        return user

    def _phone_of(self, user: User) -> Phone | None:
        answer = self._must(get_profile(user))
        number = answer.data.get("phone")
        if not number:
            return None
        ours = next((one for one in self.account.phones if one.number == number), None)
        if ours is None:
            msg = "a configured user has a phone that was not configured; it is left alone"
            raise NotPlayable(msg)
        return ours

    def _unbind(self, user: User, phone: Phone) -> None:
        self._must(unbind_phone(user, self._text(phone, UNBIND)))

    def _bind(self, user: User, phone: Phone) -> None:
        self._must(bind_phone(user, phone, self._text(phone, BIND)))

    def _text(self, phone: Phone, channel: str) -> PassCode:
        self.before_texting(phone, channel)
        self._must(send_sms(phone, channel))
        return self.codes.code(phone, channel)

    def _must(self, call: ApiCall) -> Answer:
        answer = self.caller.call(call)
        self.noted(call, answer)
        status = answer.field("statusCode")
        if status != SUCCESS:
            api_code = answer.field("apiCode")
            msg = f"{call.operation} was refused while setting up: {status} / {api_code}"
            msg += _MAYBE_EXPIRED if status == UNAUTHORIZED else ""
            raise NotPlayable(msg)
        return answer
