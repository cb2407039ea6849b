"""The commands of `python -m bot`, one readable file each."""
