"""The queue's transport: a connection that was given up says so with an error that workers expect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kombu import Connection

from aiwatch.celery import app

QUEUE = "broker-test"


@pytest.fixture
def connection(db: None) -> Iterator[Connection]:
    """A connection to the queue, with a message that was taken and not acknowledged."""
    with app.connection_for_read() as connection, connection.SimpleQueue(QUEUE) as queue:
        queue.put({"id": 1})
        yield connection
        queue.clear()


def test_a_channel_of_a_connection_that_was_given_up_fails_as_lost_connections_do(connection: Connection) -> None:
    channel = connection.channel()
    channel.basic_get(QUEUE)
    channel._disconnect_pools()
    connection.transport.client = None  # what Connection.collect does first when the server went away
    with pytest.raises(connection.connection_errors, match="given up"):
        channel.close()
    connection.transport.client = connection


def test_messages_go_through_it(connection: Connection) -> None:
    assert type(connection.transport).__module__ == "aiwatch.broker"
    message = connection.SimpleQueue(QUEUE).get(timeout=5)
    assert message.payload == {"id": 1}
    message.ack()
