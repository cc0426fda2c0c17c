"""A live deployment as a target: what has to be configured, and how a scenario is set up on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs
import phonenumbers

from genauth_contract.api.call import ApiCall
from genauth_contract.api.http import Application, Caller, is_url
from genauth_contract.checks.checker import Step
from genauth_contract.outcomes.models import (
    Client,
    PassCode,
    Phone,
    User,
)
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.play.budget import Budget, BudgetedCaller, ResendLimiter
from genauth_contract.play.clock import Clock
from genauth_contract.play.fixtures import NotPlayable, SignedOut
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.secrets import Secrets
from genauth_contract.play.target import ScenarioSetup
from genauth_contract.targets.account import PHONES, Account
from genauth_contract.targets.codes.source import PassCodeSource
from genauth_contract.targets.phones import SIGN_IN_AGAIN, UNAUTHORIZED, Bindings, Inbox


@attrs.define
class LiveFixtures:
    """Fixtures on an account somebody owns. Nothing outside `Account` is ever touched."""

    account: Account
    inbox: Inbox
    bindings: Bindings
    needed: set[str] = attrs.field(factory=set[str])
    _handed_out: list[Phone] = attrs.field(factory=list[Phone])
    _texted_at: float = 0.0

    def user_without_phone(self) -> User:
        """Return the user, after taking away a phone of ours they still have."""
        self.needed.add("GENAUTH_ACCESS_TOKEN")
        return self.bindings.take_away(self.account.user)

    def another_user(self) -> User:
        """Return the second user, likewise."""
        self.needed.add("GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN")
        return self.bindings.take_away(self.account.other)

    def login_of(self, user: User) -> tuple[str, str]:
        """Return the username and password the user was configured with."""
        if user != self.account.user:
            msg = "only the first user's password is known"
            raise NotPlayable(msg)
        self.needed |= {"GENAUTH_CONTRACT_USERNAME", "GENAUTH_CONTRACT_PASSWORD"}
        return self.account.username, self.account.password

    def client_credentials(self) -> Client:
        """Return the application, with the secret that was configured."""
        self.needed.add("GENAUTH_APP_SECRET")
        application = self.account.application
        return Client(application.app_id, application.app_secret)

    def fresh_phone(self) -> Phone:
        """Return the phone that has rested longest and was not given to this scenario yet."""
        self.needed |= set(PHONES[: len(self._handed_out) + 1])
        left = [phone for phone in self.account.phones if phone not in self._handed_out]
        if not left:
            msg = "the scenario needs more phones than there are"
            raise NotPlayable(msg)
        phone = self.inbox.most_rested(left)
        self._handed_out.append(phone)
        return phone

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Wait out what is left of the resend gap."""
        self.inbox.wait_until_allowed(phone, channel)

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Ask the configured source."""
        return self.inbox.code(phone, channel)

    def advance(self, seconds: float) -> None:
        """Really wait."""
        self.inbox.time.wait(seconds, "letting time pass")

    def advance_since_text(self, seconds: float) -> None:
        """Wait for what is left of it."""
        passed = self.inbox.time.now() - self._texted_at
        if passed < seconds:
            self.advance(seconds - passed)

    def record_call(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        if call.texts_to:
            self._texted_at = self.inbox.time.now()
        self.inbox.record_call(call, answer)

    def restore(self) -> list[str]:
        """Bring back the phone every user had before the scenario."""
        return self.bindings.put_back()


HOST: Final = "GENAUTH_APP_HOST"
APP_ID: Final = "GENAUTH_APP_ID"
HOME_REGION: Final = "CN"
"""Where a number without a country calling code is from. Source: API reference, bind-phone."""

Environment = Mapping[str, str]


@attrs.define
class LiveTarget:
    """A deployment on which somebody owns the configured account.

    Attributes:
        needed: Names of the configuration the scenarios so far asked for.
        say: Tells the person who runs it something.
    """

    account: Account
    caller: Caller
    codes: PassCodeSource = attrs.field(repr=False)
    time: Clock
    budget: Budget
    kind: str
    say: Callable[[str], None]
    limiter: ResendLimiter = attrs.field(factory=ResendLimiter)
    needed: set[str] = attrs.field(factory=set[str])
    is_exact: bool = False
    _noted: set[str] = attrs.field(factory=set[str], init=False)

    def why_not(self, scenario: Scenario) -> str:
        """Some states no live account can be brought into; every deployment knows its applications."""
        return scenario.mock_only

    @property
    def budgeted(self) -> Caller:
        """A caller whose calls count against the budget."""
        return BudgetedCaller(self.caller, self.budget)

    def learn_account(self, secrets: Secrets) -> None:
        """Make every configured secret known before the first call, used or not."""
        account = self.account
        secrets.learn("secret", account.application.app_secret)
        secrets.learn("username", account.username)
        secrets.learn("password", account.password)
        for user in (account.user, account.other):
            secrets.learn("token", user.access_token)
        for phone in account.phones:
            secrets.learn_phone(phone)

    def refuse_to_go_on(self, steps: Sequence[Step]) -> None:
        """Raise if a token of the account was refused where the scenario did not ask for that.

        Raises:
            SignedOut: It was; what the scenario found says nothing about the deployment.
        """
        lent = {user for user in (self.account.user, self.account.other) if user.access_token}
        for step in steps:
            is_refused = step.answer.field("statusCode") == UNAUTHORIZED
            if step.problems and is_refused and step.call.user in lent:
                msg = f"{step.call.operation} was refused with {UNAUTHORIZED}: {SIGN_IN_AGAIN}"
                raise SignedOut(msg)

    def setup(self) -> ScenarioSetup:
        """Set up one scenario; it may use everything that is configured."""
        inbox = Inbox(self.codes, self.time, self.limiter)
        bindings = Bindings(self.account, inbox, self.budgeted, self.budget, self._note)
        fixtures = LiveFixtures(self.account, inbox, bindings, self.needed)
        return ScenarioSetup(self.account.application, fixtures, None)

    def _note(self, text: str) -> None:
        """Say something once in a run."""
        if text not in self._noted:
            self._noted.add(text)
            self.say(text)


def missing(needed: set[str], environment: Environment) -> list[str]:
    """Name everything that has to be configured and is not."""
    return sorted(name for name in {HOST, APP_ID, *needed} if not environment.get(name))


def account(environment: Environment) -> Account:
    """Read the account from the environment.

    Raises:
        ValueError: The host is not a URL, or a phone number is not valid; the text names the variable.
    """
    host = environment.get(HOST, "").rstrip("/")
    if not is_url(host):
        msg = f"{HOST} is not a URL; write it as https://example.genauth.ai"
        raise ValueError(msg)
    application = Application(
        host,
        environment.get(APP_ID, ""),
        environment.get("GENAUTH_APP_SECRET", ""),
        environment.get("GENAUTH_LANG") or "zh-CN",
    )
    return Account(
        application,
        User(environment.get("GENAUTH_ACCESS_TOKEN", "")),
        User(environment.get("GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN", "")),
        tuple(_phone(name, environment[name]) for name in PHONES if environment.get(name)),
        environment.get("GENAUTH_CONTRACT_USERNAME", ""),
        environment.get("GENAUTH_CONTRACT_PASSWORD", ""),
    )


def _phone(name: str, text: str) -> Phone:
    try:
        parsed = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        msg = f"{name} is not a phone number; write it as +8618812348888"
        raise ValueError(msg) from None
    number = phonenumbers.national_significant_number(parsed)
    return Phone(number, f"+{parsed.country_code}")
