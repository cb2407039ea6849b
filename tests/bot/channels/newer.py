"""`bot` as a later version that has one more migration of PostgreSQL.

For tests alone: columns on tables that an earlier version reads and writes meanwhile.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.__main__ import main
from bot.store.postgresql import schema

MIGRATION = Path(__file__).parents[2] / "data" / "versions" / "newer.sql"

if __name__ == "__main__":
    setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, MIGRATION))  # noqa: B010 - for mypy it is constant
    sys.exit(main())
