from django.urls import path

from upheld.intake import layout_views, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.upload, name="import_new"),
    path("imports/register.<str:form>", views.template, name="import_template"),
    path("imports/layouts/add/", layout_views.add, name="import_layout_add"),
    path("imports/layouts/<int:mapping_id>/layout.toml", views.saved_layout, name="import_layout"),
    path("imports/layouts/<int:mapping_id>/remove/", views.forget_layout, name="import_layout_remove"),
    path("imports/<uuid:upload_id>/", views.one, name="import"),
    path("imports/<uuid:upload_id>/confirm/", views.confirm, name="import_confirm"),
    path("imports/<uuid:upload_id>/withdraw/", views.withdraw, name="import_withdraw"),
    path("imports/<uuid:upload_id>/new-teams/", views.accept_teams, name="import_new_teams"),
    path("imports/<uuid:upload_id>/corrections/", views.accept_corrections, name="import_corrections"),
    path("imports/<uuid:upload_id>/again/", views.read_again, name="import_again"),
    path("imports/<uuid:upload_id>/save-layout/", views.save_layout, name="import_save_layout"),
    path("imports/<uuid:upload_id>/refused-rows.xlsx", views.refused, name="import_refused"),
    path("imports/<uuid:upload_id>/columns/", layout_views.columns, name="import_columns"),
    path("imports/<uuid:upload_id>/words/", layout_views.words, name="import_words"),
    path("imports/<uuid:upload_id>/sheet/", layout_views.sheet, name="import_sheet"),
    path("imports/<uuid:upload_id>/layout.toml", layout_views.as_toml, name="import_toml"),
]
