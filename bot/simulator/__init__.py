"""Fake platforms, strict about the rules of the real ones, for tests and for the demo page.

Each is a real HTTP server: the bot talks to it over sockets, with the protocol it uses in earnest.
"""
