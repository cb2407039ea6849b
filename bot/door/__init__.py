"""Let callers in, within limits of connections, time and size.

connections     how many connections there may be, and how long a request may take to come
server          uvicorn with that in front of it
reading         a body, read no further than is allowed
watched         /healthz, /readyz, /metrics
"""
