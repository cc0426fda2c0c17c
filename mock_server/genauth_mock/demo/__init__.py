"""The whole story in one terminal: a code is sent, a phone is bound, and each refusal is shown."""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
from rich.console import Console

from genauth_mock.demo.story import Call, Story, Texted
from genauth_mock.deployment import Options
from genauth_mock.server import running
from genauth_mock.verdict import Verdict

PHONE: Final = "18812348888"
OTHER_PHONE: Final = "13912345678"
CHANNEL: Final = "CHANNEL_BIND_PHONE"


def tell(console: Console | None = None) -> bool:
    """Tell the story on a server of its own.

    Returns:
        Whether every answer was the expected one.
    """
    return asyncio.run(_tell(console or Console(highlight=False)))


async def _tell(console: Console) -> bool:
    async with (
        running(Options(language="en-US")) as server,
        aiohttp.ClientSession(server.url) as session,
    ):
        console.print(
            f"\n[bold]An offline GenAuth[/] listens on [cyan]{server.url}[/]: no account, no network, no SMS.\n"
        )
        story = Story(console, session)
        await _bind_a_phone(story)
        await _be_refused(story)
    console.print(story.summary())
    return all(told.came_true for told in story.told)


async def _bind_a_phone(story: Story) -> None:
    alice = await story.user("first-user")
    await story.call(_send("Send a code", Verdict.OK, PHONE))
    texted = await story.read_code(PHONE)
    await story.call(_send("Send another at once", Verdict.SENT_TOO_RECENTLY, PHONE))
    wrong = texted.with_other_digits()
    await story.call(_bind("Bind with a wrong code", Verdict.WRONG_CODE, wrong, alice))
    await story.call(_bind("Bind with the code", Verdict.OK, texted, alice))
    await story.show_profile(alice)
    await story.call(_bind("Bind again", Verdict.HAS_PHONE_ALREADY, texted, alice))


async def _be_refused(story: Story) -> None:
    bob = await story.user("second-user")
    texted = await story.read_code(PHONE, aloud=False)
    await story.call(_bind("Bind with the used code", Verdict.SPENT_CODE, texted, bob))
    await story.advance(61)
    await story.call(_send("Send a new code", Verdict.OK, PHONE))
    texted = await story.read_code(PHONE)
    await story.call(_bind("Bind somebody else's phone", Verdict.PHONE_TAKEN, texted, bob))
    await story.call(_send("Send to another phone", Verdict.OK, OTHER_PHONE))
    texted = await story.read_code(OTHER_PHONE)
    await story.advance(61)
    await story.call(_bind("Bind with the expired code", Verdict.EXPIRED_CODE, texted, bob))


def _send(what: str, expected: Verdict, number: str) -> Call:
    return Call(what, expected, "send-sms", {"channel": CHANNEL, "phoneNumber": number})


def _bind(what: str, expected: Verdict, texted: Texted, token: str) -> Call:
    body = {"phoneNumber": texted.number, "passCode": texted.code}
    return Call(what, expected, "bind-phone", body, token)
