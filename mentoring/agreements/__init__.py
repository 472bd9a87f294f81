"""Agreements of two partners: what they promise each other, in versions that both sign (D3.6, D4.8)."""
