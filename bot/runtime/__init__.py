"""Run turns on a store: advisor, outbox, scheduler, and the knowledge as it stands now."""
