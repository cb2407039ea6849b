"""The store for several processes or machines: a PostgreSQL database that they share."""
