"""Processes that are killed at random moments: one writes, one indexes, one searches, and then all is compared."""
