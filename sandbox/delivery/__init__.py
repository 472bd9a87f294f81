"""Delivery to the app: payloads, and the three transports."""
