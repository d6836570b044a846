from django.urls import path

from upheld.accounts import management

urlpatterns = [
    path("", management.users, name="users"),
    path("add/", management.add_user, name="user_add"),
    path("<uuid:public_id>/", management.user, name="user"),
    path("<uuid:public_id>/close/", management.close, name="user_close"),
    path("<uuid:public_id>/reopen/", management.reopen, name="user_reopen"),
    path("<uuid:public_id>/roles/<int:grant_id>/revoke/", management.revoke, name="role_revoke"),
]
