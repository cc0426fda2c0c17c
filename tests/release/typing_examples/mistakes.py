"""What a user gets wrong: each line must be found by both checkers, or its ignore is one too many."""

from __future__ import annotations

from aiogenauth import AuthenticationClient, Channel, PhoneNumber


async def mistakes(client: AuthenticationClient) -> None:
    """Get everything wrong."""
    await client.bind_phone("123456", 18812348888)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.bind_phone("123456")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.bind_phone("1", "188", on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.send_sms(Channel.BIND)  # type: ignore[attr-defined, call-arg]  # pyright: ignore[reportAttributeAccessIssue, reportCallIssue, reportUnknownMemberType]
    await client.pre_check_code("PIGEON")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.with_options(timeout="soon")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    print(client.bind_phone("123456", "18812348888").confirmed_by)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    (await client.get_profile()).phone.strip()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    PhoneNumber.parse("18812348888").national_number = "1"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    AuthenticationClient("app", "https://example.com", None, None, 10.0, 30.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
