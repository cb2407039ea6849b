"""The demo: the real server as a child process, between the fake platforms, and a page to see it.

The page is no channel: what is typed on its phone becomes a signed webhook of the fake LINE, and
what it shows is what the bot sent to the fake's API. Nothing leaves the machine, nothing is kept.
"""
