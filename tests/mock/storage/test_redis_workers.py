"""Four processes, one state in a real Redis: a code works once, and a killed process takes nothing with it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count

import aiohttp
import pytest
import pytest_asyncio
from attrs import define, field

from genauth_mock.engine.browser_session import SIGN_IN_AS
from tests.mock.support.faults import arm
from tests.mock.support.http import PATIENCE, get, post, send_sms
from tests.support.redis_workers import Crew, crew_on

pytestmark = pytest.mark.asyncio(loop_scope="module")

OK, HAS_PHONE, NOT_ANSWERED = "ok", "has a phone already", "not answered"
NUMBERS = count(18810000000)


@define
class Person:
    """A user with a code on the way to their phone."""

    token: str
    body: dict[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crew(redis_url: str) -> AsyncIterator[Crew]:
    """Give a server of four processes; who kills one waits for the next."""
    async with crew_on(redis_url) as crew:
        yield crew


@pytest.fixture
def unused_app(request: pytest.FixtureRequest) -> dict[str, str]:
    """Name an app that nobody else uses, as the header that names it."""
    return {"x-genauth-app-id": f"{request.node.name}-{os.getpid()}"}


@pytest_asyncio.fixture(loop_scope="module")
async def http(crew: Crew, unused_app: dict[str, str]) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a client that comes with a new connection each time, so that every process is met."""
    connector = aiohttp.TCPConnector(force_close=True, limit=64)
    async with aiohttp.ClientSession(crew.url, connector=connector, headers=unused_app) as session:
        yield session


async def test_of_a_thousand_binds_racing_for_one_code_exactly_one_wins(
    http: aiohttp.ClientSession,
) -> None:
    body = await _code(http)
    tokens = await asyncio.gather(*(_new_user(http) for _ in range(50)))
    answers = await asyncio.gather(*(_bind(http, token, body) for token in tokens * 20))
    assert len(answers) == 1000
    assert Counter(answers)[OK] == 1
    users = (await get(http, "/_mock/users"))["users"]
    bound = [user["phoneNumber"] for user in users if user["phoneNumber"] is not None]
    assert bound == [body["phoneNumber"]]


async def test_of_a_thousand_exchanges_racing_for_one_code_exactly_one_wins(
    http: aiohttp.ClientSession, unused_app: dict[str, str]
) -> None:
    [app_id] = unused_app.values()
    made = await post(http, "/_mock/users", {"username": "ada"})
    back = "http://localhost:8000/callback"
    asked = {"client_id": app_id, "response_type": "code", "redirect_uri": back}
    headers = {SIGN_IN_AS: str(made["userId"])}
    async with http.get(
        "/oidc/auth", params=asked, headers=headers, allow_redirects=False
    ) as reply:
        code = reply.headers["Location"].partition("code=")[2]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    form |= {"client_id": app_id, "client_secret": "any"}

    async def exchange() -> str:
        async with http.post("/oidc/token", data=form) as reply:
            answer = await reply.json()
        return str(answer.get("access_token") or answer["error"])

    answers = Counter(await asyncio.gather(*(exchange() for _ in range(1000))))
    assert answers.pop("invalid_grant") == 999
    [token] = answers
    about = {"client_id": app_id, "client_secret": "any", "token": token}
    async with http.post("/oidc/token/introspection", data=about) as reply:
        assert await reply.json() == {"active": False}, "a second use revokes what the first gave"


