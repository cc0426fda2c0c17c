"""Certificates that sign themselves, and keys, for servers of tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


@cache
def made_key(bits: int) -> RSAPrivateKey:
    """Make a key."""
    return rsa.generate_private_key(65537, bits)


def write_key(path: Path, bits: int = 2048, pass_phrase: bytes | None = None) -> Path:
    """Write a key in PEM."""
    encryption = NoEncryption() if pass_phrase is None else BestAvailableEncryption(pass_phrase)
    path.write_bytes(made_key(bits).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    return path


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate of localhost and 127.0.0.1, and its key; give both files."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ip_address("127.0.0.1")),
    ]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made_key(2048).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(made_key(2048), SHA256())
    )
    path = folder / "cert.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path, write_key(folder / "key.pem")
