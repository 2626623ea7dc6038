"""Addresses of the API."""

from django.urls import path, re_path

from timeline.api import views

urlpatterns = [  # what is asked most often first
    path("v1/events/", views.EventList.as_view(), name="api-events"),
    path("v1/events/<slug:slug>/", views.EventDetail.as_view(), name="api-event"),
    path("v1/search/", views.Search.as_view(), name="api-search"),
    path("v1/actors/", views.ActorList.as_view(), name="api-actors"),
    path("v1/actors/<slug:slug>/", views.ActorDetail.as_view(), name="api-actor"),
    path("v1/disputes/", views.DisputeList.as_view(), name="api-disputes"),
    path("v1/disputes/<slug:slug>/", views.DisputeDetail.as_view(), name="api-dispute"),
    path("v1/quotes/", views.QuoteList.as_view(), name="api-quotes"),
    path("v1/clauses/", views.ClauseList.as_view(), name="api-clauses"),
    path("v1/articles/", views.ArticleList.as_view(), name="api-articles"),
    path("v1/articles/<int:article_id>/", views.ArticleDetail.as_view(), name="api-article"),
    path("v1/articles/lookup/", views.ArticleLookup.as_view(), name="api-article-lookup"),
    path("v1/sources/", views.SourceList.as_view(), name="api-sources"),
    path("v1/stats/", views.Stats.as_view(), name="api-stats"),
    path("v1/schema/", views.Schema.as_view(), name="api-schema"),
    re_path(r"^(?:v1/)?$", views.Index.as_view()),
    re_path(r"^(?P<rest>[\s\S]*/)?$", views.Nowhere.as_view()),
]
