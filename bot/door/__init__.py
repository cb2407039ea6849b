"""Who may come in: connections and their deadlines, bodies and their sizes, pages for who watches.

connections     how many connections there may be, and how long a request may take to come
server          uvicorn with that in front of it
reading         a body, read no further than is allowed
watched         /healthz, /readyz, /metrics
"""
