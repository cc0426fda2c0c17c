"""Calls about passkeys, WebAuthn: signing in by one, adding one, taking them away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import attrs

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice_if_given, secret, text, text_if_given, texts_if_given
from aiogenauth.calls.endpoints import bare, get, post, post_to_read
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import SignInOutcomeUnknown, UpdateOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth

INIT_AUTHENTICATION_OPTIONS: Final = get(
    "init_authentication_options", "/api/v3/webauthn/authentication", Auth.NEVER
)
VERIFY_AUTHENTICATION: Final = post(
    "verify_authentication", "/api/v3/webauthn/authentication", SignInOutcomeUnknown, Auth.NEVER
)
INIT_REGISTER_OPTIONS: Final = get("init_register_options", "/api/v3/webauthn/registration")
VERIFY_REGISTER: Final = post(
    "verify_register", "/api/v3/webauthn/registration", UpdateOutcomeUnknown
)
LIST_CREDENTIALS_BY_PAGE: Final = bare(
    post_to_read("list_credentials_by_page", "/api/v3/webauthn/page-authenticator-device")
)
CHECK_VALID_CREDENTIALS_BY_CRED_IDS: Final = post_to_read(
    "check_valid_credentials_by_cred_ids", "/api/v3/webauthn/check-valid-credentials-by-credIds"
)
REMOVE_ALL_CREDENTIALS: Final = post(
    "remove_all_credentials",
    "/api/v3/webauthn/remove-credentials-by-authenticator-code",
    UpdateOutcomeUnknown,
)
REMOVE_CREDENTIAL: Final = post(
    "remove_credential", "/api/v3/webauthn/remove-credential/", UpdateOutcomeUnknown
)
"""The id of the passkey follows."""


class PasskeyCalls(TokenCallGroup):
    """Passkeys: a key in a device or a password manager, which a browser asks for."""

    async def init_authentication_options(self) -> shapes.PasskeyRequest:
        """Return what a browser is asked with to prove that its user has a passkey.

        Source: API reference, GET webauthn/authentication.
        """
        return await self._ask(INIT_AUTHENTICATION_OPTIONS, shapes.PasskeyRequest)

    async def verify_authentication(
        self,
        ticket: str,
        authentication_credential: given.AuthenticationCredential,
        options: given.PasskeyOptions | None = None,
    ) -> shapes.PasskeySignIn:
        """Sign in by a passkey. One that GenAuth does not accept is an answer, not an error.

        Args:
            ticket: `PasskeyRequest.ticket`.
            authentication_credential: What the browser made of it, as its `toJSON()` writes it.
            options: Such as `{"scope": "openid profile phone"}`.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            SignInOutcomeUnknown: The answer got lost, and the tokens with it: ask the browser again.

        Source: API reference, POST webauthn/authentication.
        """
        return await self._ask_with_tokens(
            VERIFY_AUTHENTICATION,
            shapes.PasskeySignIn,
            ticket=secret(ticket, "ticket"),
            authenticationCredential=payload(
                authentication_credential,
                given.AuthenticationCredential,
                "authentication_credential",
            ),
            options=payload(options, given.PasskeyOptions, "options"),
        )

    async def init_register_options(self) -> shapes.PasskeyCreation:
        """Return what a browser is asked with to make a passkey for the signed-in user.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, GET webauthn/registration.
        """
        return await self._ask(INIT_REGISTER_OPTIONS, shapes.PasskeyCreation)

    async def verify_register(
        self,
        ticket: str,
        registration_credential: given.RegistrationCredential,
        authenticator_code: given.AuthenticatorCode | None = None,
    ) -> shapes.PasskeyCheck:
        """Add a passkey to the signed-in user. One that GenAuth does not accept is an answer.

        Args:
            ticket: `PasskeyCreation.ticket`.
            registration_credential: What the browser made of it, as its `toJSON()` writes it.
            authenticator_code: What unlocks it.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost; `list_credentials_by_page` shows what holds.

        Source: API reference, POST webauthn/registration.
        """
        return await self._ask(
            VERIFY_REGISTER,
            shapes.PasskeyCheck,
            ticket=secret(ticket, "ticket"),
            registrationCredential=payload(
                registration_credential, given.RegistrationCredential, "registration_credential"
            ),
            authenticatorCode=choice_if_given(
                authenticator_code, given.AuthenticatorCode, "authenticator_code"
            ),
        )

    async def list_credentials_by_page(
        self, *, authenticator_code: str | None = None
    ) -> shapes.PasskeyPage:
        """List the passkeys of the signed-in user.

        The official SDK takes no argument here; nobody says what GenAuth then answers.

        Args:
            authenticator_code: Only those that this unlocks, such as `"fingerprint"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, page-authenticator-device; the argument: the SDKs for phones.
        """
        return await self._ask(
            LIST_CREDENTIALS_BY_PAGE,
            shapes.PasskeyPage,
            authenticatorCode=text_if_given(authenticator_code, "authenticator_code"),
        )

    async def check_valid_credentials_by_cred_ids(
        self,
        *,
        credential_ids: Sequence[str] | None = None,
        authenticator_code: str | None = None,
    ) -> tuple[shapes.PasskeyEntry, ...]:
        """Ask which of some passkeys the signed-in user still has.

        The official SDK takes no argument here; nobody says what GenAuth then answers.

        Args:
            credential_ids: Ids of the passkeys.
            authenticator_code: What unlocks them, such as `"fingerprint"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, check-valid-credentials-by-credIds; the arguments: the SDKs for phones.
        """
        return await self._ask(
            CHECK_VALID_CREDENTIALS_BY_CRED_IDS,
            tuple[shapes.PasskeyEntry, ...],
            credentialIds=texts_if_given(credential_ids, "credential_ids"),
            authenticatorCode=text_if_given(authenticator_code, "authenticator_code"),
        )

    async def remove_all_credentials(
        self, *, authenticator_code: str | None = None
    ) -> Confirmation:
        """Take all passkeys away from the signed-in user, or all of a kind.

        The official SDK takes no argument here; nobody says what GenAuth then removes.

        Args:
            authenticator_code: Only those that this unlocks, such as `"fingerprint"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost; `list_credentials_by_page` shows what holds.

        Source: API reference, remove-credentials-by-authenticator-code; the argument: assumed.
        """
        return await self._ask(
            REMOVE_ALL_CREDENTIALS,
            Confirmation,
            authenticatorCode=text_if_given(authenticator_code, "authenticator_code"),
        )

    async def remove_credential(self, credential_id: str) -> Confirmation:
        """Take a passkey away from the signed-in user.

        The official SDK takes no id, and sends the braces of the template; this one sends the id.

        Args:
            credential_id: Id of the passkey, as the browser gave it.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost; `list_credentials_by_page` shows what holds.

        Source: API reference, remove-credential.
        """
        tail = quote(text(credential_id, "credential_id"), safe="")
        return await self._ask(
            attrs.evolve(REMOVE_CREDENTIAL, path=REMOVE_CREDENTIAL.path + tail), Confirmation
        )
