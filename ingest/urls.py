"""Addresses of the page of sources."""

from django.urls import path

from ingest import views

urlpatterns = [
    path("sources/", views.show_sources, name="sources"),
    path("sources/problems.atom", views.show_problems, name="sources-problems"),
]
