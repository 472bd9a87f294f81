"""What owners do about a partnership: they remind, offer help, ask how it stands, and hand it over (D0.15, D1.22)."""
