"""Understand names of places for `places`, one idea a file."""
