"""The addresses of figures and reports. A quarter is written "2018-19-q3"."""

from django.urls import path, register_converter

from upheld.documents import Format
from upheld.figures.period import Quarter, UnknownPeriod
from upheld.reporting import past_views, views


class QuarterConverter:
    """A quarter in an address."""

    regex = "[0-9]{4}-[0-9]{2}-q[1-4]"

    def to_python(self, value: str) -> Quarter:
        """The quarter; an address whose years do not follow each other is no page."""
        try:
            return Quarter.parse(value)
        except UnknownPeriod as error:
            raise ValueError from error

    def to_url(self, quarter: Quarter) -> str:
        """As addresses write it."""
        return quarter.slug


class FormatConverter:
    """A format of documents in an address."""

    regex = "|".join(Format)

    def to_python(self, value: str) -> Format:
        """The format."""
        return Format(value)

    def to_url(self, format_: Format) -> str:
        """Its file ending."""
        return format_.value


register_converter(QuarterConverter, "quarter")
register_converter(FormatConverter, "format")

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("reports/", views.reports, name="reports"),
    path("reports/published/", past_views.past, name="past_totals"),
    path("reports/published/add/", past_views.add_past, name="past_total_add"),
    path("reports/report.css", views.report_style_sheet, name="report_style_sheet"),
    path("reports/<quarter:quarter>/", views.report, name="report"),
    path("reports/<quarter:quarter>/download/<format:format_>", views.download, name="report_download"),
]
