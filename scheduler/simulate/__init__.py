"""Past events through the same actions as live ones, in virtual time. Nothing leaves the process."""
