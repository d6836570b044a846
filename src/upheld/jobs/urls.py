from django.urls import path

from upheld.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:job_id>/retry/", views.retry, name="job_retry"),
]
