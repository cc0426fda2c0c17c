"""The call of `AuthenticationClient` for any path that has no method of its own."""

from collections.abc import Mapping
from typing import TypeVar, overload

from aiogenauth.calls.raw import Asked, any_call
from aiogenauth.redaction import sealed
from aiogenauth.sending.executor import Courier

T = TypeVar("T")


class OtherCalls:
    """Any other call of the API."""

    _courier: Courier

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: type[T],
    ) -> T: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: None = None,
    ) -> object: ...

    async def request(  # noqa: PLR0913 - each is one part of an HTTP request
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: type[T] | None = None,
    ) -> T | object:
        """Make any other call of the API, with the same headers, errors and timeouts.

        A GET may be repeated; a POST only if certainly nothing of it arrived.

        Args:
            method: `"GET"` or `"POST"`.
            path: On the app host, such as `/api/v3/get-my-login-history`.
            json: Body of a POST, by the names of the API.
            form: Body of a POST to `/oidc/...`, which takes a form.
            params: Query parameters.
            cast_to: Shape of `data`: an attrs class or dataclass with names in snake_case, or
                another type. `Envelope` gives the whole answer.

        Returns:
            The answer's `data`: as `cast_to`, or as decoded JSON when that is left out. The
            endpoints under `/oidc/` have no envelope; theirs is the whole answer.

        Raises:
            GenAuthError: As any other call.
        """
        path, json, form, params = sealed(path), sealed(json), sealed(form), sealed(params)
        asked = Asked(method.upper(), path, json, form, params)
        return await self._courier.carry(any_call(asked, cast_to))
