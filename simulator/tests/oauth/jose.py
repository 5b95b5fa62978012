"""JSON Web Signatures by hand, with nothing but a cryptographic library: what the simulator signs and reads with is not used."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}


def encoded(content: bytes) -> str:
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(key: Any, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Sign claims as the header's algorithm says."""
    message = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    name, digest = header["alg"][:2], _HASHES[header["alg"][2:]]
    if name == "ES":
        size = (key.curve.key_size + 7) // 8
        r, s = decode_dss_signature(key.sign(message.encode(), ec.ECDSA(digest)))
        signature = r.to_bytes(size, "big") + s.to_bytes(size, "big")
    elif name == "PS":
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        signature = key.sign(message.encode(), pss, digest)
    else:
        signature = key.sign(message.encode(), padding.PKCS1v15(), digest)
    return f"{message}.{encoded(signature)}"


def verified(token: str, keys: list[dict[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check a PS256 token against published keys, and return header and claims."""
    header, claims = (json.loads(decoded(part)) for part in token.split(".")[:2])
    (key,) = [one for one in keys if one["kid"] == header["kid"]]
    numbers = [int.from_bytes(decoded(key[name]), "big") for name in ("e", "n")]
    public = rsa.RSAPublicNumbers(*numbers).public_key()
    message, _, signature = token.rpartition(".")
    digest = hashes.SHA256()
    pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
    public.verify(decoded(signature), message.encode(), pss, digest)
    return header, claims
