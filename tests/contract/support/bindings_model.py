"""A model of the mock: what becomes of codes, phones and users as time passes."""

from __future__ import annotations

import attrs

from genauth_contract.api.call import BIND, UNBIND
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SENT_TOO_RECENTLY,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.phones import HAS_PHONE_ALREADY, NO_PHONE_BOUND, PHONE_TAKEN
from genauth_contract.outcomes.requests import OK

LIFETIME, GAP, ATTEMPTS = 300, 60, 1
NEVER_TEXTED = PassCode("000000000")


@attrs.define
class Code:
    """The newest code texted to a phone for a channel, as the model remembers it."""

    code: PassCode
    sent_at: float
    wrong: int = 0
    is_spent: bool = False

    def refusal(self, now: float) -> Outcome | None:
        """Say why the right digits would be refused; None when they would do."""
        if self.is_spent:
            return SPENT_CODE
        if self.wrong > ATTEMPTS:
            return BURNED_CODE
        return EXPIRED_CODE if now >= self.sent_at + LIFETIME else None

    def attempt(self, now: float, *, is_right: bool) -> Outcome:
        """Say what an attempt gives, and remember it."""
        refusal = self.refusal(now)
        if refusal:
            return refusal
        if not is_right:
            self.wrong += 1
            return WRONG_CODE
        self.is_spent = True
        return OK


@attrs.define
class Model:
    """What was texted, and who has bound what."""

    now: float = 0.0
    bound: dict[User, Phone] = attrs.field(factory=dict[User, Phone])
    codes: dict[tuple[Phone, str], Code] = attrs.field(factory=dict[tuple[Phone, str], Code])

    def send(self, phone: Phone, channel: str) -> Outcome:
        """Say what asking for a text gives."""
        last = self.codes.get((phone, channel))
        return SENT_TOO_RECENTLY if last and self.now < last.sent_at + GAP else OK

    def texted(self, phone: Phone, channel: str, code: PassCode) -> None:
        """Remember the code that was texted."""
        self.codes[phone, channel] = Code(code, self.now)

    def digits(self, phone: Phone | None, channel: str, *, is_right: bool) -> PassCode:
        """Give what somebody types who got that text, or one who mistypes it."""
        known = self.codes.get((phone, channel)) if phone else None
        if known is None:
            return NEVER_TEXTED
        return known.code if is_right else known.code.but_wrong()

    def bind(self, user: User, phone: Phone, *, is_right: bool) -> Outcome:
        """Say what binding a phone gives, and remember it."""
        if user in self.bound:
            return HAS_PHONE_ALREADY
        outcome = self._attempt(phone, BIND, is_right=is_right)
        if outcome is OK and phone in self.bound.values():
            return PHONE_TAKEN
        if outcome is OK:
            self.bound[user] = phone
        return outcome

    def unbind(self, user: User, *, is_right: bool) -> Outcome:
        """Say what unbinding the phone gives, and remember it."""
        phone = self.bound.get(user)
        if phone is None:
            return NO_PHONE_BOUND
        outcome = self._attempt(phone, UNBIND, is_right=is_right)
        if outcome is OK:
            del self.bound[user]
        return outcome

    def is_valid(self, phone: Phone, channel: str) -> bool:
        """Tell whether the code that was texted would do."""
        known = self.codes.get((phone, channel))
        return known is not None and known.refusal(self.now) is None

    def _attempt(self, phone: Phone, channel: str, *, is_right: bool) -> Outcome:
        known = self.codes.get((phone, channel))
        return known.attempt(self.now, is_right=is_right) if known else NO_CODE
