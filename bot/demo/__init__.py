"""Run the real server between fake platforms, with a page to see it.

The server is a child process. The page is no channel: words typed on its phone become a signed
webhook of the fake LINE, and it shows what the bot sent to the fake's API. Nothing leaves the
machine, nothing is kept.
"""
