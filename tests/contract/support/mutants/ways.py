"""Ways to spoil what an honest mock answers, in one point at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.contract.support.mutants.exchange import (
    TOKENS,
    Exchange,
    Json,
    Lies,
    Spoil,
    address_and_code,
)


def spare(_: Exchange) -> None:
    """Change nothing."""


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
