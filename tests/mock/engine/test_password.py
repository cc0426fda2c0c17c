"""Changing a password: who may, with which old one, and what is true afterwards."""

from __future__ import annotations

from functools import partial

import pytest

from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.password import update_password
from tests.mock.support.http import Http, get, post
from tests.mock.support.world import T0, World, refusal


def test_the_old_password_opens_the_way_to_a_new_one(world: World) -> None:
    token = world.user("ada", password="old")
    world.pass_time(5)
    update_password(world.context(token), "new", "old")
    user = world.context(token).signed_in_user()
    assert (user.password, (user.updated_at - T0).total_seconds()) == ("new", 5)


@pytest.mark.parametrize("old", [None, "anything"])
def test_a_first_password_needs_no_old_one(world: World, old: str | None) -> None:
    token = world.user("ada")
    update_password(world.context(token), "new", old)
    assert world.context(token).signed_in_user().password == "new"


@pytest.mark.parametrize(
    ("old", "outcome"),
    [(None, Outcome.INVALID_ARGUMENT), ("wrong", Outcome.WRONG_OLD_PASSWORD)],
)
def test_without_the_old_password_nothing_changes(
    world: World, old: str | None, outcome: Outcome
) -> None:
    token = world.user("ada", password="old")
    assert refusal(partial(update_password, world.context(token), "new", old)) is outcome
    assert world.context(token).signed_in_user().password == "old"


def test_nobody_has_no_password(world: World) -> None:
    assert refusal(partial(update_password, world.context(), "new", None)) is Outcome.NOT_SIGNED_IN


async def test_the_new_password_signs_in_and_no_journal_shows_it(http: Http) -> None:
    names = {"username": "ada", "password": "old-secret"}
    token = (await post(http, "/_mock/users", names))["accessToken"]
    change = {"newPassword": "new-secret", "oldPassword": "old-secret"}
    answer = await post(http, "/api/v3/update-password", change, authorization=token)
    assert (answer["statusCode"], "data" in answer) == (200, False)

    def signing_in(password: str) -> dict[str, object]:
        payload = {"username": "ada", "password": password}
        return {"connection": "PASSWORD", "passwordPayload": payload}

    assert (await post(http, "/api/v3/signin", signing_in("new-secret")))["statusCode"] == 200
    assert (await post(http, "/api/v3/signin", signing_in("old-secret")))["apiCode"] == 2006
    assert "secret" not in str(await get(http, "/_mock/requests"))


@pytest.mark.parametrize("encryption", ["rsa", "sm2"])
async def test_an_encrypted_password_is_not_imitated(http: Http, encryption: str) -> None:
    token = (await post(http, "/_mock/users", {"username": "ada"}))["accessToken"]
    body = {"newPassword": "x", "passwordEncryptType": encryption}
    answer = await post(http, "/api/v3/update-password", body, authorization=token)
    assert answer["statusCode"] == 501
    assert "not imitated" in answer["message"]
