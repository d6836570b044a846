"""A copy of a PDF report with a note on each claim that is wrong."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from upheld.checker.answers.notes import note_of
from upheld.checker.model import Checked
from upheld.files import UnreadableFile

_YELLOW = (1.0, 0.87, 0.0)
_MARGIN, _STEP = 24, 22


def with_annotations(content: bytes, checked: Checked) -> bytes:
    """The copy: each page with its notes, one below the other along its right edge. Raises UnreadableFile."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise UnreadableFile("The PDF cannot be opened a second time, to write notes into it.") from error
    with pdf:
        placed: dict[int, int] = {}
        for claim in checked.wrong:
            number = min(claim.place.page or 1, len(pdf.pages))
            page = pdf.pages[number - 1]
            _, _, right, top = (float(edge) for edge in page.mediabox)
            down = top - _MARGIN - _STEP * placed.get(number, 0)
            placed[number] = placed.get(number, 0) + 1
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Text,
                Rect=Array([right - _MARGIN - 18, down - 18, right - _MARGIN, down]),
                Contents=String(f"“{claim.quote}” {note_of(claim)}"),
                T=String("upheld check"),
                Name=Name.Comment,
                C=Array(_YELLOW),
                F=4,
            )
            if Name.Annots not in page:
                page.Annots = Array()
            page.Annots.append(pdf.make_indirect(note))
        copy = io.BytesIO()
        pdf.save(copy)
    return copy.getvalue()
