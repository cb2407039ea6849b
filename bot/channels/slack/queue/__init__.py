"""Manage open cases among each other.

The table on the home, the next to take, handing on, putting aside.
"""
