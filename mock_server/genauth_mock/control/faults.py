"""Adds, lists and removes faults. `genauth_mock.faults.json_format` has their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, cast

from attrs import evolve

from genauth_mock.control.request import ControlError, check_no_null
from genauth_mock.engine.json_values import InvalidInput, Problem
from genauth_mock.engine.value import json_shape
from genauth_mock.faults.json_format import (
    read_fault,
    show_fault,
    show_fault_set,
)
from genauth_mock.faults.matching import FaultSet, active_faults
from genauth_mock.faults.names import read_route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.context import CallContext
    from genauth_mock.faults.fault import Fault


@json_shape
class FaultsToRemove:
    """Body of ``DELETE /_mock/faults``; the query may say the same."""

    id: str | None = None
    route: str | None = None


async def list_faults(request: ControlRequest) -> Json:
    """``GET /_mock/faults``: the app's faults, oldest first; one that was applied its last time is gone."""
    return show_fault_set(await request.run(lambda context: _active_faults(context, request)))


async def add_faults(request: ControlRequest) -> Json:
    """``POST /_mock/faults``: one fault, or ``{"faults": [...]}``; all of them or none."""
    given, are_many = _given(request.body)
    faults = [
        _read(each, f"faults[{index}]" if are_many else "") for index, each in enumerate(given)
    ]

    app_ids = [_app_of(fault, request) for fault in faults]
    added: dict[int, Fault] = {}
    for app_id in dict.fromkeys(app_ids):
        places = [place for place, named in enumerate(app_ids) if named == app_id]
        theirs = evolve(request, named_app=app_id)
        armed = await _add(theirs, [faults[place] for place in places])
        added |= zip(places, armed, strict=True)
    return (
        {"faults": [show_fault(added[place]) for place in sorted(added)]}
        if are_many
        else show_fault(added[0])
    )


def _app_of(fault: Fault, request: ControlRequest) -> str:
    """Return the app that a fault is for: in a list each may name one."""
    named, deployment = fault.app_id or request.app_id, request.deployment
    if request.named_app and named != request.named_app:
        message = (
            f"appId of a fault is {named!r}, and the call names {request.named_app!r}: name one"
        )
        raise ControlError(message)
    if not deployment.apps.knows(named):
        message = f"app {named!r} is unknown here (--strict-apps)"
        raise ControlError(message, status=404)
    return named


async def _add(request: ControlRequest, faults: list[Fault]) -> tuple[Fault, ...]:
    def add(context: CallContext) -> tuple[Fault, ...]:
        active = _active_faults(context, request)
        for fault in faults:
            active = active.with_fault(evolve(fault, app_id=None))
        context.records.put("", active)
        return active.faults[-len(faults) :]

    added = await request.run(add)
    await _publish(request)
    return added


async def remove(request: ControlRequest) -> Json:
    """``DELETE /_mock/faults``: every fault of the app, or those of one ``id`` or ``route``."""
    check_no_null(request.body)
    body = request.read(FaultsToRemove)
    fault_id = request.path.get("faultId") or request.query.get("id") or body.id
    path = _path(request.query.get("route") or body.route)

    def take(context: CallContext) -> list[str]:
        active = _active_faults(context, request)
        gone = [
            fault.fault_id
            for fault in active.faults
            if fault_id in (None, fault.fault_id) and path in (None, fault.route)
        ]
        context.records.put("", active.without(gone))
        return gone

    gone = await request.run(take)
    if fault_id is not None and not gone:
        message = f"fault {fault_id!r} is not armed in app {request.app_id!r}"
        raise ControlError(message, status=404)
    await _publish(request)
    return {"removed": len(gone)}


def _path(route: str | None) -> str | None:
    """Return the path that a route means."""
    try:
        return None if route is None else read_route(route)
    except ValueError as error:
        message = f"route must be {error}"
        raise ControlError(message) from None


async def _publish(request: ControlRequest) -> None:
    active = await request.run(lambda context: _active_faults(context, request))
    request.deployment.events.publish("faults.changed", request.app_id, active)


def _active_faults(context: CallContext, request: ControlRequest) -> FaultSet:
    return active_faults(context, request.deployment.options.faults, request.app_id)


def _given(body: Mapping[str, object]) -> tuple[list[object], bool]:
    if "faults" not in body:
        return [body], False
    listed = body["faults"]
    unknown = sorted(set(body) - {"faults", "appId"})
    if unknown or not isinstance(listed, list) or not listed:
        message = "faults must be a list of faults, with nothing beside it but appId"
        raise ControlError(message)
    return cast("list[object]", listed), True


def _read(given: object, path: str) -> Fault:
    try:
        return read_fault(
            cast("dict[str, object]", given) if isinstance(given, dict) else _no_object()
        )
    except InvalidInput as error:
        raise ControlError(str(error.inside(path) if path else error)) from None


def _no_object() -> NoReturn:
    raise InvalidInput(Problem("", "must be an object"))
