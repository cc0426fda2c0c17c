"""Signing in by a QR code: its states and lives, through the SDK, and between servers."""

from __future__ import annotations

from functools import partial

import pytest

from aiogenauth import ApiError, AuthenticationClient
from genauth_mock.engine import qr_codes
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.qr_codes import QrAction, QrCode, QrStatus
from genauth_mock.server.launch import Running
from genauth_mock.storage.serialization import decode, encode
from tests.mock.support.http import Http, get, post
from tests.mock.support.world import T0, World, refusal


def confirmed(world: World, token: str) -> str:
    """Show a code, scan it and confirm it; return the ticket."""
    qrcode_id = qr_codes.show(world.context(), None)
    for action in (QrAction.SCAN, QrAction.CONFIRM):
        qr_codes.change(world.context(token), qrcode_id, action)
    return str(qr_codes.look_at(world.context(), qrcode_id)["ticket"])


@pytest.mark.parametrize(("seconds", "status"), [(119, "SCANNED"), (120, "EXPIRED")])
def test_a_code_that_is_not_decided_runs_out(world: World, seconds: int, status: str) -> None:
    token = world.user("ada", profile={"nickname": "Ada", "photo": "https://example.com/a.png"})
    qrcode_id = qr_codes.show(world.context(), None)
    qr_codes.change(world.context(token), qrcode_id, QrAction.SCAN)
    world.pass_time(seconds)
    shown = qr_codes.look_at(world.context(), qrcode_id)
    brief = {"displayName": "Ada", "photo": "https://example.com/a.png"}
    assert shown["status"] == status
    assert shown.get("briefUserInfo") == (brief if status == "SCANNED" else None)


def test_a_code_that_was_confirmed_does_not_run_out(world: World) -> None:
    qrcode_id = qr_codes.show(world.context(), None)
    token = world.user("ada")
    for action in (QrAction.SCAN, QrAction.CONFIRM):
        qr_codes.change(world.context(token), qrcode_id, action)
    world.pass_time(200)
    assert qr_codes.look_at(world.context(), qrcode_id)["status"] == "AUTHORIZED"


@pytest.mark.parametrize(("seconds", "outcome"), [(299, None), (300, Outcome.QR_TICKET_INVALID)])
def test_a_ticket_lives_for_five_minutes_and_works_once(
    world: World, seconds: int, outcome: Outcome | None
) -> None:
    ticket = confirmed(world, world.user("ada"))
    world.pass_time(seconds)
    assert refusal(partial(qr_codes.exchange, world.context(), ticket)) is outcome
    again = partial(qr_codes.exchange, world.context(), ticket)
    assert refusal(again) is Outcome.QR_TICKET_INVALID


def test_the_ticket_of_who_was_deleted_gives_nothing(world: World) -> None:
    token = world.user("ada")
    ticket = confirmed(world, token)
    context = world.context(token)
    context.delete(context.signed_in_user())
    exchange = partial(qr_codes.exchange, world.context(), ticket)
    assert refusal(exchange) is Outcome.QR_TICKET_INVALID


def test_codes_are_written_and_read_back_as_they_were() -> None:
    code = QrCode(T0, {"school": {"name": "hust"}}, QrStatus.AUTHORIZED, "user", "ticket")
    assert decode(QrCode, encode(code)) == code


async def test_servers_that_share_a_store_share_codes(servers: tuple[Http, Http]) -> None:
    one, other = servers
    token = (await post(one, "/_mock/users", {"username": "ada"}))["accessToken"]
    carried = {"type": "MOBILE_APP", "customData": {"school": "hust"}}
    qrcode_id = (await post(one, "/api/v3/gene-qrcode", carried))["data"]["qrcodeId"]
    for action in ("SCAN", "CONFIRM"):
        change = {"qrcodeId": qrcode_id, "action": action}
        changed = await post(other, "/api/v3/change-qrcode-status", change, authorization=token)
        assert "statusCode" not in changed
    shown = await get(one, "/api/v3/check-qrcode-status", qrcodeId=qrcode_id)
    assert shown["status"] == "AUTHORIZED"
    ticket = {"ticket": shown["ticket"]}
    path = "/api/v3/exchange-tokenset-with-qrcode-ticket"
    assert (await post(other, path, ticket))["data"]["access_token"]
    assert (await post(one, path, ticket))["statusCode"] == 499
    assert shown["ticket"] not in str(await get(one, "/_mock/requests"))


async def test_the_sdk_signs_a_user_in_by_a_code(server: Running) -> None:
    async with (
        Http(server.url, headers={"x-genauth-app-id": "app"}) as http,
        AuthenticationClient(app_id="app", app_host=server.url) as client,
    ):
        token = (await post(http, "/_mock/users", {"username": "ada"}))["accessToken"]
        code = await client.gene_qr_code("MOBILE_APP")
        assert code.url is not None
        assert (await get(http, code.url.removeprefix(server.url)))["status"] == "PENDING"
        phone = client.as_user(token)
        await phone.change_qr_code_status("SCAN", code.qrcode_id)
        status = await client.check_qr_code_status(code.qrcode_id)
        assert (status.status, status.ticket) == ("SCANNED", None)
        assert status.brief_user_info is not None
        assert status.brief_user_info.display_name == "ada"
        await phone.change_qr_code_status("CONFIRM", code.qrcode_id)
        ticket = (await client.check_qr_code_status(code.qrcode_id)).ticket
        assert ticket is not None
        signed_in = await client.exchange_token_set_with_qr_code_ticket(ticket)
        profile = await client.as_user(signed_in.access_token).get_profile()
        assert profile.username == "ada"
        with pytest.raises(ApiError, match="ticket"):
            await client.exchange_token_set_with_qr_code_ticket(ticket)
