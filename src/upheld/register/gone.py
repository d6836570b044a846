"""Rows that a file once had and has no more. They are told; the record keeps what was recorded."""

from collections.abc import Iterable

from upheld.register.layout import BY_ID, normal
from upheld.register.model import About, Register, Remark

Stage = tuple[str, str]  # reference and stage


def gone(register: Register, before: Iterable[Stage]) -> list[Remark]:
    """The stages that the last import of the same file had (`before`, from the record) and this one has not."""
    now = {(normal(case.reference), stage) for case in register.cases for stage in case.rows}
    return [
        Remark(About.GONE, (), f"{reference}, {BY_ID['stage'].choices.get(stage, stage)}")
        for reference, stage in before
        if (normal(reference), stage) not in now
    ]
