"""The texts to phones somebody owns: when one may be sent, and which code it brought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from genauth_contract.calls import BIND, ApiCall
from genauth_contract.clock import Waiting
from genauth_contract.codes.source import PassCodeSource
from genauth_contract.expect import Answer
from genauth_contract.json_values import is_object
from genauth_contract.pacing import Pacing
from genauth_contract.people import PassCode, Phone

SUCCESS: Final = 200

_BODY_PHONE: Final = "phoneNumber"


@attrs.frozen
class Texts:
    """What is texted to the phones of an account, by whatever calls."""

    phones: tuple[Phone, ...]
    codes: PassCodeSource = attrs.field(repr=False)
    time: Waiting
    pacing: Pacing

    def most_rested(self, phones: Iterable[Phone]) -> Phone:
        """Give the phone that can be texted first."""
        now = self.time.now()
        return min(phones, key=lambda phone: self.pacing.wait_seconds(phone, BIND, now))

    def wait_until_allowed(self, phone: Phone, channel: str) -> None:
        """Wait out what is left of the resend gap."""
        wait = self.pacing.wait_seconds(phone, channel, self.time.now())
        if wait:
            self.time.wait(wait, f"waiting until {phone} may be texted again")
        self.codes.forget()

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Ask the configured source."""
        return self.codes.code(phone, channel)

    def noted(self, call: ApiCall, answer: Answer) -> None:
        """Remember when something was texted."""
        body = call.body
        if call.operation == "send-sms" and is_object(body) and _BODY_PHONE in body:
            number = str(body[_BODY_PHONE])
            phone = next((one for one in self.phones if one.number == number), None)
            if phone and answer.field("statusCode") == SUCCESS:
                self.pacing.sent(phone, str(body.get("channel")), self.time.now())
