"""The lists of subscriptions and deliveries."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from digests.admin.preview import make_preview_path, show_preview, show_preview_mail
from digests.links import make_link
from digests.models import Delivery, Subscription
from digests.services import deliveries, status
from digests.tokens import Purpose


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that services write and people look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """With a preview of the digest of any day."""

    list_display = ["email", "query", "rhythm", "zone", "state", "bounces", "next_at", "told_at", "preview"]
    list_filter = ["state", "rhythm", "language"]
    search_fields = ["email"]

    @admin.display(description="")
    def preview(self, row: Subscription) -> str:
        return format_html('<a href="{}">preview</a>', make_preview_path(row))

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("preview/", guard(show_preview), name="digests_preview"),
            path("preview/<int:number>/", guard(show_preview_mail), name="digests_preview_mail"),
            *super().get_urls(),
        ]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """The list begins with the numbers to watch."""

    list_display = ["window_at", "subscription", "events", "state", "tries", "doubts", "sent_at", "due_at", "preview"]
    list_filter = ["state", "window_at"]
    search_fields = ["subscription__email", "error"]
    list_select_related = ["subscription"]
    actions = ["send_again"]
    show_full_result_count = False

    @admin.display(description="events")
    def events(self, row: Delivery) -> int:
        return len(row.event_ids)

    @admin.display(description="")
    def preview(self, row: Delivery) -> str:
        return format_html('<a href="{}">read</a>', make_link(Purpose.READ, row))

    @admin.action(description="Send again")
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        number = deliveries.resend(list(queryset.values_list("pk", flat=True)), timezone.now())
        messages.success(request, f"{number} mails wait to be sent again; those that wait already stay as they are.")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        now = status.get_status(timezone.now())
        title = (
            f"{now.waiting} waiting (the oldest for {now.oldest_seconds:.0f} s), {now.sent_today} sent, "
            f"{now.failed_today} failed, {now.doubtful_today} in doubt, in 24 hours; {now.active} active subscriptions"
        )
        return super().changelist_view(request, {"title": title, **(extra_context or {})})
