"""QR codes and further proofs under ``/_mock/``: given, shown, scanned and confirmed without a phone in the hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyotp.totp import TOTP

from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support import seeds
from tests.mock.support.control import call
from tests.mock.support.http import Http, post

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def shown_code(http: Http) -> str:
    _, answer = await call(http, "POST /api/v3/gene-qrcode", {"type": "MOBILE_APP"})
    return str(answer["data"]["qrcodeId"])


async def test_a_qr_code_is_scanned_and_confirmed_as_a_user(http: Http) -> None:
    _, user = await call(http, "POST /_mock/users", {"username": "ada"})
    qrcode_id = await shown_code(http)
    path = f"POST /_mock/qr-codes/{qrcode_id}"
    scanned = await call(http, path, {"action": "SCAN", "userId": user["userId"]})
    assert (scanned[0], scanned[1]["status"], scanned[1]["userId"]) == (
        200,
        "SCANNED",
        user["userId"],
    )
    assert (await call(http, path, {"action": "CONFIRM"}))[1]["status"] == "AUTHORIZED"
    _, listed = await call(http, "GET /_mock/qr-codes")
    assert [each["status"] for each in listed["qrCodes"]] == ["AUTHORIZED"]
    _, status = await call(http, f"GET /api/v3/check-qrcode-status?qrcodeId={qrcode_id}")
    ticket = {"ticket": status["ticket"]}
    _, given = await call(http, "POST /api/v3/exchange-tokenset-with-qrcode-ticket", ticket)
    assert given["data"]["access_token"]


@pytest.mark.parametrize(
    ("action", "user", "status", "says"),
    [
        ("CONFIRM", None, 400, "userId must be the id of a user"),
        ("SCAN", "nobody", 400, "userId must be the id of a user"),
        ("SHOUT", None, 400, "action must be"),
    ],
)
async def test_a_qr_code_is_changed_by_a_user_of_the_app(
    http: Http, action: str, user: str | None, status: int, says: str
) -> None:
    body = {"action": action, **({} if user is None else {"userId": user})}
    answered = await call(http, f"POST /_mock/qr-codes/{await shown_code(http)}", body)
    assert answered[0] == status
    assert says in answered[1]["error"]


async def test_a_qr_code_out_of_turn_or_unknown_says_so(http: Http) -> None:
    _, user = await call(http, "POST /_mock/users", {"username": "ada"})
    confirm = {"action": "CONFIRM", "userId": user["userId"]}
    status, answer = await call(http, f"POST /_mock/qr-codes/{await shown_code(http)}", confirm)
    assert (status, "CONFIRM leads from SCANNED" in answer["error"]) == (409, True)
    assert (await call(http, "POST /_mock/qr-codes/none", confirm))[0] == 404


async def test_a_push_out_of_turn_or_unknown_says_so(http: Http) -> None:
    await call(http, "POST /_mock/users", {"username": "ada"})
    _, pushed = await call(http, "POST /api/v3/signin-by-push", {"account": "ada"})
    path = f"POST /_mock/push-codes/{pushed['data']['pushCodeId']}"
    assert (await call(http, path, {"action": "CONFIRM"}))[0] == 200
    status, answer = await call(http, path, {"action": "CONFIRM"})
    assert (status, "cannot be decided" in answer["error"]) == (409, True)
    assert (await call(http, "POST /_mock/push-codes/none", {}))[0] == 404


async def test_how_long_a_qr_code_lives_is_set_for_an_app(http: Http) -> None:
    await call(http, "POST /_mock/settings", {"qrCodeLifetimeSeconds": 5})
    await shown_code(http)
    await call(http, "POST /_mock/clock", {"advanceSeconds": 5})
    _, listed = await call(http, "GET /_mock/qr-codes")
    assert [each["status"] for each in listed["qrCodes"]] == ["EXPIRED"]


async def test_a_user_has_the_factors_that_it_was_given(http: Http) -> None:
    given = [
        {"factorType": "OTP", "key": KEY, "recoveryCode": "ABCD-1234"},
        {"factorType": "SMS"},
        {"factorType": "EMAIL", "email": "ada@example.com"},
    ]
    fields = {"username": "ada", "password": "right", "phoneNumber": "18812348888"}
    _, user = await call(http, "POST /_mock/users", {**fields, "factors": given})
    app, phone, mailbox = user["factors"]
    assert (app["key"], app["recoveryCode"]) == (KEY, "abcd-1234")
    assert (phone["phoneNumber"], mailbox["email"]) == ("18812348888", "ada@example.com")
    body = {"totp": TOTP(KEY).now()}
    token, app_id = str(user["accessToken"]), "app"
    headers = {"authorization": token, "x_genauth_app_id": app_id}
    checked = await post(http, "/api/v3/mfa-totp-verify", body, **headers)
    assert checked["data"] == {"verified": True}
    path = f"/_mock/users/{user['userId']}"
    _, kept = await call(http, f"PATCH {path}", {"nickname": "Ada"})
    assert [each["factorType"] for each in kept["factors"]] == ["OTP", "SMS", "EMAIL"]
    _, changed = await call(
        http, f"PATCH {path}", {"factors": [{"factorType": "EMAIL", "email": "b@c.de"}]}
    )
    assert [each["email"] for each in changed["factors"]] == ["b@c.de"]
    assert "factors" not in (await call(http, f"PATCH {path}", {"factors": None}))[1]


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        ({"factorType": "FACE"}, "factorType"),
        ({"factorType": "SMS"}, "factors[0].phoneNumber is missing, and the user has none"),
        ({"factorType": "EMAIL", "email": "x"}, "factors[0].email"),
        ({"factorType": "OTP", "key": "1"}, "factors[0].key must be Base32"),
    ],
)
async def test_a_factor_that_cannot_be_is_refused(
    http: Http, factor: dict[str, str], says: str
) -> None:
    status, answer = await call(http, "POST /_mock/users", {"factors": [factor]})
    assert (status, says in answer["error"]) == (400, True), answer
    _, listed = await call(http, "GET /_mock/users")
    assert listed["users"] == []


async def test_one_factor_of_a_kind_is_enough(http: Http) -> None:
    factors = [{"factorType": "OTP"}, {"factorType": "OTP"}]
    _, answer = await call(http, "POST /_mock/users", {"factors": factors})
    assert "at most one of type OTP" in answer["error"]


async def test_the_sessions_of_a_user_are_listed(http: Http) -> None:
    _, user = await call(http, "POST /_mock/users", {"username": "ada"})
    await call(http, f"POST /_mock/users/{user['userId']}/access-token")
    path = f"GET /_mock/users/{user['userId']}/sessions"
    _, shown = await call(http, path)
    assert len(shown["sessions"]) == 2
    assert all(each["expiresAt"] > each["signedInAt"] for each in shown["sessions"])
    await call(http, "POST /_mock/clock", {"advanceSeconds": 1_209_600})
    assert (await call(http, path))[1]["sessions"] == []
    assert (await call(http, "GET /_mock/users/nobody/sessions"))[0] == 404


SEED = f"""
[[users]]
username = "ada"
email = "ada@example.com"
accessToken = "of-ada"
factors = [{{ factorType = "EMAIL" }}, {{ factorType = "OTP", key = "{KEY}" }}]
"""


@pytest.fixture
def seeded(seed_file: Path) -> InProcessGenAuth:
    """Give an offline GenAuth with a user who has factors from the start."""
    seed_file.write_text(SEED)
    return seeds.seeded(seed_file)


async def test_a_seed_gives_factors(seeded: InProcessGenAuth) -> None:
    code = {"totp": TOTP(KEY).now()}
    checked = await seeds.call(seeded, "/api/v3/mfa-totp-verify", code, authorization="of-ada")
    assert checked["data"] == {"verified": True}


def test_a_seed_with_a_factor_that_cannot_be_names_it(seed_file: Path) -> None:
    seed_file.write_text(SEED.replace(KEY, "no!"))
    with pytest.raises(ValueError, match=r"users\[0\]\.factors\[1\]\.key must be Base32"):
        seeds.seeded(seed_file)
