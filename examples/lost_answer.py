"""Lose the answer of a bind on purpose, three times, and see what the SDK makes of it.

    genauth-mock exec -- python examples/lost_answer.py

A request that leaves and is never answered may have taken effect or not. Posting it again would
be refused if it had (the code is spent), so a naive retry reports a failure although the phone is
bound. The SDK posts a bind once, and asks the profile instead.
"""

from __future__ import annotations

import asyncio
import os

import aiohttp

from aiogenauth import AuthenticationClient, BindOutcomeUnknown, Channel

HOST = os.environ["GENAUTH_APP_HOST"]
APP = {"x-genauth-app-id": os.environ["GENAUTH_APP_ID"]}


async def main() -> None:
    """Tell the three stories."""
    async with (
        aiohttp.ClientSession(HOST, headers=APP) as mock,
        AuthenticationClient(deadline=4.0) as client,
    ):
        await bound_and_the_answer_lost(mock, client)
        await lost_before_it_took_effect(mock, client)
        await lost_and_the_profile_out_of_reach(mock, client)


async def bound_and_the_answer_lost(
    mock: aiohttp.ClientSession, client: AuthenticationClient
) -> None:
    """The bind takes effect, its answer never comes: the profile settles it."""
    print("\n1. The bind takes effect; the connection drops before the answer.")
    user = client.as_user(await new_user(mock))
    code = await texted_code(mock, user, "18812340001")
    await inject(mock, kind="drop", when="after", route="bind-phone", times=1)
    done = await user.bind_phone(phone_number="18812340001", pass_code=code)
    print(f"   bind_phone returned: the phone is bound, confirmed by the {done.confirmed_by}.")


async def lost_before_it_took_effect(
    mock: aiohttp.ClientSession, client: AuthenticationClient
) -> None:
    """The bind is lost on its way: the profile stays empty, which proves nothing yet."""
    print("\n2. The connection drops before the bind takes effect. Nobody can tell that from 1.")
    user = client.as_user(await new_user(mock))
    code = await texted_code(mock, user, "18812340002")
    await inject(mock, kind="drop", when="before", route="bind-phone", times=1)
    try:
        await user.bind_phone(phone_number="18812340002", pass_code=code)
    except BindOutcomeUnknown:
        print("   BindOutcomeUnknown: the profile does not show the number (yet).")
    profile = await user.get_profile()
    print(f"   Later the profile says: {profile.phone or 'no phone'}. Now the user may try again:")
    await user.bind_phone(phone_number="18812340002", pass_code=code)
    print("   bound, with the same code, which was never spent.")


async def lost_and_the_profile_out_of_reach(
    mock: aiohttp.ClientSession, client: AuthenticationClient
) -> None:
    """The bind takes effect, and the profile cannot be read: unknown, although it is bound."""
    print("\n3. The bind takes effect, the answer is lost, and the profile cannot be read either.")
    user = client.as_user(await new_user(mock))
    code = await texted_code(mock, user, "18812340003")
    await inject(mock, kind="drop", when="after", route="bind-phone", times=1)
    await inject(mock, kind="drop", route="get-profile")
    try:
        await user.bind_phone(phone_number="18812340003", pass_code=code)
    except BindOutcomeUnknown:
        print("   BindOutcomeUnknown. To say 'failed' would be wrong:")
    async with mock.delete("/_mock/faults") as answer:
        answer.raise_for_status()
    profile = await user.get_profile()
    shown = "the number" if profile.phone == "18812340003" else "nothing"
    print(f"   once the profile can be read again, it shows {shown}.\n")


async def new_user(mock: aiohttp.ClientSession) -> str:
    """Make a user without a phone, and give the access token."""
    async with mock.post("/_mock/users", json={}) as answer:
        return str((await answer.json())["accessToken"])


async def texted_code(mock: aiohttp.ClientSession, user: AuthenticationClient, number: str) -> str:
    """Have a code sent, and read it from the outbox."""
    await user.send_sms(Channel.BIND_PHONE, number)
    async with mock.get("/_mock/messages", params={"phoneNumber": number}) as answer:
        return str((await answer.json())["messages"][0]["passCode"])


async def inject(mock: aiohttp.ClientSession, **fault: str | int) -> None:
    """Have the offline GenAuth do something wrong."""
    async with mock.post("/_mock/faults", json=fault) as answer:
        answer.raise_for_status()


if __name__ == "__main__":
    asyncio.run(main())
