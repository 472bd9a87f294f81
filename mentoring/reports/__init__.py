"""Progress reports of two partners: one page from what was logged, which both edit (D4.9, D4.10)."""
