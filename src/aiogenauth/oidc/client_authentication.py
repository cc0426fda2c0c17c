"""How an application proves itself to the endpoints of OAuth. Source: RFC 6749, 2.3.1."""

from base64 import b64encode
from typing import Literal
from urllib.parse import quote_plus

from attrs import field, frozen

from aiogenauth.configuration import AuthMethod, Settings
from aiogenauth.errors import ConfigurationError
from aiogenauth.redaction import Sealed, Secret

Place = Literal["token", "introspection", "revocation"]
"""Each endpoint may be set up for a way of its own."""


@frozen
class ClientProof:
    """What an application shows.

    Attributes:
        fields: What goes into the form.
        authorization: What stands in the header of this name; None for nothing.
    """

    fields: Sealed[str] = field(repr=False)
    authorization: Secret | None = None


def client_proof(settings: Settings, place: Place) -> ClientProof:
    """Return what the application shows at an endpoint.

    Raises:
        ConfigurationError: It has to show its secret, and has none; or the protocol has no such
            endpoint. Nothing was sent.
    """
    if settings.protocol not in {"oidc", "oauth"}:
        message = (
            f"protocol: {settings.protocol} has no tokens; set up the client with oidc or oauth"
        )
        raise ConfigurationError(message).with_facts(field="protocol")
    method: AuthMethod = getattr(settings, f"{place}_endpoint_auth_method")
    if method == "none":
        return ClientProof(Sealed(client_id=settings.app_id))
    if settings.app_secret is None:
        message = (
            "app_secret is missing: pass app_secret=... or set GENAUTH_APP_SECRET; "
            f"an application without a secret has {place}_endpoint_auth_method='none'"
        )
        raise ConfigurationError(message).with_facts(field="app_secret")
    if method == "client_secret_basic":
        return ClientProof(Sealed(), basic(settings.app_id, settings.app_secret))
    secret = settings.app_secret
    return ClientProof(Sealed(client_id=settings.app_id, client_secret=secret))


def basic(client_id: str, secret: Secret) -> Secret:
    """Return what stands in the header: both are form-encoded first, so a colon does no harm.

    >>> str(basic("a:b", Secret("p q")))
    'Basic YSUzQWI6cCtx'
    """
    pair = Secret(f"{quote_plus(client_id)}:{quote_plus(secret)}")
    return Secret(f"Basic {b64encode(pair.encode()).decode()}")
