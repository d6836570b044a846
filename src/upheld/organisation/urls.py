"""The addresses of the organisation's pages."""

from django.urls import path, register_converter

from upheld.organisation import views
from upheld.organisation.changes import ChangeKind, Level


class LevelConverter:
    """A level in an address."""

    regex = "|".join(Level)

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    to_url = to_python


class KindConverter(LevelConverter):
    """A kind of change in an address."""

    regex = "|".join(ChangeKind)


register_converter(LevelConverter, "level")
register_converter(KindConverter, "change_kind")

urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/record/", views.what_happened, name="organisation_what_happened"),
    path("organisation/record/<change_kind:what>/<level:level>/", views.record, name="organisation_record"),
    path("organisation/changes/<int:number>/withdraw/", views.withdraw, name="organisation_withdraw"),
    path("organisation/<level:level>/<str:code>/", views.unit, name="organisation_unit"),
]