async def test_a_killed_worker_loses_no_finished_bind_and_nobody_elses_request(
    crew: Crew, http: aiohttp.ClientSession, unused_app: dict[str, str]
) -> None:
    people = await asyncio.gather(*(_person(http) for _ in range(160)))
    progress = Progress(len(people) // 4)
    async with asyncio.TaskGroup() as clients:
        tasks = [
            clients.create_task(_bind_all(crew.url, unused_app, people[start::16], progress))
            for start in range(16)
        ]
        await progress.reached.wait()
        victim = max(crew.workers(), key=crew.connections)
        os.kill(victim, signal.SIGSTOP)
        held = crew.connections(victim)
        os.kill(victim, signal.SIGKILL)
        await _replaced(crew, victim)
    assert held > 0
    answers = [answer for task in tasks for answer in task.result()]
    unanswered = answers.count(NOT_ANSWERED)
    assert unanswered <= held
    assert answers.count(OK) + unanswered == len(people)
    again = await asyncio.gather(*(_bind(http, one.token, one.body) for one in people))
    assert again.count(OK) <= unanswered
    assert set(again) <= {OK, HAS_PHONE}
    bound = {user["phoneNumber"] for user in (await get(http, "/_mock/users"))["users"]}
    assert bound == {one.body["phoneNumber"] for one in people}


async def test_a_killed_worker_is_replaced(crew: Crew, http: aiohttp.ClientSession) -> None:
    killed = crew.workers()[0]
    os.kill(killed, signal.SIGKILL)
    await _replaced(crew, killed)
    async with http.get("/_mock/health") as answer:
        assert answer.status == 200


async def test_a_fault_strikes_as_often_as_it_is_told_whoever_is_asked(
    crew: Crew, http: aiohttp.ClientSession
) -> None:
    for times in (1, 3):
        await arm(http, httpStatus=503, times=times)
        struck = await asyncio.gather(*(_is_struck(http) for _ in range(200)))
        assert sum(struck) == times
    await arm(http, httpStatus=503, times=1)
    alone: list[bool] = []
    for worker in crew.workers():
        with crew.only(worker):
            alone.append(await _is_struck(http))
    assert alone == [True, False, False, False]


async def test_no_two_processes_name_a_request_alike(
    crew: Crew, http: aiohttp.ClientSession
) -> None:
    """The last part of an id counts requests; what stands before it is the process's own."""
    beginnings: list[str] = []
    for worker in crew.workers():
        with crew.only(worker):
            answer = await get(http, "/api/v3/get-profile")
            beginnings.append(answer["requestId"].rpartition("-")[0])
    assert len(set(beginnings)) == 4


async def test_a_code_sent_through_one_process_is_waited_for_in_another(
    http: aiohttp.ClientSession,
) -> None:
    number = str(next(NUMBERS))
    waiting = [
        asyncio.create_task(get(http, "/_mock/messages", phoneNumber=number, wait="20"))
        for _ in range(8)
    ]
    assert (await send_sms(http, number))["statusCode"] == 200
    assert {len((await answer)["messages"]) for answer in waiting} == {1}


async def _replaced(crew: Crew, killed: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while killed in (now := crew.workers()) or len(now) < 4:  # noqa: ASYNC110 - only the kernel knows, and it tells nobody
            await asyncio.sleep(0.01)


@define
class Progress:
    """Tells when so many binds were answered."""

    left: int
    reached: asyncio.Event = field(factory=asyncio.Event)

    def count(self) -> None:
        """Count one."""
        self.left -= 1
        if self.left == 0:
            self.reached.set()


async def _bind_all(
    url: str, headers: dict[str, str], people: list[Person], progress: Progress
) -> list[str]:
    """Bind one after the other on a connection that stays; whoever gets no answer does not ask again."""
    connector = aiohttp.TCPConnector(limit=1)
    answers: list[str] = []
    async with aiohttp.ClientSession(url, connector=connector, headers=headers) as http:
        for one in people:
            try:
                answers.append(await _bind(http, one.token, one.body))
            except aiohttp.ClientError:
                answers.append(NOT_ANSWERED)
            progress.count()
    return answers


async def _person(http: aiohttp.ClientSession) -> Person:
    token, body = await asyncio.gather(_new_user(http), _code(http))
    return Person(token, body)


async def _new_user(http: aiohttp.ClientSession) -> str:
    return str((await post(http, "/_mock/users", {}))["accessToken"])


async def _code(http: aiohttp.ClientSession) -> dict[str, str]:
    number = str(next(NUMBERS))
    assert (await send_sms(http, number))["statusCode"] == 200
    [message] = (await get(http, "/_mock/messages", phoneNumber=number))["messages"]
    return {"phoneNumber": number, "passCode": message["passCode"]}


async def _is_struck(http: aiohttp.ClientSession) -> bool:
    async with http.get("/api/v3/get-profile") as answer:
        return answer.status == 503


async def _bind(http: aiohttp.ClientSession, token: str, body: dict[str, str]) -> str:
    answer = await post(http, "/api/v3/bind-phone", body, authorization=token)
    if answer["statusCode"] == 200:
        return OK
    return HAS_PHONE if "already" in answer["message"] else str(answer["message"])
