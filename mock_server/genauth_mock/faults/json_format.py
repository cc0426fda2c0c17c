"""Faults in JSON: what ``POST /_mock/faults`` and a fault file take, and what ``GET /_mock/faults`` shows.

Whom it befalls (what is left out befalls everybody):

- ``route``: ``/api/v3/bind-phone``, or ``bind-phone`` for short.
- ``user``: a user's id or username. Calls with an access token of that user.
- ``phoneNumber``: a number with or without its country calling code, or an e-mail address. Calls that name it, or are
  made by its owner.
- ``channel``: such as ``CHANNEL_BIND_PHONE``. Calls that name it.
- ``times``: how many requests it befalls; left out or null: until it is removed.
- ``skip``: how many fitting requests pass unharmed first.
- ``probability``: from 0 to 1, the share of fitting requests that it befalls.

What it does is its ``kind``, which may be left out where another field tells it:

- ``delay``, with ``delaySeconds`` or ``delay``: holds the request up.
- ``status``, with ``httpStatus``: answers with an HTTP status; below 400 the true answer keeps its body.
- ``envelope``, with ``outcome``, or with ``statusCode``, ``apiCode`` and ``message``: answers what GenAuth answers for
  an outcome, or what you say.
- ``reset``: resets the connection (RST).
- ``drop``: closes the connection without a byte.
- ``cut``, with ``cutAfterBytes``: closes the connection in the middle of the body, by default after half of it.
- ``trickle``, with ``overSeconds`` (5): lets the body come slowly, in small pieces.
- ``notJson``, with ``body`` and ``contentType``: answers an HTML page, or what ``body`` says.
- ``empty``: answers with no body.
- ``delivery``, with ``delivery``: the request succeeds, and its message comes ``late`` (by ``delaySeconds``), ``never``
  or ``twice``.

``when`` is ``before`` (the request takes no effect) or ``after`` (it does, and then the fault strikes). Left out it is
``after`` for what spoils an answer (``cut``, ``trickle``, ``notJson``, ``empty``, an HTTP status below 400), else
``before``.

``httpStatus``, ``retryAfter`` (seconds), ``delaySeconds`` and the fields of ``envelope`` go with every kind of answer.
``delay`` is ``{"distribution": "uniform", "fromSeconds": 0.1, "toSeconds": 2}`` or
``{"distribution": "lognormal", "medianSeconds": 0.2, "sigma": 0.5}``. Delays are real time, except that of a late
message, which is the app's time: moving the clock lets it arrive.

Of several faults that fit a request every delay befalls it, and of the others the oldest one.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn, TypeVar, cast

from attrs import evolve

from genauth_mock.api.documented import DOCUMENTED
from genauth_mock.api.endpoints import CALLS
from genauth_mock.engine.address import masked_recipient
from genauth_mock.engine.json_values import (
    choice,
    number,
    text,
    whole,
)
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.faults.fault import Delay, Delivery, Distribution, Fault, Kind, When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from genauth_mock.faults.matching import FaultSet


SYNONYMS: Final = {
    "appId": "",
    "id": "",
    "applied": "",
    "type": "kind",
    "fault": "kind",
    "path": "route",
    "endpoint": "route",
    "count": "times",
    "userId": "user",
    "username": "user",
    "phone": "phoneNumber",
    "email": "phoneNumber",
    "status": "httpStatus",
    "retryAfterSeconds": "retryAfter",
}
"""Names that are understood besides the real ones; an empty one is read by others."""

KIND_SYNONYMS: Final = {
    "connectionreset": Kind.RESET,
    "connectionresetbypeer": Kind.RESET,
    "abort": Kind.RESET,
    "disconnect": Kind.DROP,
    "close": Kind.DROP,
    "droppedconnection": Kind.DROP,
    "connectiondrop": Kind.DROP,
    "truncate": Kind.CUT,
    "truncated": Kind.CUT,
    "truncatedbody": Kind.CUT,
    "slow": Kind.TRICKLE,
    "malformed": Kind.NOT_JSON,
    "nonjson": Kind.NOT_JSON,
    "invalidjson": Kind.NOT_JSON,
    "html": Kind.NOT_JSON,
    "emptybody": Kind.EMPTY,
    "latency": Kind.DELAY,
    "httpstatus": Kind.STATUS,
    "error": Kind.ENVELOPE,
    "outcome": Kind.ENVELOPE,
    "answer": Kind.ENVELOPE,
    "message": Kind.DELIVERY,
}
"""Other words for kinds, in lower case without ``-`` and ``_``; with ``before`` or ``after`` at the end, too."""


Json = dict[str, object]
Value = TypeVar("Value")

LONGEST_DELAY_SECONDS: Final = 86_400
LAST_HTTP_STATUS: Final = 599
_HEADER: Final = re.compile("[!-~]([ -~]*[!-~])?")
"""Source: RFC 9110, section 5.5: what a header may hold without surprises; no line ends."""

ROUTES: Final = tuple(sorted(DOCUMENTED))
"""Every path that a fault can befall."""


class BadFault(ValueError):  # noqa: N818 - named by what is wrong
    """A fault that cannot be: the text names the field and what it must be."""


class Field(NamedTuple):
    """One field: the attribute of a fault that it sets, and how it is read."""

    attribute: str
    read: Callable[[object], object]


def read_route(value: object) -> str | None:
    """Read a path, whole or in short; None for every path.

    Raises:
        ValueError: There is no such path.
    """
    named = _name(value).rpartition(" ")[2].partition("?")[0]
    if named in {"*", "all"}:
        return None
    found = [route for route in ROUTES if route == named]
    found = found or [route for route in ROUTES if route.endswith(f"/{named.strip('/')}")]
    if not found:
        imitated = ", ".join(call.path.removeprefix("/api/v3/") for call in CALLS)
        msg = f"a path of GenAuth, such as {imitated}; left out it is every path"
        raise ValueError(msg)
    return found[0]


def _name(value: object) -> str:
    return text(value or None)


def _header(value: object) -> str:
    if not isinstance(value, str) or not _HEADER.fullmatch(value):
        msg = "a media type such as text/plain; charset=utf-8"
        raise ValueError(msg)
    return value


def _outcome(value: object) -> str:
    if not isinstance(value, str) or value not in Outcome.__members__:
        msg = f"one of {', '.join(Outcome.__members__)}"
        raise ValueError(msg)
    return value


def _delay(value: object) -> Delay:
    if not isinstance(value, dict):
        return Delay(Distribution.FIXED, _seconds(value))
    given = cast("dict[str, object]", value)
    distribution = _inner("distribution", choice(Distribution), given, Distribution.FIXED)
    names = {
        Distribution.FIXED: ("seconds",),
        Distribution.UNIFORM: ("fromSeconds", "toSeconds"),
        Distribution.LOGNORMAL: ("medianSeconds", "sigma"),
    }[distribution]
    unknown = set(given) - {"distribution", *names}
    if unknown:
        msg = f"an object with distribution, {', '.join(names)}, not {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    first, *others = (_inner(name, _seconds, given, None) for name in names)
    match distribution:
        case Distribution.FIXED:
            return Delay(distribution, first)
        case Distribution.UNIFORM:
            return Delay(distribution, first, longest=max(first, others[0]))
        case Distribution.LOGNORMAL:
            return Delay(distribution, first, sigma=others[0])


def _inner(
    name: str, read: Callable[[object], Value], given: Mapping[str, object], default: Value | None
) -> Value:
    if name not in given and default is not None:
        return default
    try:
        return read(given.get(name))
    except ValueError as error:
        msg = f"an object whose {name} is {error}"
        raise ValueError(msg) from None


def show_delay(delay: Delay) -> Json:
    """Show a delay as it is read."""
    match delay.distribution:
        case Distribution.FIXED:
            return {"delaySeconds": delay.seconds}
        case Distribution.UNIFORM:
            names = {"fromSeconds": delay.seconds, "toSeconds": delay.longest}
        case Distribution.LOGNORMAL:
            names = {"medianSeconds": delay.seconds, "sigma": delay.sigma}
    return {"delay": {"distribution": delay.distribution, **names}}


def number_read(value: object) -> str:
    """Read a number or an e-mail address; how people write numbers is forgiven."""
    named = _name(value)
    return named.lower() if "@" in named else re.sub("[ ()-]", "", named)


_seconds = number(0, LONGEST_DELAY_SECONDS)

FIELDS: Final[Mapping[str, Field]] = {
    "when": Field("when", choice(When)),
    "route": Field("route", read_route),
    "user": Field("user", _name),
    "phoneNumber": Field("phone_number", number_read),
    "channel": Field("channel", _name),
    "times": Field("times", whole(1, 1_000_000)),
    "skip": Field("skip", whole(0, 1_000_000)),
    "probability": Field("probability", number(0, 1)),
    "delaySeconds": Field("delay_seconds", _seconds),
    "delay": Field("delay", _delay),
    "httpStatus": Field("http_status", whole(200, LAST_HTTP_STATUS)),
    "retryAfter": Field("retry_after", whole(0, LONGEST_DELAY_SECONDS)),
    "outcome": Field("outcome", _outcome),
    "statusCode": Field("status_code", whole(0, 99_999)),
    "apiCode": Field("api_code", whole(-(2**31), 2**31)),
    "message": Field("message", text),
    "body": Field("body", text),
    "contentType": Field("content_type", _header),
    "overSeconds": Field("over_seconds", _seconds),
    "cutAfterBytes": Field("cut_after_bytes", whole(0, 1_000_000)),
    "delivery": Field("delivery", choice(Delivery)),
}
"""Every field besides ``kind`` by its JSON name."""


FIRST_ERROR_STATUS: Final = 400

_SPOILING: Final = {Kind.CUT, Kind.TRICKLE, Kind.NOT_JSON, Kind.EMPTY}


def read_fault(given: Mapping[str, object]) -> Fault:
    """Read a fault.

    Raises:
        BadFault: Names the field at fault and what it must be.
    """
    named = _known(given)
    wanted_kind, wanted_when = _kind_and_when(named.pop("kind", None))
    values: dict[str, object] = {}
    for name, value in named.items():
        if value is not None:
            values[FIELDS[name].attribute] = _read(name, value)
    _merge_delays(values)
    values["kind"] = kind = wanted_kind or _kind_of(values)
    values.setdefault("when", wanted_when or _usual_when(kind, values))
    _check(kind, values)
    return Fault(**values)  # type: ignore[arg-type]  # each was read by its own field


def show_fault(fault: Fault) -> Json:
    """Show a fault as `read_fault` takes it, besides ``id`` and ``applied``; numbers are masked."""
    shown: Json = {"id": fault.fault_id, "kind": fault.kind}
    for name, one in FIELDS.items():
        value: object = getattr(fault, one.attribute, None)
        if value is not None and name not in {"delaySeconds", "delay"}:
            shown[name] = value
    if fault.phone_number is not None:
        shown["phoneNumber"] = masked_recipient(fault.phone_number)
    if fault.delay is not None:
        shown |= show_delay(fault.delay)
    if not fault.skip:
        shown.pop("skip")
    if fault.probability == 1:
        shown.pop("probability")
    return {**shown, "applied": fault.applied}


def show_fault_set(active: FaultSet) -> Json:
    """Show the faults of an app."""
    return {"faults": [show_fault(fault) for fault in active.faults]}


def _known(given: Mapping[str, object]) -> dict[str, object]:
    named: dict[str, object] = {}
    for name, value in given.items():
        real = SYNONYMS.get(name, name)
        if not real:
            continue
        if real != "kind" and real not in FIELDS:
            msg = f"{name} is not a field of a fault; there are: kind, {', '.join(FIELDS)}"
            raise BadFault(msg)
        named[real] = value
    return named


def _read(name: str, value: object) -> object:
    try:
        return FIELDS[name].read(value)
    except ValueError as error:
        msg = f"{name} must be {error}"
        raise BadFault(msg) from None


def _kind_and_when(given: object) -> tuple[Kind | None, When | None]:
    """Read a kind, and from words such as ``resetAfter`` when it strikes."""
    if given is None:
        return None, None
    word = re.sub("[-_ ]", "", given).lower() if isinstance(given, str) else ""
    stem = re.sub("(before|after)$", "", word)
    when = When(word.removeprefix(stem)) if stem != word else None
    kinds = {kind.lower(): kind for kind in Kind} | KIND_SYNONYMS
    if stem not in kinds:
        msg = f"kind must be one of {', '.join(Kind)}"
        raise BadFault(msg)
    return kinds[stem], when


def _kind_of(values: Mapping[str, object]) -> Kind:
    tellers = {
        "delivery": Kind.DELIVERY,
        "cut_after_bytes": Kind.CUT,
        "over_seconds": Kind.TRICKLE,
        "body": Kind.NOT_JSON,
        "outcome": Kind.ENVELOPE,
        "status_code": Kind.ENVELOPE,
        "api_code": Kind.ENVELOPE,
        "http_status": Kind.STATUS,
        "delay": Kind.DELAY,
    }
    for attribute, kind in tellers.items():
        if attribute in values:
            return kind
    msg = (
        f"a fault needs a kind ({', '.join(Kind)}), or a field that tells it, "
        'such as {"delaySeconds": 2}, {"httpStatus": 503} or {"outcome": "EXPIRED_CODE"}'
    )
    raise BadFault(msg)


def _usual_when(kind: Kind, values: Mapping[str, object]) -> When:
    if kind in _SPOILING:
        return When.AFTER
    status = cast("int", values.get("http_status", FIRST_ERROR_STATUS))
    keeps_its_body = kind is Kind.STATUS and status < FIRST_ERROR_STATUS
    return When.AFTER if keeps_its_body else When.BEFORE


def _merge_delays(values: dict[str, object]) -> None:
    seconds = values.pop("delay_seconds", None)
    if seconds is None:
        return
    if "delay" in values:
        msg = "delaySeconds and delay say the same thing: give one of them"
        raise BadFault(msg)
    values["delay"] = Delay(Distribution.FIXED, cast("float", seconds))


def _check(kind: Kind, values: dict[str, object]) -> None:
    needs = {
        Kind.DELAY: ("delay", "delaySeconds"),
        Kind.STATUS: ("http_status", "httpStatus"),
        Kind.DELIVERY: ("delivery", f"delivery: one of {', '.join(Delivery)}"),
    }
    attribute, name = needs.get(kind, ("kind", ""))
    if attribute not in values:
        msg = f"a fault of kind {kind} needs {name}"
        raise BadFault(msg)
    if kind is Kind.ENVELOPE and not {"outcome", "status_code"} & values.keys():
        msg = "a fault of kind envelope needs outcome, or statusCode with apiCode and message"
        raise BadFault(msg)
    if "outcome" in values and {"status_code", "api_code", "message"} & values.keys():
        msg = "outcome says statusCode, apiCode and message: give it, or them"
        raise BadFault(msg)
    if values.get("delivery") is Delivery.LATE and "delay" not in values:
        msg = "a late delivery needs delaySeconds"
        raise BadFault(msg)


def read_faults(path: Path) -> list[Fault]:
    """Read a fault file.

    Raises:
        BadFault: It cannot be read, or a fault in it cannot be; the text names the file, the fault and the field.
    """
    return [_fault(path, number, given) for number, given in enumerate(_listed(path), 1)]


def _listed(path: Path) -> list[object]:
    try:
        text = path.read_text(encoding="utf-8")
        content: object = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        _reject(path, f"cannot be read: {error.strerror}")
    except ValueError as error:
        _reject(path, f"is not {'JSON' if path.suffix == '.json' else 'TOML'}: {error}")
    if isinstance(content, dict):
        table = cast("dict[str, object]", content)
        unknown = sorted(set(table) - {"faults"})
        if unknown:
            _reject(path, f"{', '.join(unknown)} is unknown; there is: faults")
        content = table.get("faults", [])
    if not isinstance(content, list):
        _reject(path, "must have a list named faults")
    return cast("list[object]", content)


def _fault(path: Path, number: int, given: object) -> Fault:
    if not isinstance(given, dict):
        _reject(path, f"fault {number} must be a table of fields")
    fields = cast("dict[str, object]", given)
    app_id = fields.get("appId")
    if app_id is not None and not isinstance(app_id, str):
        _reject(path, f"fault {number}: appId must be a string")
    try:
        return evolve(read_fault(fields), app_id=app_id)
    except BadFault as error:
        _reject(path, f"fault {number}: {error}")


def _reject(path: Path, problem: str) -> NoReturn:
    msg = f"{path}: {problem}"
    raise BadFault(msg) from None
