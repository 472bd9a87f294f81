"""Progress reports of two partners: the page, its forms, and where it stands."""
