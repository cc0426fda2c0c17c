"""What goes through a proxy between the contract and a mock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

Json = dict[str, Any]


@attrs.define
class Exchange:
    """What went through the proxy; a spoiler changes `http` and `answer`.

    Attributes:
        path: What was asked for.
        app_id: For which application.
        asked: The body of the request.
        token: The access token that came along.
        http: HTTP status of the answer.
        answer: The answer.
        upstream: Asks the mock behind the proxy something: application, path, query.
        memory: Lives as long as the proxy, for a spoiler that has to remember.
    """

    path: str
    app_id: str
    asked: Json
    token: str
    http: int
    answer: Json
    upstream: Callable[[str, str, dict[str, str]], Json]
    memory: Json

    @property
    def operation(self) -> str:
        """The last part of the path."""
        return self.path.partition("?")[0].rpartition("/")[2]

    @property
    def is_refused(self) -> bool:
        """Tell whether the call was refused."""
        return bool(self.answer.get("statusCode") != 200)

    def succeed(self, **data: object) -> None:
        """Make it a success."""
        self.answer = {**ENVELOPE, **({"data": data} if data else {})}
        self.http = 200

    def refuse(self) -> None:
        """Make it a refused code."""
        self.answer = {**ENVELOPE, "statusCode": 499, "apiCode": 2001, "message": DEAD_CODE}


Spoil = Callable[[Exchange], None]
Lies = Mapping[str, tuple[Spoil, str]]
"""What is spoiled, and a scenario that has to notice."""

DEAD_CODE = "验证码已失效，请重新获取验证码"
ENVELOPE: Json = {
    "statusCode": 200,
    "message": "操作成功",
    "requestId": "934108e5-9fbf-4d24-8da1-c330328abd6c",
}

TOKENS = {
    "verify-update-phone-request": {"updatePhoneToken": "x" * 20, "tokenExpiresIn": 60},
    "verify-update-email-request": {"updateEmailToken": "x" * 20, "tokenExpiresIn": 60},
    "signin": {"access_token": "x" * 20, "token_type": "bearer", "expire_in": 7200},
}
"""What a success has to give where it gives something."""


def address_and_code(exchange: Exchange) -> tuple[str, str]:
    """Find the address and the code that a request is about; empty for those it has none of."""
    asked: Json = exchange.asked
    for name in ("smsCodePayload", "emailCodePayload", "passCodePayload"):
        asked = asked.get(name) or asked
    for name in ("phonePassCodePayload", "emailPassCodePayload"):
        given: Json = exchange.asked.get(name) or {}
        asked = {key.removeprefix("new").lower(): value for key, value in given.items()} or asked
    names = ("phoneNumber", "phone", "phonenumber", "email")
    address = next((asked[name] for name in names if name in asked), "")
    code = next((v for k, v in asked.items() if k.lower().endswith("passcode")), "")
    return str(address), str(code)
