"""Measurements on real material; nothing here is part of the service."""
