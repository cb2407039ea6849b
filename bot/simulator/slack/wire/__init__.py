"""Carry events to the app and calls from it, over HTTP and sockets."""
