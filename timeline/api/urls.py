"""Addresses of the API."""

from django.urls import path, re_path

from timeline.api import views

urlpatterns = [
    path("v1/events/", views.EventList.as_view(), name="api-events"),
    path("v1/events/<str:slug>/", views.EventDetail.as_view(), name="api-event"),
    path("v1/actors/", views.ActorList.as_view(), name="api-actors"),
    path("v1/actors/<str:slug>/", views.ActorDetail.as_view(), name="api-actor"),
    path("v1/disputes/", views.DisputeList.as_view(), name="api-disputes"),
    path("v1/disputes/<str:slug>/", views.DisputeDetail.as_view(), name="api-dispute"),
    path("v1/quotes/", views.QuoteList.as_view(), name="api-quotes"),
    path("v1/articles/lookup/", views.ArticleLookup.as_view(), name="api-article-lookup"),
    path("v1/schema/", views.Schema.as_view(), name="api-schema"),
    re_path(r"^(?P<rest>.*/)?$", views.Nowhere.as_view()),
]
