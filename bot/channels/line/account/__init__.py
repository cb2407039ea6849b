"""Keep what LINE holds for the official account: its rich menus, webhook and monthly quota."""
