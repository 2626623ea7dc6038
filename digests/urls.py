"""Addresses of the digests. A token is all of the way's last part; who holds it may do what the way says."""

from django.urls import path

from digests.views import keys, manage, reading, returned, subscribe

urlpatterns = [
    path("subscribe/", subscribe.show_subscribe, name="subscribe"),
    path("subscribe/asked/", subscribe.show_asked, name="digests-asked"),
    path("subscribe/sample/", subscribe.show_sample, name="digests-sample"),
    path("subscribe/confirm/<str:token>/", subscribe.show_confirm, name="digests-confirm"),
    path("subscribe/manage/<str:token>/", manage.show_manage, name="digests-manage"),
    path("subscribe/manage/<str:token>/data.json", manage.download, name="digests-download"),
    path("unsubscribe/<str:token>/", manage.show_unsubscribe, name="digests-unsubscribe"),
    path("mail/<str:token>/", reading.show_mail, name="digests-read"),
    path("about/api/key/", keys.show_ask, name="api-key-ask"),
    path("about/api/key/asked/", keys.show_asked, name="api-key-asked"),
    path("about/api/key/<str:token>/", keys.show_key, name="api-key"),
    path("webhooks/mail/", returned.receive_events, name="digests-webhook"),
    path("outbox/", reading.show_outbox, name="outbox"),
    path("outbox/<str:name>/", reading.show_outbox_mail, name="outbox-mail"),
    path("outbox/<str:name>/html/", reading.show_outbox_html, name="outbox-html"),
]
