"""Bind a phone, in the shortest way that is still honest.

On an offline GenAuth, with the code read from its outbox:

    genauth-mock exec -- python examples/bind_phone.py

On a real one, with the code that was texted to you: set GENAUTH_APP_HOST, GENAUTH_APP_ID and
GENAUTH_ACCESS_TOKEN, and give your number:

    python examples/bind_phone.py "+86 188-1234-8888"
"""

from __future__ import annotations

import asyncio
import sys

import aiohttp

from aiogenauth import AuthenticationClient, Channel, GenAuthError, PhoneNumber


async def main(number: str) -> None:
    """Send a code, read it, bind the number, and show what the profile says then."""
    async with AuthenticationClient() as client:
        sent_to = PhoneNumber.parse(number)
        await client.send_sms(Channel.BIND_PHONE, sent_to)
        print(f"A code is on its way to {sent_to}.")
        code = await code_from_outbox(client, sent_to) or await code_from_person()
        await client.bind_phone(phone_number=sent_to, pass_code=code)
        profile = await client.get_profile()
    shown = PhoneNumber.parse(profile.phone or "", profile.phone_country_code)
    print(f"Bound: the profile of user {profile.user_id} shows {shown}.")


async def code_from_outbox(client: AuthenticationClient, number: PhoneNumber) -> str | None:
    """Read the code from the outbox of an offline GenAuth, or give None where it is a real one."""
    async with aiohttp.ClientSession(client.app_host) as session:
        async with session.get("/_mock/health") as answer:
            if answer.content_type != "application/json" or "version" not in await answer.json():
                return None
        query = {"phoneNumber": number.e164, "channel": Channel.BIND_PHONE, "appId": client.app_id}
        async with session.get("/_mock/messages", params=query) as answer:
            newest, *_ = (await answer.json())["messages"]
    print("It is in the outbox of the offline GenAuth; nothing was texted.")
    return str(newest["passCode"])


async def code_from_person() -> str:
    """Ask for the code, while the event loop goes on."""
    return await asyncio.to_thread(input, "The code: ")


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:2] or ["18812348888"]))
    except GenAuthError as error:
        sys.exit(f"{type(error).__name__}: {error}")
