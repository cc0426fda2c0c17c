"""What signing in on the web needs: links, PKCE, how an app proves itself, tokens that verify.

Imported when it is first needed.
"""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.oidc.authorization_request import AuthorizationRequest as AuthorizationRequest
    from aiogenauth.oidc.authorization_request import checked_uri as checked_uri
    from aiogenauth.oidc.claims import LEEWAY as LEEWAY
    from aiogenauth.oidc.claims import Expected as Expected
    from aiogenauth.oidc.claims import TokenClaims as TokenClaims
    from aiogenauth.oidc.claims import checked_leeway as checked_leeway
    from aiogenauth.oidc.client_authentication import ClientProof as ClientProof
    from aiogenauth.oidc.client_authentication import client_proof as client_proof
    from aiogenauth.oidc.keys import SigningKeys as SigningKeys
    from aiogenauth.oidc.keys import checked_offline as checked_offline
    from aiogenauth.oidc.pkce import challenge_of as challenge_of
    from aiogenauth.oidc.pkce import new_verifier as new_verifier
    from aiogenauth.oidc.urls import AuthorizeUrl as AuthorizeUrl
    from aiogenauth.oidc.urls import authorize_url as authorize_url
    from aiogenauth.oidc.urls import logout_url as logout_url

MODULES: Final = {
    "aiogenauth.oidc.authorization_request": ("AuthorizationRequest", "checked_uri"),
    "aiogenauth.oidc.claims": ("LEEWAY", "Expected", "TokenClaims", "checked_leeway"),
    "aiogenauth.oidc.client_authentication": ("ClientProof", "client_proof"),
    "aiogenauth.oidc.keys": ("SigningKeys", "checked_offline"),
    "aiogenauth.oidc.pkce": ("challenge_of", "new_verifier"),
    "aiogenauth.oidc.urls": ("AuthorizeUrl", "authorize_url", "logout_url"),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
