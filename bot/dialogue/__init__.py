"""Answer one message by `respond`, with one file per kind of thing heard."""
