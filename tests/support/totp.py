"""What an authenticator app shows (RFC 6238): tests stand in for the phone."""

import base64
import hashlib
import hmac
import struct
import time


def code_now(key: str, *, steps_ahead: int = 0) -> str:
    """The six digits for a key in this half minute, or in one soon to come."""
    counter = int(time.time()) // 30 + steps_ahead
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
