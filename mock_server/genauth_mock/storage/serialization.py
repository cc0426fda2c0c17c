"""How records are written where they leave the process: JSON, read back as equal values."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar, cast

from multidict import CIMultiDict, MultiDict

from genauth_mock.activity.journal import Exchange
from genauth_mock.activity.webhooks import WebhookDelivery
from genauth_mock.engine.accounts import User
from genauth_mock.engine.address import Address
from genauth_mock.engine.clock import Clock
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.pass_code import PassCode
from genauth_mock.engine.settings import Settings
from genauth_mock.engine.user_events import UserEvent
from genauth_mock.engine.value import frozen
from genauth_mock.faults.fault import Fault
from genauth_mock.faults.matching import FaultSet
from genauth_mock.http.messages import (
    ConnectionFault,
    Ending,
    HttpReply,
    HttpRequest,
)
from genauth_mock.storage.interfaces import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cattrs import Converter


Value = TypeVar("Value")

STRAY_BYTES: Final = "surrogatepass"
"""How texts are written whose bytes were no UTF-8 (a header may have any), so that they are read back as they were."""

_MICROSECOND: Final = timedelta(microseconds=1)


def encode(record: object) -> bytes:
    """Write a record."""
    return json.dumps(_converter().unstructure(record), separators=(",", ":")).encode()


def decode(kind: type[Value], written: bytes) -> Value:
    """Read a record of a known type back."""
    return _converter().structure(json.loads(written), kind)


@cache
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 - a fifth of the start, and most servers write no record
    from cattrs.strategies import configure_tagged_union  # noqa: PLC0415 - as above

    converter = Converter(unstruct_collection_overrides={frozenset: sorted, tuple: list})
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(timedelta, lambda span: span // _MICROSECOND)
    converter.register_structure_hook(timedelta, lambda count, _: count * _MICROSECOND)
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    configure_tagged_union(Address, converter)
    return converter


_RECORDS: Final[Mapping[str, type[object]]] = {
    kind.__name__: kind for kind in (FaultSet, Clock, Settings, User, UserEvent, WebhookDelivery)
}
"""What is written as it is written in the store."""

_EXCHANGE: Final = Exchange.__name__
_MESSAGE: Final = Message.__name__

Json = dict[str, object]


@frozen
class FeedEntry:
    """An event that is not written yet.

    Attributes:
        journal_size: How many requests the app's journal keeps.
    """

    name: str
    app_id: str
    what: object
    now: datetime | None
    journal_size: int

    def written(self) -> list[str | bytes | int]:
        """Return the parts that are written; the last one is 0 for content that no journal keeps."""
        now = self.now.isoformat() if self.now else ""
        size = self.journal_size if isinstance(self.what, Exchange) else 0
        return [self.name, self.app_id, now, *written(self.what), size]


def written(what: object) -> tuple[str, bytes]:
    """Return the kind of an event's content, and the content as bytes."""
    match what:
        case Exchange():
            return _EXCHANGE, json.dumps(_of_exchange(what), separators=(",", ":")).encode()
        case Message():
            return _MESSAGE, f"{what.cursor}\n".encode() + encode(what.code)
        case None:
            return "", b""
        case _:
            return type(what).__name__, encode(what)


def read_back(kind: str, app_id: str, number: int, text: bytes) -> object:
    """Return an event's content as it was before it was written."""
    if kind == _EXCHANGE:
        return exchange_of(app_id, number, text)
    if kind == _MESSAGE:
        cursor, _, code = text.partition(b"\n")
        return Message(int(cursor), app_id, decode(PassCode, code))
    known = _RECORDS.get(kind)
    return None if known is None else decode(known, text)


def exchange_of(app_id: str, number: int, text: bytes) -> Exchange:
    """Return an exchange as it was before it was written."""
    written = cast("Json", json.loads(text))
    method, path, query, headers, body, base_url = cast(
        "tuple[str, str, list[tuple[str, str]], list[tuple[str, str]], str, str]",
        written["request"],
    )
    now = cast("str | None", written["now"])
    return Exchange(
        app_id,
        HttpRequest(method, path, MultiDict(query), CIMultiDict(headers), _bytes(body), base_url),
        number=number,
        now=None if now is None else datetime.fromisoformat(now),
        seconds=cast("float | None", written.get("seconds")),
        user_id=cast("str | None", written["user"]),
        effect=_outcome(written["effect"]),
        outcome=_outcome(written["outcome"]),
        why=cast("Mapping[str, str | float] | None", written["why"]),
        reply=_reply(cast("tuple[int, str, str] | None", written["reply"])),
        faults=tuple(
            decode(Fault, fault.encode()) for fault in cast("list[str]", written["faults"])
        ),
    )


def _of_exchange(exchange: Exchange) -> Json:
    request, reply = exchange.request, exchange.reply
    return {
        "request": [
            request.method,
            request.path,
            [*request.query.items()],
            [*request.headers.items()],
            _text(request.body),
            request.base_url,
        ],
        "reply": reply and [reply.status, _text(reply.body), reply.connection_fault.ending.name],
        "now": exchange.now and exchange.now.isoformat(),
        "seconds": exchange.seconds,
        "user": exchange.user_id,
        "effect": exchange.effect and exchange.effect.name,
        "outcome": exchange.outcome and exchange.outcome.name,
        "why": exchange.why and dict(exchange.why),
        "faults": [encode(fault).decode() for fault in exchange.faults],
    }


def _reply(written: tuple[int, str, str] | None) -> HttpReply | None:
    if written is None:
        return None
    status, body, ending = written
    return HttpReply(status, _bytes(body), connection_fault=ConnectionFault(Ending[ending]))


def _outcome(name: object) -> Outcome | None:
    return None if name is None else Outcome[str(name)]


def _text(body: bytes) -> str:
    return body.decode(errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
