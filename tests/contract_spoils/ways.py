"""Ways to spoil what an honest mock answers, in one point at a time."""

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


def spare(_: Exchange) -> None:
    """Change nothing."""


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


def a_used_code_works_again(exchange: Exchange) -> None:
    """Remember the codes that bound a phone, and take them again."""
    if exchange.operation != "bind-phone":
        return
    used = exchange.memory.setdefault("used", set())
    code = (exchange.app_id, *address_and_code(exchange))
    if not exchange.is_refused:
        used.add(code)
    elif code in used:
        exchange.succeed()


def works(operation: str, *, state: str) -> Spoil:
    """Take a code that is in this state, though its life is over."""

    def spoil(exchange: Exchange) -> None:
        if exchange.operation != operation or exchange.answer.get("apiCode") != 2001:
            return
        _, code = address_and_code(exchange)
        messages = exchange.upstream(exchange.app_id, "/_mock/messages", {"limit": "1000"})
        if any(m["state"] == state and m["passCode"] == code for m in messages["messages"]):
            exchange.succeed(**TOKENS.get(operation, {}))

    return spoil


def succeeds_when(operation: str, api_code: int | None, text: str = "") -> Spoil:
    """Do what should be refused with this code, or with this text."""

    def spoil(exchange: Exchange) -> None:
        answer = exchange.answer
        is_meant = exchange.operation == operation and exchange.is_refused
        if is_meant and answer.get("apiCode") == api_code and text in answer["message"]:
            exchange.succeed(**TOKENS.get(operation, {}))

    return spoil


def for_refusals(change: Callable[[Json], object], operation: str = "") -> Spoil:
    """Change refusals that have an apiCode, all or those of one operation."""

    def spoil(exchange: Exchange) -> None:
        if exchange.answer.get("apiCode") and operation in ("", exchange.operation):
            change(exchange.answer)

    return spoil


def for_successes(change: Callable[[Json], object], operation: str = "") -> Spoil:
    """Change successes in an envelope, all or those of one operation."""

    def spoil(exchange: Exchange) -> None:
        if not exchange.is_refused and operation in ("", exchange.operation):
            change(exchange.answer)

    return spoil


def a_refusal_says_200(exchange: Exchange) -> None:
    """Leave a refusal as it is, but for its statusCode."""
    if exchange.is_refused:
        exchange.answer["statusCode"] = 200


def refusals_are_http(status: int) -> Spoil:
    """Answer refusals with a real HTTP status."""

    def spoil(exchange: Exchange) -> None:
        if exchange.is_refused:
            exchange.http = status

    return spoil


def everything_is_http(status: int) -> Spoil:
    """Answer everything with one HTTP status."""

    def spoil(exchange: Exchange) -> None:
        exchange.http = status

    return spoil


def a_pre_check_consumes(exchange: Exchange) -> None:
    """Refuse a code that was looked at."""
    seen = exchange.memory.setdefault("seen", set())
    code = (exchange.app_id, *address_and_code(exchange))
    if exchange.operation == "pre-check-code" and not exchange.is_refused:
        seen.add(code)
    if exchange.operation in ("bind-phone", "bind-email") and code in seen:
        exchange.refuse()


def a_second_text_is_dead(exchange: Exchange) -> None:
    """Refuse the code of every text but the first to one address."""
    if exchange.operation in ("bind-phone", "bind-email") and not exchange.is_refused:
        address, code = address_and_code(exchange)
        query = {"phoneNumber": address} if "@" not in address else {"email": address}
        channel = "CHANNEL_" + exchange.operation.replace("-", "_").upper()
        query |= {"channel": channel, "limit": "1000"}
        messages = exchange.upstream(exchange.app_id, "/_mock/messages", query)["messages"]
        if len(messages) > 1 and messages[0]["passCode"] == code:
            exchange.refuse()


def data(operation: str, **changes: object) -> Spoil:
    """Change fields of `data`; None takes a field away."""

    def spoil(exchange: Exchange) -> None:
        given: Json = exchange.answer.get("data") or {}
        if exchange.operation != operation:
            return
        for name, value in changes.items():
            if value is None:
                given.pop(name, None)
            elif name in given:
                given[name] = value

    return spoil


def remembers_the_first_profile(name: str) -> Spoil:
    """Show a field of the profile as it was when it was first there."""

    def spoil(exchange: Exchange) -> None:
        given: Json = exchange.answer.get("data") or {}
        if exchange.operation == "get-profile" and given:
            first = exchange.memory.setdefault(f"{exchange.app_id} {exchange.token}", {})
            given |= {name: first.setdefault(name, given[name])} if name in given else first

    return spoil


def unbinding_leaves_the_phone(exchange: Exchange) -> None:
    """Show a phone that was bound, for as long as anybody looks."""
    bound = exchange.memory.setdefault("bound", {})
    whose = f"{exchange.app_id} {exchange.token}"
    if exchange.operation == "bind-phone" and not exchange.is_refused:
        bound[whose] = address_and_code(exchange)[0]
    if exchange.operation == "get-profile" and not exchange.is_refused and whose in bound:
        exchange.answer["data"] |= {"phone": bound[whose], "phoneVerified": True}


def renamed(name: str, other: str) -> Spoil:
    """Give a field another name, in the envelope and in `data`."""

    def spoil(exchange: Exchange) -> None:
        holders: list[Json] = [exchange.answer, exchange.answer.get("data") or {}]
        for holder in (one for one in holders if name in one):
            holder[other] = holder.pop(name)

    return spoil


def a_code_is_echoed(exchange: Exchange) -> None:
    """Repeat the code in the message."""
    if exchange.is_refused and exchange.asked.get("passCode"):
        exchange.answer["message"] += f" ({exchange.asked['passCode']})"


def the_texted_code_is_told(exchange: Exchange) -> None:
    """Give the code to whoever asks for a text."""
    if exchange.operation == "send-sms" and not exchange.is_refused:
        query = {"phoneNumber": str(exchange.asked["phoneNumber"])}
        messages = exchange.upstream(exchange.app_id, "/_mock/messages", query)["messages"]
        exchange.answer["data"] = {"passCode": messages[0]["passCode"]}


def at(path: str, **changes: object) -> Spoil:
    """Change fields of what a call without envelope answers."""

    def spoil(exchange: Exchange) -> None:
        if exchange.path.endswith(path) and exchange.http == 200:
            exchange.answer |= changes

    return spoil


def signatures_are_wrong(exchange: Exchange) -> None:
    """Turn signatures round."""
    holders: list[Json] = [exchange.answer, exchange.answer.get("data") or {}]
    for holder in holders:
        for name in ("access_token", "id_token"):
            if holder.get(name) and exchange.operation in ("token", "signin"):
                signed, _, signature = holder[name].rpartition(".")
                holder[name] = f"{signed}.{signature[::-1]}"


def oauth_refusals_are_http_200(exchange: Exchange) -> None:
    """Answer OAuth's refusals with HTTP 200."""
    if "error" in exchange.answer:
        exchange.http = 200


def each(names: Mapping[str, str], make: Callable[[str], Spoil], what: str) -> Lies:
    """Tell one lie about several operations, each with the scenario that notices."""
    return {f"{what} {name}": (make(name), caught_by) for name, caught_by in names.items()}
