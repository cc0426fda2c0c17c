"""Any sequence of sends, binds, unbinds and waits keeps the promises of a small reference model."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from genauth_mock.engine import binding
from genauth_mock.engine.accounts import User
from genauth_mock.engine.address import Phone
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.outcomes import Outcome, Refusal
from tests.mock.support.world import World

PHONES = [Phone("+86", f"1881234000{n}") for n in range(3)]
USERS = [0, 1, 2]
BIND, UNBIND = PHONE.bind_channel, PHONE.unbind_channel

phones = st.sampled_from(PHONES)
users = st.sampled_from(USERS)
guesses = st.sampled_from(["the code", "a wrong code", "an older code"])


@define
class Sent:
    """What the model knows of the last code sent to a number for a channel."""

    digits: str
    at: float
    wrong: int = 0
    used: bool = False

    def works(self, now: float) -> bool:
        """Whether it may still be used."""
        return not self.used and self.wrong <= 1 and now - self.at < 300


class PhoneLife(RuleBasedStateMachine):
    """The engine beside a model of a few lines."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.tokens = [self.world.user(f"user{n}") for n in USERS]
        self.phone_of: dict[int, Phone] = {}
        self.sent: dict[tuple[str, Phone], Sent] = {}
        self.older = "999999"
        self.now = 0.0

    @rule(seconds=st.sampled_from([1, 59, 60, 61, 239, 240, 300]))
    def time_passes(self, seconds: int) -> None:
        """The clock goes on."""
        self.now += seconds
        self.world.pass_time(seconds)

    @rule(phone=phones, channel=st.sampled_from([BIND, UNBIND]))
    def send(self, phone: Phone, channel: str) -> None:
        """A code is sent, unless one was within the minute."""
        last = self.sent.get((channel, phone))
        outcome, digits = self._send(channel, phone)
        if last is not None and self.now - last.at < 60:
            assert outcome is Outcome.SENT_TOO_RECENTLY
            return
        assert outcome is Outcome.OK
        self.older = last.digits if last else self.older
        self.sent[channel, phone] = Sent(digits, self.now)

    @rule(user=users, phone=phones, guess=guesses)
    def bind(self, user: int, phone: Phone, guess: str) -> None:
        """A user tries to bind a phone."""
        sent = self.sent.get((BIND, phone))
        digits = self._digits(sent, guess)
        outcome = self._outcome(
            lambda: binding.bind(self.world.context(self.tokens[user]), PHONE, phone, digits)
        )
        if user in self.phone_of:
            assert outcome is Outcome.HAS_PHONE_ALREADY
        elif self._redeemed(sent, digits):
            taken = phone in self.phone_of.values()
            assert outcome is (Outcome.PHONE_TAKEN if taken else Outcome.OK)
            if not taken:
                self.phone_of[user] = phone
        else:
            assert outcome is not Outcome.OK, "no success without a code"

    @rule(user=users, guess=guesses)
    def unbind(self, user: int, guess: str) -> None:
        """A user tries to unbind their phone."""
        phone = self.phone_of.get(user)
        sent = self.sent.get((UNBIND, phone)) if phone else None
        digits = self._digits(sent, guess)
        outcome = self._outcome(
            lambda: binding.unbind(self.world.context(self.tokens[user]), PHONE, digits)
        )
        if phone is None:
            assert outcome is Outcome.NO_PHONE_BOUND
        elif self._redeemed(sent, digits):
            assert outcome is Outcome.OK
            del self.phone_of[user]
        else:
            assert outcome is not Outcome.OK, "no success without a code"

    @invariant()
    def every_phone_has_one_owner_and_profiles_agree(self) -> None:
        """What the engine holds is what the model holds."""
        context = self.world.context()
        held = {user.username: user.phone for user in self.world.records.all(User)}
        assert held == {f"user{n}": self.phone_of.get(n) for n in USERS}
        for phone in PHONES:
            owner = context.owner(PHONE, phone)
            assert (owner is not None) == (phone in self.phone_of.values())
            assert owner is None or owner.phone == phone

    def _redeemed(self, sent: Sent | None, digits: str) -> bool:
        """Let the model redeem the code, and say whether it worked."""
        if sent is None or not sent.works(self.now):
            return False
        if sent.digits == digits:
            sent.used = True
            return True
        sent.wrong += 1
        return False

    def _digits(self, sent: Sent | None, guess: str) -> str:
        if guess == "an older code":
            return self.older
        return sent.digits if sent is not None and guess == "the code" else "000000"

    def _send(self, channel: str, phone: Phone) -> tuple[Outcome, str]:
        try:
            return Outcome.OK, self.world.send(channel, phone)
        except Refusal as refusal:
            return refusal.outcome, ""

    def _outcome(self, act: Callable[[], object]) -> Outcome:
        try:
            act()
        except Refusal as refusal:
            return refusal.outcome
        return Outcome.OK


PhoneLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestPhoneLife = PhoneLife.TestCase
