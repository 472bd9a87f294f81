"""Action items: what two partners agreed to do, by whom and until when (D1.14)."""
