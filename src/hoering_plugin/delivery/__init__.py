"""What becomes of finished letters: names, versions on disk, and the manifest."""
