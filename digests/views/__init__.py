"""Pages to subscribe, to manage a subscription, and to read a mail on the web."""
