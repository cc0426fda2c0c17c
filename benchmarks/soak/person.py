"""One user of a soak, from their first message to their last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from aiogenauth import Channel, PhoneUpdateGrant

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from aiogenauth import AuthenticationClient
    from benchmarks.soak.truth import Tally, Truth

PASSWORD: Final = "a-password-of-the-soak"  # noqa: S105 - of people who do not exist


@frozen
class Person:
    """One user, from their first message to their last."""

    user_id: str
    name: str
    client: AuthenticationClient
    truth: Truth
    tally: Tally
    unsure: set[tuple[Channel, str]] = field(factory=set["tuple[Channel, str]"])

    async def live(self) -> None:
        """Do everything that a user does, as far as it goes well."""
        number = await self._bind()
        if number is None:
            return
        await self._look(number)
        await self._sign_in(number)
        await self._unbind(await self._change(number))

    async def _code(self, channel: Channel, number: str) -> str | None:
        """Have a code sent, and look whether it was."""
        before = await self.truth.codes(number, channel)
        ended, _ = await self.tally.outcome("send_sms", self.client.send_sms(channel, number))
        codes = await self.truth.codes(number, channel)
        is_new = len(codes) > len(before)
        if (channel, number) not in self.unsure:  # a message of an earlier call may come late
            self.tally.hold("send_sms", ended, is_done=is_new)
        if ended == "unknown":
            self.unsure.add((channel, number))
        return codes[0] if is_new else None

    async def _phone(self) -> object:
        phone = (await self.truth.user(self.user_id))["phoneNumber"]
        self.tally.phones[self.user_id] = phone
        return phone

    async def _bind(self) -> str | None:
        number = str(next(self.tally.numbers))
        code = await self._code(Channel.BIND_PHONE, number)
        if code is None:
            return None
        ended, _ = await self.tally.outcome("bind_phone", self.client.bind_phone(code, number))
        is_bound = await self._phone() == number
        self.tally.hold("bind_phone", ended, is_done=is_bound)
        return number if is_bound else None

    async def _look(self, number: str) -> None:
        ended, profile = await self.tally.outcome("get_profile", self.client.get_profile())
        shown = getattr(profile, "phone", None)
        if ended == "returned" and str(shown) not in {number, f"+86{number}"}:
            self.tally.failures.append("get_profile: shows another number")

    async def _sign_in(self, number: str) -> None:
        """Sign in twice: with a code and with the password."""
        code = await self._code(Channel.LOGIN, number)
        if code is not None:
            asked = self.client.sign_in_by_phone_passcode(number, code)
            await self._counted("sign_in_by_phone_passcode", asked)
        asked = self.client.sign_in_by_username_password(self.name, PASSWORD)
        await self._counted("sign_in_by_username_password", asked)

    async def _counted(self, call: str, asked: Awaitable[object]) -> None:
        before = (await self.truth.user(self.user_id))["loginsCount"]
        ended, _ = await self.tally.outcome(call, asked)
        after = (await self.truth.user(self.user_id))["loginsCount"]
        self.tally.hold(call, ended, is_done=after != before)

    async def _change(self, old: str) -> str:
        """Change to a new number; give the one that is bound afterwards."""
        new = str(next(self.tally.numbers))
        codes = [
            await self._code(Channel.BIND_PHONE, new),
            await self._code(Channel.UNBIND_PHONE, old),
        ]
        if None in codes:
            return old
        new_code, old_code = cast("list[str]", codes)
        asked = self.client.verify_update_phone_request(
            {
                "newPhoneNumber": new,
                "newPhonePassCode": new_code,
                "oldPhoneNumber": old,
                "oldPhonePassCode": old_code,
            }
        )
        _, grant = await self.tally.outcome("verify_update_phone_request", asked)
        if not isinstance(grant, PhoneUpdateGrant):
            return old
        ended, _ = await self.tally.outcome("update_phone", self.client.update_phone(grant))
        bound = str(await self._phone())
        self.tally.hold("update_phone", ended, is_done=bound == new)
        return bound

    async def _unbind(self, number: str) -> None:
        code = await self._code(Channel.UNBIND_PHONE, number)
        if code is None:
            return
        ended, _ = await self.tally.outcome("unbind_phone", self.client.unbind_phone(code))
        self.tally.hold("unbind_phone", ended, is_done=await self._phone() is None)
