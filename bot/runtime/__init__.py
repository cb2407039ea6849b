"""Run turns on a store.

Advisor, outbox and scheduler work here, with the knowledge and the policy as they stand now.
"""
