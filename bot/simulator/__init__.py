"""Fake the platforms, as strict as the real ones, for tests and the demo.

Each is a real HTTP server: the bot talks to it over sockets, with the protocol it uses in earnest.
"""
