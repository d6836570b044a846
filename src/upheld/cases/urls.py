from django.urls import path

from upheld.cases import views

urlpatterns = [
    path("cases/", views.case_list, name="cases"),
    path("cases/<uuid:case_id>/", views.case, name="case"),
]
