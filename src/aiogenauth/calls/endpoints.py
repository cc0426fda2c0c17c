"""Describes the calls of the API: verb, path, whether they need a user, what a lost answer means."""

import attrs

from aiogenauth.errors import OutcomeUnknown, ReadOutcomeUnknown
from aiogenauth.protocol import Auth, Endpoint


def get(name: str, path: str, auth: Auth = Auth.REQUIRED) -> Endpoint:
    """Return the endpoint of a GET, which is safe: it may be sent again.

    Args:
        name: The client's method.
        path: From the root of the app host.
        auth: Whether it needs a signed-in user.
    """
    return Endpoint(name, "GET", path, ReadOutcomeUnknown, auth, is_safe=True)


def post(
    name: str,
    path: str,
    unknown_error: type[OutcomeUnknown] = OutcomeUnknown,
    auth: Auth = Auth.REQUIRED,
) -> Endpoint:
    """Return the endpoint of a POST with a JSON body, which is sent again only if nothing arrived.

    One that has a form as its body is written out as `Endpoint(...)` with its keywords.

    Args:
        name: The client's method.
        path: From the root of the app host.
        unknown_error: Raised when the answer got lost.
        auth: Whether it needs a signed-in user.
    """
    return Endpoint(name, "POST", path, unknown_error, auth)


def post_to_read(name: str, path: str, auth: Auth = Auth.REQUIRED) -> Endpoint:
    """Return the endpoint of a POST that does no harm when it is sent twice, as a GET.

    Args:
        name: The client's method.
        path: From the root of the app host.
        auth: Whether it needs a signed-in user.
    """
    return Endpoint(name, "POST", path, ReadOutcomeUnknown, auth, is_safe=True)


def bare(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint as one that answers without an envelope; one with it is read as well."""
    return attrs.evolve(endpoint, has_envelope=False)
