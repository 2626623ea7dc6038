"""Two answers for machines: is the process alive (no database asked), and can it serve (database and Valkey answer)?"""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def show_alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def show_ready(request: HttpRequest) -> JsonResponse:
    """200 where every part answers, else 503; the body says which part does not."""
    parts = {"database": _database_answers(), "valkey": _valkey_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _valkey_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.VALKEY_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
