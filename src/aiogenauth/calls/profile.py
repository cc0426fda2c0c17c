"""Calls about the profile of the signed-in user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice_if_given, mapping, password_if_given, text_if_given
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.decoding import ShapeError, is_object, read
from aiogenauth.errors import UpdateOutcomeUnknown
from aiogenauth.sending.reconcile import Account, EffectCheck, OnUnknown

GET_PROFILE: Final = get("get_profile", "/api/v3/get-profile")
UPDATE_PROFILE: Final = post("update_profile", "/api/v3/update-profile", UpdateOutcomeUnknown)


class ProfileCalls(CallGroup):
    """The profile of the signed-in user."""

    async def get_profile(
        self,
        with_custom_data: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
        with_identities: bool | None = None,  # noqa: FBT001
        with_department_ids: bool | None = None,  # noqa: FBT001
    ) -> shapes.UserProfile:
        """Read the signed-in user. Fields come as the scope of the access token allows.

        Args:
            with_custom_data: Include `custom_data`.
            with_identities: Include `identities`.
            with_department_ids: Include `department_ids`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-profile.
        """
        return await self._ask(
            GET_PROFILE,
            shapes.UserProfile,
            withCustomData=with_custom_data,
            withIdentities=with_identities,
            withDepartmentIds=with_department_ids,
        )

    async def update_profile(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        name: str | None = None,
        nickname: str | None = None,
        photo: str | None = None,
        external_id: str | None = None,
        birthdate: str | None = None,
        country: str | None = None,
        province: str | None = None,
        city: str | None = None,
        address: str | None = None,
        street_address: str | None = None,
        postal_code: str | None = None,
        gender: given.Gender | None = None,
        username: str | None = None,
        company: str | None = None,
        custom_data: Mapping[str, object] | None = None,
        identity_number: str | None = None,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> shapes.UserProfile:
        """Change the profile of the signed-in user; what is left out stays as it is.

        An empty string is sent as it is. Whether it clears the field is not documented.

        Args:
            name: In full; several users may have the same.
            nickname: What the user wants to be called.
            photo: URL of a picture.
            external_id: Id of the user in a system of yours.
            birthdate: Such as `"2022-06-03"`.
            country: Such as `"CN"`.
            province: Of the address.
            city: Of the address.
            address: In one line.
            street_address: Street and number.
            postal_code: Of the address.
            gender: `"M"`, `"F"` or `"U"` for unknown.
            username: Nobody else in the user pool may have it.
            company: Where the user works.
            custom_data: Fields of your own; the console of GenAuth defines their names first.
            identity_number: Of an identity card.
            on_unknown: Should the answer get lost, `"reconcile"` looks into the profile and
                returns it if all of this is there; `"raise"` does not look.

        Returns:
            The whole profile as it is afterwards.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            InvalidArgument: GenAuth finds a value malformed.
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost and the profile does not show all of it yet.

        Source: API reference, update-profile.
        """
        fields = {
            "name": text_if_given(name, "name"),
            "nickname": text_if_given(nickname, "nickname"),
            "photo": text_if_given(photo, "photo"),
            "externalId": text_if_given(external_id, "external_id"),
            "birthdate": text_if_given(birthdate, "birthdate"),
            "country": text_if_given(country, "country"),
            "province": text_if_given(province, "province"),
            "city": text_if_given(city, "city"),
            "address": text_if_given(address, "address"),
            "streetAddress": text_if_given(street_address, "street_address"),
            "postalCode": text_if_given(postal_code, "postal_code"),
            "gender": choice_if_given(gender, given.Gender, "gender"),
            "username": text_if_given(username, "username"),
            "company": text_if_given(company, "company"),
            "customData": mapping(custom_data, "custom_data"),
            "identityNumber": password_if_given(identity_number, "identity_number"),
        }
        check = _has_fields(fields)
        return await self._ask_and_check(
            UPDATE_PROFILE, shapes.UserProfile, check, on_unknown, **fields
        )


_WHOLE_PROFILE: Final = attrs.evolve(GET_PROFILE, path=f"{GET_PROFILE.path}?withCustomData=true")


def _has_fields(fields: Mapping[str, object]) -> EffectCheck[shapes.UserProfile]:
    """Return the check of a changed profile: each field that was sent reads as it was sent.

    Args:
        fields: By their names in the API; those that are None were not sent.
    """
    sent = {key: value for key, value in fields.items() if value is not None}

    def result(account: Account) -> shapes.UserProfile | None:
        if not all(key in account and _is_kept(value, account[key]) for key, value in sent.items()):
            return None
        try:
            return read(shapes.UserProfile, account)
        except ShapeError:
            return None

    return EffectCheck(result, (_WHOLE_PROFILE,))


def _is_kept(sent: object, found: object) -> bool:
    """Whether a profile shows a value; of its own fields, the user may have more than were sent."""
    if is_object(sent):
        return is_object(found) and all(
            key in found and found[key] == value for key, value in sent.items()
        )
    return sent == found
