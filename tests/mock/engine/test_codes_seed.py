"""Codes and ids that are the same in every run."""

from __future__ import annotations

from genauth_mock.runtime.options import Options
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.seeds import PHONE, send


async def codes(seed: str | None, app_id: str, count: int = 5) -> list[str]:
    genauth = InProcessGenAuth(Options(app_id=app_id, codes_seed=seed))
    numbers = [f"1881234{number:04d}" for number in range(count)]
    for number in numbers:
        await send(genauth, number)
    return [await genauth.pass_code(number) for number in numbers]


async def test_a_codes_seed_gives_the_same_codes_in_every_run_and_app() -> None:
    assert await codes("42", "one") == await codes("42", "two")


async def test_another_codes_seed_gives_other_codes() -> None:
    assert await codes("42", "one") != await codes("43", "one")


async def test_codes_of_one_run_differ_from_each_other() -> None:
    assert len(set(await codes("42", "one", 20))) == 20


async def test_what_others_do_does_not_change_an_apps_codes() -> None:
    genauth = InProcessGenAuth(Options(app_id="one", codes_seed="42"))
    await send(genauth, PHONE, **{"x-genauth-app-id": "two"})
    await send(genauth, PHONE)
    assert [await genauth.pass_code(PHONE)] == await codes("42", "one", 1)


async def test_a_reset_starts_the_codes_again() -> None:
    genauth = InProcessGenAuth(Options(codes_seed="42"))
    await send(genauth)
    first = await genauth.pass_code(PHONE)
    await genauth.deployment.reset(genauth.app_id)
    await send(genauth)
    assert await genauth.pass_code(PHONE) == first


async def test_ids_are_the_same_in_every_run_and_differ_between_apps() -> None:
    def genauth(app_id: str) -> InProcessGenAuth:
        return InProcessGenAuth(Options(app_id=app_id, codes_seed="42"))

    one, again, two = [await genauth(app_id).new_user() for app_id in ("one", "one", "two")]
    assert one.user_id == again.user_id != two.user_id
    assert one.access_token != again.access_token
