"""Taylor's theorem on boxes, and expansions of terms at ends and at infinity, with what is left."""
