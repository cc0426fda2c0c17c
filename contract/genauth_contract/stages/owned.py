"""The stage of a live deployment: accounts and phones somebody owns, left as they were found."""

from __future__ import annotations

import attrs

from genauth_contract.calls import ApiCall
from genauth_contract.expect import Answer
from genauth_contract.people import Client, PassCode, Phone, User
from genauth_contract.stage import NotPlayable
from genauth_contract.stages.account import PHONES, Account
from genauth_contract.stages.bindings import Bindings
from genauth_contract.stages.texts import Texts


@attrs.define
class OwnedStage:
    """A stage on an account somebody owns. Nothing outside `Account` is ever touched."""

    account: Account
    texts: Texts
    bindings: Bindings
    needed: set[str] = attrs.field(factory=set[str])
    _handed_out: list[Phone] = attrs.field(factory=list[Phone])

    def user_without_phone(self) -> User:
        """Give the user, after taking away a phone of ours they still have."""
        self.needed.add("GENAUTH_ACCESS_TOKEN")
        return self.bindings.take_away(self.account.user)

    def another_user(self) -> User:
        """Give the second user, likewise."""
        self.needed.add("GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN")
        return self.bindings.take_away(self.account.other)

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
        phone = self.texts.most_rested(left)
        self._handed_out.append(phone)
        return phone

    def before_texting(self, phone: Phone, channel: str) -> None:
        """Wait out what is left of the resend gap."""
        self.texts.wait_until_allowed(phone, channel)

    def texted(self, phone: Phone, channel: str) -> PassCode:
        """Ask the configured source."""
        return self.texts.code(phone, channel)

    def advance(self, seconds: float) -> None:
        """Really wait."""
        self.texts.time.wait(seconds, "letting time pass")

    def noted(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        self.texts.noted(call, answer)

    def restore(self) -> list[str]:
        """Bring back the phone every user had before the scenario."""
        return self.bindings.put_back()
