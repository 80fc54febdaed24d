"""The small, trusted checker of proof objects; nothing that searches is needed, or believed, here."""
