"""Ways to spoil the life of a code."""

from __future__ import annotations

from tests.contract.support.mutants.exchange import (
    TOKENS,
    Exchange,
    Spoil,
    address_and_code,
)


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
