"""Zip files whose bytes depend on their contents alone: Word, Excel and PowerPoint files are zips."""

import io
import zipfile
from datetime import date

_FIRST = "[Content_Types].xml"


def settled(data: bytes, when: date) -> bytes:
    """The same zip with its parts in a settled order and every part dated `when`; same contents, same bytes."""
    out = io.BytesIO()
    moment = (max(when.year, 1980), when.month, when.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in sorted(before.namelist(), key=lambda n: (n != _FIRST, n)):
            part = zipfile.ZipInfo(name, moment)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            after.writestr(part, before.read(name), compresslevel=6)
    return out.getvalue()
