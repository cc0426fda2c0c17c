"""What every group of calls has in common: it hides its arguments, and asks."""

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from types import TracebackType
from typing import Any, TypeVar

from aiogenauth.calls.request import make_call, parser
from aiogenauth.errors import GenAuthError
from aiogenauth.protocol import Endpoint
from aiogenauth.redaction import sealed
from aiogenauth.sending.executor import CallExecutor
from aiogenauth.sending.reconcile import EffectCheck, OnUnknown, execute_and_check

T = TypeVar("T")


class CallGroup:
    """A group of calls; `AuthenticationClient` inherits all groups.

    Every public coroutine method of a group is given its arguments `sealed`: pass codes, phone
    numbers and payloads show `***` in the frame of the method and in all that it calls, so that a
    traceback with locals shows none of them. No method has to remember to do so.
    """

    _executor: CallExecutor

    def __init_subclass__(cls) -> None:
        """Hide the arguments of the methods."""
        super().__init_subclass__()
        for name, member in list(vars(cls).items()):
            if not name.startswith("_") and inspect.iscoroutinefunction(member):
                setattr(cls, name, _sealing(member))

    def _ask(self, endpoint: Endpoint, shape: type[T], /, **fields: object) -> Awaitable[T]:
        """Make a call and return its result, which is to be awaited at once.

        Args:
            endpoint: What is called.
            shape: What the answer's data is read as; `Confirmation` where it says only yes.
            **fields: What `make_call` takes, by the names of the API.

        Raises:
            GenAuthError: One of its leaves.
        """
        return self._executor.execute(make_call(endpoint, parser(shape), fields))

    def _ask_and_check(
        self,
        endpoint: Endpoint,
        shape: type[T],
        check: EffectCheck[T] | None,
        on_unknown: OnUnknown,
        /,
        **fields: object,
    ) -> Awaitable[T]:
        """Make a call whose effect the account shows, and look there should the answer get lost.

        Args:
            endpoint: What is called.
            shape: As for `_ask`.
            check: Recognises the effect; None if nothing would show it.
            on_unknown: Whether to look.
            **fields: What `make_call` takes, by the names of the API.

        Raises:
            GenAuthError: One of its leaves.
        """
        call = make_call(endpoint, parser(shape), fields)
        if check is not None and call.phone is None:
            call.phone = check.phone
        return execute_and_check(self._executor, call, check, on_unknown)


def _sealing(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(method)
    async def call(self: object, *args: object, **kwargs: object) -> object:
        args = tuple(map(sealed, args))
        if kwargs:
            kwargs = {name: sealed(each) for name, each in kwargs.items()}
        try:
            return await method(self, *args, **kwargs)
        except GenAuthError as error:
            failed = error
        del args, kwargs
        # Raised out here, without the frames it came through: some trackers of errors walk what
        # their locals hold, whatever its repr says.
        raise failed.with_traceback(_of_others(failed.__traceback__))

    return call


def _of_others(traceback: TracebackType | None) -> TracebackType | None:
    """Return the frames that are not of this package: a token provider's, or a callback's."""
    if traceback is None:
        return None
    rest = _of_others(traceback.tb_next)
    module = traceback.tb_frame.f_globals.get("__name__", "")
    if module.partition(".")[0] == "aiogenauth":
        return rest
    return TracebackType(rest, traceback.tb_frame, traceback.tb_lasti, traceback.tb_lineno)
