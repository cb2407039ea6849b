"""Keep the official account's rich menus, webhook and quota."""
