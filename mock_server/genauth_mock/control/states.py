"""The states of several apps in one: what ``--dump-at-exit`` writes, ``--load`` and ``POST /_mock/state`` read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from genauth_mock.control.dump import dump, publish_keys, put_state, read_state
from genauth_mock.control.request import ControlError, Json
from genauth_mock.engine.context import Caller
from genauth_mock.engine.json_values import InvalidInput, Problem
from genauth_mock.engine.outcomes import Refusal

if TYPE_CHECKING:
    from genauth_mock.control.dump import State
    from genauth_mock.control.request import ControlRequest
    from genauth_mock.runtime.deployment import Deployment

OTHERS: Final = "otherApps"
"""Where a state has those of further apps; around it is the one of the default app."""


async def dump_all(deployment: Deployment) -> Json:
    """Write down everything that every app has."""
    default = deployment.options.app_id
    state = await dump(deployment, default)
    app_ids = [each for each in await deployment.store.app_ids() if each != default]
    if app_ids:
        state[OTHERS] = [await dump(deployment, each) for each in app_ids]
    return state


async def load_all(deployment: Deployment, state: Json, app_id: str | None = None) -> Json:
    """Replace what the apps of a state have by it; each one in ``otherApps`` goes to the app that it is of.

    Args:
        deployment: Where.
        state: What `dump_all` or `dump` gave.
        app_id: The app to which the state around the others goes; None for the one that it is of.

    Returns:
        Each app, and how many records it has.

    Raises:
        InvalidInput: A state is none, is one of another version, or of an app that may not be; nothing has changed.
    """
    states: dict[str, State] = {}
    for where, each in _all(state):
        read = await _read(each, where)
        of_app = app_id if app_id is not None and not where else _app_of(each, where)
        if of_app in states:
            raise InvalidInput(Problem(f"{where}.appId", f"app {of_app!r} is there already"))
        await _check_may_be(deployment, of_app, where)
        states[of_app] = read
    for signing_keys in dict.fromkeys(read.signing_keys for read in states.values()):
        if signing_keys is not None:
            await publish_keys(deployment, signing_keys)
    for of_app, read in states.items():
        await put_state(deployment, of_app, read)
    return {of_app: len(read.records) for of_app, read in states.items()}


async def dump_state(request: ControlRequest) -> Json:
    """``GET /_mock/state``: everything that an app has, secrets included."""
    await request.run(lambda _: None)
    return await dump(request.deployment, request.app_id)


async def load_state(request: ControlRequest) -> Json:
    """``POST /_mock/state``: a state in the place of what the app has; further apps may be in it."""
    await request.run(lambda _: None)
    try:
        loaded = await load_all(request.deployment, dict(request.body), request.app_id)
    except InvalidInput as error:
        raise ControlError(str(error)) from None
    shown: list[Json] = [{"appId": each, "records": count} for each, count in loaded.items()]
    return shown[0] | ({OTHERS: shown[1:]} if len(shown) > 1 else {})


def _all(state: Json) -> list[tuple[str, Json]]:
    others = state.get(OTHERS, [])
    if not isinstance(others, list):
        raise InvalidInput(Problem(OTHERS, "must be a list of states"))
    listed = [("", state)]
    for index, each in enumerate(cast("list[object]", others)):
        where = f"{OTHERS}[{index}]"
        if not isinstance(each, dict):
            raise InvalidInput(Problem(where, "must be a state"))
        listed.append((where, cast("Json", each)))
    return listed


async def _read(state: Json, where: str) -> State:
    try:
        return await read_state(state)
    except InvalidInput as error:
        raise (error.inside(where) if where else error) from None


def _app_of(state: Json, where: str) -> str:
    app_id = state.get("appId")
    if isinstance(app_id, str) and app_id:
        return app_id
    raise InvalidInput(Problem(f"{where}.appId".removeprefix("."), "must name the app"))


async def _check_may_be(deployment: Deployment, app_id: str, where: str) -> None:
    if isinstance(await deployment.run(Caller(app_id), lambda _: None), Refusal):
        problem = f"app {app_id!r} is unknown here (--strict-apps): name it with --app-id"
        raise InvalidInput(Problem(f"{where}.appId".removeprefix("."), problem))
