"""Measure kinds and numbers for Prometheus, never words or people."""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

registry = CollectorRegistry()

events = Counter(
    "kaizen_navi_events_total",
    "Events received",
    ("channel", "kind", "outcome"),
    registry=registry,
)
refused = Counter(
    "kaizen_navi_refused_requests_total",
    "Requests refused before reading them",
    ("channel", "status"),
    registry=registry,
)
turned_away = Counter(
    "kaizen_navi_connections_turned_away_total",
    "Connections closed: no room (503), too slow (408), a header without end (431), no HTTP (400)",
    ("status",),
    registry=registry,
)
turn_seconds = Histogram(
    "kaizen_navi_turn_seconds",
    "Time to answer one event, without waiting for the disk",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5),
    registry=registry,
)
unfinished = Counter(
    "kaizen_navi_events_unfinished_total",
    "Events that were begun when an earlier process ended",
    ("channel", "kind"),
    registry=registry,
)
given_up = Counter(
    "kaizen_navi_events_given_up_total",
    "Events begun twice and never ended, answered with an apology",
    ("channel", "kind"),
    registry=registry,
)
deliveries = Counter(
    "kaizen_navi_deliveries_total",
    "Attempts to deliver",
    ("channel", "outcome"),
    registry=registry,
)
outbox_waiting = Gauge(
    "kaizen_navi_outbox_waiting", "Deliveries still to be made", registry=registry
)
outbox_age_seconds = Gauge(
    "kaizen_navi_outbox_age_seconds", "Age of the oldest of them", registry=registry
)
outbox_given_up = Gauge(
    "kaizen_navi_outbox_given_up", "Deliveries the platform refused", registry=registry
)
notes = Counter(
    "kaizen_navi_notes_total", "Notes of staff in the thread of a case", registry=registry
)
staff_replies = Counter(
    "kaizen_navi_staff_replies_total", "Replies of staff to owners", registry=registry
)
first_response_seconds = Histogram(
    "kaizen_navi_first_response_seconds",
    "From the owner's yes to the first reply of a person",
    buckets=(60, 300, 900, 1800, 3600, 7200, 14400, 43200, 86400),
    registry=registry,
)
cases_open = Gauge("kaizen_navi_cases_open", "Cases waiting or with a person", registry=registry)
cases_overdue = Gauge(
    "kaizen_navi_cases_overdue", "Open cases whose promise passed unanswered", registry=registry
)


def count(counter: Counter, *labels: str) -> None:
    """Add one to a counter with labels."""
    _labelled(counter, *labels).inc()


@cache
def _labelled(counter: Counter, *labels: str) -> Counter:
    """Remember a counter with its labels.

    Looking them up costs more than counting.
    """
    return counter.labels(*labels)
