"""Internals of `knowledge.places`: one idea a file."""
