"""Which phone each user of an account has: taken away for a scenario, and put back after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import attrs

from genauth_contract.api.call import BIND, UNBIND, ApiCall
from genauth_contract.api.calls.phone import bind_phone, send_sms, unbind_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.http import Caller, Unreachable
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.play.budget import Budget, ResendLimiter
from genauth_contract.play.clock import Clock
from genauth_contract.play.fixtures import NotPlayable, SignedOut
from genauth_contract.targets.account import Account
from genauth_contract.targets.codes.source import PassCodeSource

SUCCESS: Final = 200


@attrs.frozen
class Inbox:
    """What is texted to the phones of an account, by whatever calls."""

    codes: PassCodeSource = attrs.field(repr=False)
    time: Clock
    limiter: ResendLimiter

    def most_rested(self, phones: Iterable[Phone]) -> Phone:
        """Return the phone that can be texted first."""
        now = self.time.now()
        return min(phones, key=lambda phone: self.limiter.wait_seconds(phone, BIND, now))

    def wait_until_allowed(self, phone: Phone, channel: str) -> None:
        """Wait out what is left of the resend gap."""
        wait = self.limiter.wait_seconds(phone, channel, self.time.now())
        if wait:
            self.time.wait(wait, f"waiting until {phone} may be texted again")
        self.codes.forget()

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Ask the configured source."""
        return self.codes.code(phone, channel)

    def record_call(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        if call.texts_to and answer.field("statusCode") == SUCCESS:
            self.limiter.sent(*call.texts_to, self.time.now())


UNAUTHORIZED: Final = 401


def _left_behind(whose: str, current: Phone | None, wanted: Phone | None, why: Exception) -> str:
    """Say what an account has now instead of what it had before."""
    has = f"still has {current}" if current else "may have another phone"
    return f"{whose} {has} instead of {wanted or 'no phone'}: {why}"


SIGN_IN_AGAIN: Final = (
    "the configured access token has expired or was revoked: sign in again, and go on with --resume"
)


@attrs.define
class Bindings:
    """The phones that users of an account are found with. Only those of the account are touched.

    Attributes:
        note: Receives what a person has to know who thinks that the account is as it was made.
    """

    account: Account
    inbox: Inbox
    caller: Caller
    budget: Budget
    note: Callable[[str], None]
    _found: dict[User, Phone | None] = attrs.field(factory=dict[User, "Phone | None"], repr=False)

    def take_away(self, user: User) -> User:
        """Unbind the phone of a user, if they have one, and remember it.

        Raises:
            NotPlayable: The phone is not one of the account, or a call was refused.
        """
        phone = self._phone_of(user)
        self._found.setdefault(user, phone)
        if phone:
            self.note(
                f"{self._whose(user)} was found with {phone}: scenarios take it away and put it back; "
                "if a run was killed before, unbind it"
            )
            self._unbind(user, phone)
        return user

    def put_back(self) -> list[str]:
        """Bring back the phone every user was found with; return what could not be undone."""
        with self.budget.undoing():
            return [
                left for user, phone in self._found.items() if (left := self._put_back(user, phone))
            ]

    def _put_back(self, user: User, wanted: Phone | None) -> str:
        current: Phone | None = None
        try:
            current = self._phone_of(user)
            if current != wanted and current:
                self._unbind(user, current)
            if current != wanted and wanted:
                self._bind(user, wanted)
        except (NotPlayable, SignedOut, Unreachable) as error:
            return _left_behind(self._whose(user), current, wanted, error)
        return ""

    def _whose(self, user: User) -> str:
        return "the user" if user == self.account.user else "the second user"

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
        self.inbox.wait_until_allowed(phone, channel)
        self._must(send_sms(phone, channel))
        return self.inbox.code(phone, channel)

    def _must(self, call: ApiCall) -> Answer:
        answer = self.caller.call(call)
        self.inbox.record_call(call, answer)
        status = answer.field("statusCode")
        if status != SUCCESS:
            api_code = answer.field("apiCode")
            msg = f"set-up failed: {call.operation} was refused with {status} / {api_code}"
            if status == UNAUTHORIZED:
                msg = f"{msg}; {SIGN_IN_AGAIN}"
                raise SignedOut(msg)
            raise NotPlayable(msg)
        return answer
