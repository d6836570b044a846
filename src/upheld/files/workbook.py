"""A workbook (.xlsx, .xls or .ods) as sheets of plain values.

Reading is python-calamine's: values as they were last worked out, formulas, macros and links to other files left
alone. What is added here is what keeps it safe and honest: the archive is looked at before it is opened, a sheet that
reaches too far is not, and the failure of a formula comes out as one.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.parsers import expat

from upheld.files import kinds
from upheld.files.archive import Archive
from upheld.files.compound import NotCompound, read_compound
from upheld.files.kinds import check_kind, kind_of_archive
from upheld.files.limits import check_extent
from upheld.files.model import Cell, Fault, Merge, Row, UnreadableFile
from upheld.files.scan import Scan
from upheld.files.scan_ods import Doctype, scan_ods
from upheld.files.scan_xls import is_locked, scan_xls
from upheld.files.scan_xlsx import scan_xlsx, sheet_members

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_BOOKS = ("Workbook", "Book")
_OTHER_COMPOUNDS = (
    ("WordDocument", kinds.WORD), ("PowerPoint Document", kinds.SLIDES), ("__properties_version1.0", kinds.MESSAGE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet, its rows still to be read. `rows` can be read once."""

    name: str
    merges: tuple[Merge, ...]
    rows: Iterator[Row]


class Workbook:
    """A workbook that was opened."""

    def __init__(self, content: bytes, name: str) -> None:
        """Look at the file, then open it. Raises UnreadableFile."""
        self._content = content
        self._name = name
        self._archive: Archive | None = None
        # Of the kinds that are read whole on opening, every sheet is looked over before; of .xlsx, each when asked for.
        self._scans: dict[str, Scan] = {}
        try:
            self._look()
        except (expat.ExpatError, Doctype, NotCompound, struct.error) as error:
            raise self._damaged(error) from error
        self._book = self._opened()
        self._all = self._book.sheet_names
        self.names: tuple[str, ...] = _visible(self._book) or tuple(self._all)
        if not self.names:
            raise UnreadableFile(f"{name} has no sheet.")

    def sheet(self, name: str) -> OpenSheet:
        """The sheet of that name. Raises UnreadableFile where there is none, or it reaches too far."""
        if name not in self._all:
            raise UnreadableFile(
                f"{self._name} has no sheet “{name}”. Its sheets are: {', '.join(f'“{each}”' for each in self.names)}."
            )
        try:
            scan = self._scans.get(name) or self._scan_xlsx(name)
            sheet = self._book.get_sheet_by_name(name)
        except UnreadableFile:
            raise
        except Exception as error:
            raise self._damaged(error) from error
        check_extent(self._name, *_size(sheet), sheet=name)
        merges = tuple(
            Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        return OpenSheet(name, merges or tuple(scan.merges), _rows(sheet, scan))

    def _look(self) -> None:
        if not self._content.startswith(kinds.COMPOUND_MARK[:4]):
            self._look_at_archive()
        else:
            self._look_at_compound()
        for sheet, scan in self._scans.items():
            check_extent(self._name, scan.rows, scan.columns, sheet=sheet)

    def _look_at_archive(self) -> None:
        self._archive = archive = Archive(self._content, self._name)
        mimetype = archive.read("mimetype", 1000) if "mimetype" in archive.members else b""
        kind = kind_of_archive(archive.members, mimetype)
        check_kind(kind, self._name)
        archive.check_size()
        if kind is kinds.ODS:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise self._locked()
            self._scans = scan_ods(archive.pieces("content.xml"))

    def _look_at_compound(self) -> None:
        compound = read_compound(self._content)
        stream = next((compound.stream(name) for name in _BOOKS if name in compound.names), b"")
        if "EncryptedPackage" in compound.names or is_locked(stream):
            raise self._locked()
        others = (kind for name, kind in _OTHER_COMPOUNDS if name in compound.names)
        check_kind(kinds.XLS if stream else next(others, kinds.COMPOUND), self._name)
        self._scans = scan_xls(stream)

    def _opened(self) -> "CalamineWorkbook":
        from python_calamine import CalamineWorkbook

        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self._content))
        except Exception as error:
            raise self._damaged(error) from error

    def _scan_xlsx(self, sheet: str) -> Scan:
        if self._archive is None:
            return Scan()
        scan = scan_xlsx(self._archive.pieces(sheet_members(self._archive)[sheet]))
        check_extent(self._name, scan.rows, scan.columns, sheet=sheet)
        return scan

    def _locked(self) -> UnreadableFile:
        return UnreadableFile(f"{self._name} is protected by a password. Save it without one, and try again.")

    def _damaged(self, error: Exception) -> UnreadableFile:
        return UnreadableFile(
            f"{self._name} cannot be read as a workbook ({error}). Open it in Excel or LibreOffice and save it again, "
            "or copy the table into a new workbook."
        )


def _visible(book: "CalamineWorkbook") -> tuple[str, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return tuple(
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    )


def _size(sheet: "CalamineSheet") -> tuple[int, int]:
    end = sheet.end
    return (0, 0) if end is None else (end[0] + 1, end[1] + 1)


def _rows(sheet: "CalamineSheet", scan: Scan) -> Iterator[Row]:
    faults: dict[int, dict[int, Fault]] = {}
    for (row, column), fault in scan.faults.items():
        faults.setdefault(row, {})[column] = fault
    _, left = sheet.start or (0, 0)
    height, _ = _size(sheet)
    values = sheet.iter_rows()  # from the sheet's first row on, and from its first column that holds something
    margin: list[Cell] = [None] * left
    blank = 0
    # A formula without a value may stand beyond all that the reader sees.
    for number in range(max(height, max(faults, default=-1) + 1)):
        cells = margin + [_plain(value) for value in next(values)] if number < height else []
        for column, fault in faults.get(number, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = fault
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            blank += 1
            continue
        for _ in range(blank):
            yield ()
        blank = 0
        yield tuple(cells)


def _plain(value: object) -> Cell:
    match value:
        case str():
            return value if value and not value.isspace() else None
        case bool() | int():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case datetime():
            return value.date()
        case date():
            return value
        case time() | timedelta():
            return str(value)
        case _:
            return None
