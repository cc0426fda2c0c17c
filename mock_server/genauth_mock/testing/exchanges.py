"""Writes down what an app was asked and answered, for the report of a failed test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, object]


def exchange_lines(exchange: Mapping[str, object]) -> str:
    """Write an exchange in two lines.

    Args:
        exchange: As ``GET /_mock/requests`` shows it: secrets are masked there.
    """
    asked = f"{exchange['method']} {exchange['path']}"
    for part in (exchange["query"], exchange["body"]):
        if part:
            asked += f" {_json(part)}"
    return f"{asked}\n    -> {'; '.join(_answer(exchange))}"


def _answer(exchange: Mapping[str, object]) -> list[str]:
    status, is_pending = exchange["httpStatus"], bool(exchange.get("pending"))
    nameless = "no answer" if status is None else "an answer of a fault"
    said = ["pending"] if is_pending else []
    if exchange["outcome"] or not is_pending:
        said.append(str(exchange["outcome"] or nameless))
    if exchange["effect"] != exchange["outcome"]:
        said.append(f"by the rules {exchange['effect'] or 'nothing happened'}")
    for name, value in cast("Json", exchange["why"] or {}).items():
        said.append(f"{name} {value}")
    said.extend(
        f"fault {fault['id']} ({fault['kind']}, {fault['when']})"
        for fault in cast("list[Json]", exchange["faults"])
    )
    if status is not None:
        said.append(f"HTTP {status} {_json(exchange['answer'] or {})}")
    return said


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
