"""The SDK as a client in many threads at once, each with an event loop of its own, in a new process."""

from __future__ import annotations

import subprocess
import sys

LIVES = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from aiogenauth import AuthenticationClient, PassCodeRejected
from genauth_mock.server.launch import running_in_thread
from genauth_mock.testing import GenAuthServer
from genauth_mock.testing.in_process import InProcessGenAuth

CHANNEL = "CHANNEL_BIND_PHONE"
THREADS = 8
together = Barrier(THREADS)  # what is imported and made with the first call is so in all threads at once
sys.setswitchinterval(1e-6)

async def binds(client, number, pass_code):
    async with client:
        await client.send_sms(CHANNEL, number)
        code = await pass_code(number, CHANNEL)
        try:
            await client.bind_phone(f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}", number)
        except PassCodeRejected:
            await client.bind_phone(code, number)
        assert (await client.get_profile()).phone == number

async def over_http(url, number):
    server = GenAuthServer(url, f"app-of-{number}")
    token = server.new_user(username="ann").access_token
    client = AuthenticationClient(app_host=url, app_id=server.app_id, access_token=token)
    await binds(client, number, lambda *sent: asyncio.to_thread(server.pass_code, *sent))

async def in_process(genauth, number):
    token = (await genauth.new_user(username=f"user-{number}")).access_token
    place = {"app_host": genauth.app_host, "app_id": genauth.app_id, "transport": genauth.transport}
    client = AuthenticationClient(**place, access_token=token)
    await binds(client, number, genauth.pass_code)

def shared_server(number):
    asyncio.run(over_http(shared.url, number))

def own_server(number):
    with running_in_thread() as own:
        asyncio.run(over_http(own.url, number))

def shared_genauth(number):
    asyncio.run(in_process(genauth, number))

def at_once(life):
    def in_thread(number):
        together.wait(60)
        life(number)
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(in_thread, [f"1881234000{each}" for each in range(THREADS)]))

genauth = InProcessGenAuth()
with running_in_thread() as shared:
    for life in (shared_server, own_server, shared_genauth):
        at_once(life)
print("bound")
"""


def test_a_phone_is_bound_in_each_of_eight_threads() -> None:
    command = [sys.executable, "-W", "error", "-c", LIVES]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("bound\n", "")
