"""What is done with subscriptions and deliveries; the only writers of both."""
