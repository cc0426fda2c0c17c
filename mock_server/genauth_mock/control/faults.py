"""Faults: armed, shown, removed. What a fault may say is written in `genauth_mock.faults.json_format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from genauth_mock.control.request import Objection
from genauth_mock.faults.json_format import BadFault, read_fault, read_route, show_armed, show_fault
from genauth_mock.faults.matching import Armed, armed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.request import Asked, Json
    from genauth_mock.engine.context import Turn
    from genauth_mock.faults.fault import Fault


async def list_faults(asked: Asked) -> Json:
    """``GET /_mock/faults``: the app's faults, oldest first; one that has struck its last time is gone."""
    return show_armed(await asked.play(lambda turn: _armed(turn, asked)))


async def arm(asked: Asked) -> Json:
    """``POST /_mock/faults``: one fault, or ``{"faults": [...]}``; all of them or none."""
    given, are_many = _given(asked.body)
    faults = [_read(each, f"fault {n}: " if are_many else "") for n, each in enumerate(given, 1)]

    def add(turn: Turn) -> tuple[Fault, ...]:
        now_armed = _armed(turn, asked)
        for fault in faults:
            now_armed = now_armed.with_fault(fault)
        turn.records.put("", now_armed)
        return now_armed.faults[-len(faults) :]

    added = await asked.play(add)
    await _tell(asked)
    return {"faults": [show_fault(each) for each in added]} if are_many else show_fault(added[0])


async def remove(asked: Asked) -> Json:
    """``DELETE /_mock/faults``: every fault of the app, or those of one ``id`` or ``route``."""
    fault_id = asked.path.get("faultId") or asked.query.get("id") or asked.text("id")
    route = asked.query.get("route") or asked.text("route")
    try:
        path = None if route is None else read_route(route)
    except ValueError as error:
        raise Objection(str(error)) from None

    def take(turn: Turn) -> list[str]:
        now_armed = _armed(turn, asked)
        gone = [
            fault.fault_id
            for fault in now_armed.faults
            if fault_id in (None, fault.fault_id) and path in (None, fault.route)
        ]
        turn.records.put("", now_armed.without(gone))
        return gone

    gone = await asked.play(take)
    if fault_id is not None and not gone:
        message = f"fault {fault_id!r} is not armed in app {asked.app_id!r}"
        raise Objection(message, status=404)
    await _tell(asked)
    return {"removed": len(gone)}


async def _tell(asked: Asked) -> None:
    now_armed = await asked.play(lambda turn: _armed(turn, asked))
    asked.deployment.events.tell("faults.changed", asked.app_id, now_armed)


def _armed(turn: Turn, asked: Asked) -> Armed:
    return armed(turn, asked.deployment.options.faults, asked.app_id)


def _given(body: Mapping[str, object]) -> tuple[list[object], bool]:
    if "faults" not in body:
        return [body], False
    listed = body["faults"]
    unknown = sorted(set(body) - {"faults", "appId"})
    if unknown or not isinstance(listed, list) or not listed:
        message = "faults must be a list of faults, with nothing beside it but appId"
        raise Objection(message)
    return cast("list[object]", listed), True


def _read(given: object, where: str) -> Fault:
    if not isinstance(given, dict):
        message = f"{where}must be an object"
        raise Objection(message)
    try:
        return read_fault(cast("dict[str, object]", given))
    except BadFault as error:
        message = f"{where}{error}"
        raise Objection(message) from None
