"""A workbook's zip archive, looked at before anything opens it: whole, unlocked, and no larger than it may be.

What an archive declares about its members is not believed: each is unpacked here and counted, so that a small file
which would become an enormous one is refused however it lies.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from upheld.files import limits
from upheld.files.model import UnreadableFile

_MAX_MEMBERS = 10_000
_CHUNK = 1 << 20
_LOCAL_HEADER = 30  # bytes, before the member's name


class Archive:
    """The members of a zip archive, each read in pieces of bounded size."""

    def __init__(self, content: bytes, name: str) -> None:
        """Raises UnreadableFile where the archive is damaged or locked. `name` is the file's, for the message."""
        self._content = content
        self._name = name
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
            raise self.damaged() from error
        if len(infos) > _MAX_MEMBERS:
            raise UnreadableFile(f"{name} is a zip archive of {len(infos):,} files; no spreadsheet has so many.")
        self._members = {info.filename: info for info in infos}
        if len(infos) != len(self._members):
            raise self.damaged()
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFile(f"{name} is protected by a password. Save it without one, and try again.")

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the members."""
        return tuple(self._members)

    def damaged(self) -> UnreadableFile:
        """The refusal of an archive that is not sound."""
        return UnreadableFile(
            f"{self._name} is damaged: it begins as a workbook does, and cannot be unpacked. Open it in Excel or "
            "LibreOffice and save it again, or ask for it once more."
        )

    def check_size(self) -> None:
        """Unpack every member and count; raise UnreadableFile where it is more than is sensible."""
        total = 0
        for member in self._members:
            for piece in self.pieces(member):
                total += len(piece)
                if total > limits.MAX_UNPACKED_BYTES:
                    raise UnreadableFile(
                        f"{self._name} is {len(self._content) / 1024**2:.1f} MB and unpacks to more than "
                        f"{limits.MAX_UNPACKED_BYTES // 1024**2} MB, so it was not opened. Copy the table into a new "
                        "workbook: often very many empty cells carry a format."
                    )

    def read(self, member: str, most: int = 16 * 1024 * 1024) -> bytes:
        """A whole member. Raises UnreadableFile where it is missing or longer than `most` bytes."""
        parts, size = [], 0
        for piece in self.pieces(member):
            parts.append(piece)
            size += len(piece)
            if size > most:
                raise self.damaged()
        return b"".join(parts)

    def pieces(self, member: str) -> Iterator[bytes]:
        """The content of a member, piece by piece, to its real end."""
        info = self._members.get(member)
        if info is None:
            raise self.damaged()
        start = info.header_offset
        header = self._content[start : start + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise self.damaged()
        of_name, of_extra = struct.unpack_from("<HH", header, 26)
        start += _LOCAL_HEADER + of_name + of_extra
        packed = memoryview(self._content)[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            for at in range(0, len(packed), _CHUNK):
                yield bytes(packed[at : at + _CHUNK])
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            yield from self._inflated(packed)
        else:
            raise UnreadableFile(
                f"{self._name} is packed in a way that spreadsheet programs do not use. Save it again as .xlsx."
            )

    def _inflated(self, packed: memoryview) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        given: bytes | memoryview = packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(given, _CHUNK)
                given = inflater.unconsumed_tail
                if piece:
                    yield piece
                elif not given and not inflater.eof:
                    raise self.damaged()
        except zlib.error as error:
            raise self.damaged() from error
