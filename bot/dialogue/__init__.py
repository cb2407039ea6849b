"""Answer one message: `respond` is the heart, one file per kind of thing heard."""
