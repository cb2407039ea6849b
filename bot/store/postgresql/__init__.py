"""Keep the store in PostgreSQL, shared by several processes or machines."""
