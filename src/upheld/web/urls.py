from django.urls import path

from upheld.web import views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("branding.css", views.brand_style_sheet, name="branding"),
    path("components/", views.component_gallery, name="components"),
]
