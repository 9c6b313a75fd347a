"""Writes that touch several records: keyword-only functions, one transaction each, one module for each room."""
