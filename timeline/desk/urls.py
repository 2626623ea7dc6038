"""Addresses of the desk."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from timeline.desk import cases, queue
from timeline.desk.signing import SignIn

urlpatterns = [
    path("", queue.show_queue, name="desk"),
    path("words/", queue.show_words, name="desk-words"),
    path("reports/", queue.show_reports, name="desk-reports"),
    path("reports/<int:report_id>/", queue.settle, name="desk-settle"),
    path("history/", queue.show_history, name="desk-history"),
    path("history/<int:change_id>/undo/", queue.undo, name="desk-undo"),
    path("many/", queue.do_to_many, name="desk-many"),
    path("events/<int:event_id>/", cases.show_case, name="desk-case"),
    path("events/<int:event_id>/find/", cases.find, name="desk-find"),
    path("entry/<slug:slug>/", cases.show_by_slug, name="desk-entry"),
    path("sign-in/", SignIn.as_view(), name="desk-login"),
    path("sign-out/", LogoutView.as_view(next_page="timeline"), name="desk-logout"),
]
