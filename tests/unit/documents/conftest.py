"""The example report in every format, made once for all tests of this folder."""

from collections.abc import Mapping

import pytest

from tests.factories import reports
from upheld.documents.charts import Drawing, draw_all
from upheld.documents.render import Format, render
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Report


@pytest.fixture(scope="session")
def style() -> HouseStyle:
    return HouseStyle()


@pytest.fixture(scope="session")
def report() -> Report:
    return reports.report()


@pytest.fixture(scope="session")
def charts(report: Report, style: HouseStyle) -> Mapping[str, Drawing]:
    return draw_all(report, style)


@pytest.fixture(scope="session")
def html(report: Report, charts: Mapping[str, Drawing]) -> bytes:
    return render(report, Format.HTML, charts=charts)


@pytest.fixture(scope="session")
def pdf(report: Report, charts: Mapping[str, Drawing]) -> bytes:
    return render(report, Format.PDF, charts=charts)


@pytest.fixture(scope="session")
def word(report: Report, charts: Mapping[str, Drawing]) -> bytes:
    return render(report, Format.DOCX, charts=charts)


@pytest.fixture(scope="session")
def powerpoint(report: Report, charts: Mapping[str, Drawing]) -> bytes:
    return render(report, Format.PPTX, charts=charts)


@pytest.fixture(scope="session")
def excel(report: Report, charts: Mapping[str, Drawing]) -> bytes:
    return render(report, Format.XLSX, charts=charts)
