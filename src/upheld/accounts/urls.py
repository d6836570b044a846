from allauth.socialaccount import views as socialaccount_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from upheld.accounts import views

urlpatterns = [
    path("", views.details, name="account_details"),
    # Where the council's identity provider sends back somebody who could not be signed in: nobody is signed in yet.
    path("3rdparty/login/cancelled/", login_not_required(socialaccount_views.login_cancelled)),
    path("3rdparty/login/error/", login_not_required(socialaccount_views.login_error)),
    path("oidc/<slug:provider_id>/login/", views.council_sign_in),
    path("", include("allauth.urls")),
]
